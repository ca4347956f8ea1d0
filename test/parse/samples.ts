import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LogLine } from "../../src/model/log-line.js";
import type { Note } from "../../src/model/note.js";
import type { OomReport } from "../../src/model/report.js";
import { decodeBytes } from "../../src/model/text.js";
import { ReportAssembler } from "../../src/parse/assembler.js";
import { root } from "../house/root.js";

const folder = join(root, "samples/");

/** What the lab knows of a run without looking at its log: see the `.truth.json` beside each sample. */
export interface Truth {
  readonly source: string;
  readonly kernel: string;
  readonly arch: string;
  readonly pageSizeBytes: number;
  readonly tasks: readonly {
    readonly pid: number;
    readonly name: string;
    readonly uid: number;
    readonly oomScore: number;
    readonly oomScoreAdj?: number;
    readonly oomAdj?: number;
  }[];
  readonly died: readonly { readonly pid: number; readonly name: string }[];
}

export interface Sample {
  /** `KERNEL_ARCH/SCENARIO`. */
  readonly name: string;
  readonly lines: readonly string[];
  readonly truth: Truth;
}

export const samples: readonly Sample[] = readdirSync(folder)
  .sort()
  .flatMap((kernel) =>
    readdirSync(`${folder}${kernel}`)
      .filter((file) => file.endsWith(".log"))
      .sort()
      .map((file) => {
        const name = `${kernel}/${file.slice(0, -".log".length)}`;
        const lines = decodeBytes(readFileSync(`${folder}${name}.log`)).split("\n");
        lines.pop();
        return { name, lines, truth: JSON.parse(readFileSync(`${folder}${name}.truth.json`, "utf8")) };
      }),
  );

/** The sample of that name. */
export function sample(name: string): Sample {
  const found = samples.find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found;
}

/** Takes level (where there is one) and stamp off a record: all that the samples have. */
export function toLogLine(raw: string, index: number): LogLine {
  const text = raw.replace(/\r$/, "");
  const prefix = /^(?:<(\d)>)?\[ *(\d+)\.(\d{6})\] /.exec(text);
  return {
    text: prefix === null ? text : text.slice(prefix[0].length),
    line: index + 1,
    byteOffset: null,
    host: null,
    wallUsec: null,
    uptimeUsec: prefix === null ? null : Number(prefix[2]) * 1_000_000 + Number(prefix[3]),
    level: prefix?.[1] === undefined ? null : Number(prefix[1]),
    caller: null,
    trust: "claimed",
  };
}

export interface Parsed {
  readonly reports: readonly OomReport[];
  readonly notes: readonly Note[];
}

/** Pushes the lines through an assembler of their own. */
export function parseLines(lines: readonly LogLine[]): Parsed {
  const reports: OomReport[] = [];
  const notes: Note[] = [];
  const assembler = new ReportAssembler({
    source: "sample",
    onReport: (report) => reports.push(report),
    onNote: (note) => notes.push(note),
  });
  for (const line of lines) assembler.push(line);
  assembler.end();
  return { reports, notes };
}

/** Parses raw records. */
export function parse(raw: readonly string[]): Parsed {
  return parseLines(raw.map(toLogLine));
}
