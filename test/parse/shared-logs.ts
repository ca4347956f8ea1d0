import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createLineReader } from "../../src/input/index.js";
import type { Note } from "../../src/model/note.js";
import type { OomReport } from "../../src/model/report.js";
import { decodeBytes } from "../../src/model/text.js";
import { ReportAssembler } from "../../src/parse/assembler.js";

/** What an index says of one file, by line number: read off the file by another program. */
export interface FileFacts {
  readonly file: string;
  readonly invoked: readonly number[];
  /** Every `Killed process` line. */
  readonly killed: readonly { readonly pid: number; readonly name: string; readonly line: number }[];
  /** `Kill process … score` lines. */
  readonly kill_lines: readonly { readonly pid: number; readonly name: string; readonly line: number }[];
  /** What a text needs beyond the plain prefixes (corpus). */
  readonly needs?: readonly string[];
}

const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));

export function readIndex(folder: string): readonly FileFacts[] {
  const lines = readFileSync(`${shared}${folder}/index.jsonl`, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as FileFacts);
}

/** Reads a file of the shared folder into reports, one assembler a host. */
export function parseShared(path: string): { readonly reports: readonly OomReport[]; readonly notes: readonly Note[] } {
  const reports: OomReport[] = [];
  const notes: Note[] = [];
  const assemblers = new Map<string | null, ReportAssembler>();
  const assemblerOf = (host: string | null): ReportAssembler => {
    const known = assemblers.get(host);
    if (known !== undefined) return known;
    const made = new ReportAssembler({
      source: path,
      onReport: (report) => reports.push(report),
      onNote: (note) => notes.push(note),
    });
    assemblers.set(host, made);
    return made;
  };
  const reader = createLineReader({
    source: path,
    onLine: (line) => assemblerOf(line.host).push(line),
    onNote: () => {},
  });
  const lines = decodeBytes(readFileSync(`${shared}${path}`)).split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const [index, line] of lines.entries()) reader.push(line, index + 1, null);
  reader.end();
  for (const assembler of assemblers.values()) assembler.end();
  return { reports, notes };
}

/** `line:pid:name` of each, sorted, carriage returns left out. */
export function keys(
  entries: readonly { readonly pid: number; readonly name: string; readonly line: number }[],
): readonly string[] {
  return entries.map(({ pid, name, line }) => `${line}:${pid}:${name.replaceAll("\r", "")}`).sort();
}
