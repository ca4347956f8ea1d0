import { createLineReader } from "../../src/input/index.js";
import type { LogLine } from "../../src/model/log-line.js";
import type { Note } from "../../src/model/note.js";
import type { OomReport } from "../../src/model/report.js";
import { ReportAssembler } from "../../src/parse/assembler.js";

/** What reading and parsing make of a text, without any analysis. */
export interface Read {
  readonly records: readonly LogLine[];
  readonly reports: readonly OomReport[];
  readonly notes: readonly Note[];
}

/** 2026-12-01: the year of stamps without one must not depend on the day of the run. */
const NOW = Date.UTC(2026, 11, 1);

/** Reads lines as one source; `firstLine` is the number of the first. */
export function readLines(lines: readonly string[], firstLine = 1): Read {
  const records: LogLine[] = [];
  const reports: OomReport[] = [];
  const notes: Note[] = [];
  const onNote = (note: Note): void => {
    notes.push(note);
  };
  const hosts = new Map<string | null, ReportAssembler>();
  const reader = createLineReader({
    source: "fuzz",
    timeZone: 0,
    now: NOW,
    onNote,
    onLine(line) {
      records.push(line);
      let assembler = hosts.get(line.host);
      if (assembler === undefined) {
        assembler = new ReportAssembler({ source: "fuzz", onNote, onReport: (report) => reports.push(report) });
        hosts.set(line.host, assembler);
      }
      assembler.push(line);
    },
  });
  for (const [index, line] of lines.entries()) reader.push(line, firstLine + index, null);
  reader.end();
  for (const assembler of hosts.values()) assembler.end();
  return { records, reports, notes };
}
