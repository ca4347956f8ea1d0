import { type AnalyserOptions, type AnalysisOverrides, createAnalyser } from "../analyse.js";
import { type ClockOptions, createLineReader } from "../input/index.js";
import { RawLines } from "../input/raw-lines.js";
import type { Analysis } from "../model/analysis.js";
import type { TextLine } from "../model/report.js";
import type { RawLine } from "./lines.js";
import { type SkimLinesOptions, skimLines } from "./read-lines.js";
import type { Source } from "./source.js";
import { createTemporarySpool } from "./temporary-spool.js";

/** What a spool takes at a time: so many records need about 40 MiB of memory. */
const SPOOL_PART_RECORDS = 20_000;

export interface AnalyseSourceOptions extends SkimLinesOptions {
  /** `limit`: only the findings that say which limit was hit. Default: all. */
  readonly findings?: AnalyserOptions["findings"];
  /** What the user says where the log is silent. */
  readonly overrides?: AnalysisOverrides & Pick<ClockOptions, "year" | "timeZone">;
  /** Called when the end is reached, with the number of lines in the source. */
  readonly onEnd?: (lines: number) => void;
  /** Called before an analysis is given, with the lines of its report as they stand in the source. */
  readonly onLines?: ((analysis: Analysis, lines: readonly TextLine[]) => void) | undefined;
}

/**
 * Reads a source and gives each analysis as its report closes. No more than a chunk is read ahead of the consumer, and
 * breaking off closes the source.
 */
export async function* analyseSource(source: Source, options: AnalyseSourceOptions): AsyncGenerator<Analysis> {
  const { name, modifiedAt } = source;
  const { onNote, onLines, overrides = {}, findings = "all" } = options;
  const { year, timeZone, ...ofReport } = overrides;
  const closed: Analysis[] = [];
  const raw = onLines === undefined ? null : new RawLines();
  const analyser = createAnalyser({
    source: name,
    overrides: ofReport,
    findings,
    onAnalysis(analysis) {
      if (raw !== null) onLines?.(analysis, raw.of(analysis.report));
      closed.push(analysis);
    },
    onNote,
  });
  const spool = createTemporarySpool();
  const reader = createLineReader({
    source: name,
    ...(year === undefined ? {} : { year }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
    onLine: (line) => analyser.push(line),
    onNote,
    spool,
    turnLimit: SPOOL_PART_RECORDS,
  });
  const skimReader = {
    take({ text, line, byteOffset }: RawLine) {
      raw?.push(text, line, analyser.idle);
      reader.push(text, line, byteOffset);
    },
    flush: () => reader.flush(),
    get idle() {
      return analyser.idle && reader.steady;
    },
  };
  let lines = 0;
  try {
    for await (const count of skimLines(source, skimReader, options)) {
      lines = count;
      yield* closed.splice(0);
    }
    for (const _ of reader.endInParts()) yield* closed.splice(0);
    analyser.end();
    yield* closed;
  } finally {
    spool.close();
  }
  options.onEnd?.(lines);
}
