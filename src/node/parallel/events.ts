import type { Analysis } from "../../model/analysis.js";
import type { Note } from "../../model/note.js";
import type { TextLine } from "../../model/report.js";
import { type AnalyseSourceOptions, analyseSource } from "../analyse-source.js";
import type { Source, SourceProblem } from "../source.js";
import { unpack } from "../unpack.js";

/** What reading a source gives, in order. All of it can be sent to another thread. */
export type SourceEvent =
  /** A text begins: the source itself, or what is packed in it. */
  | { readonly kind: "text" }
  /** A report closed; with its lines as they stand in the source where they were asked for. */
  | { readonly kind: "analysis"; readonly analysis: Analysis; readonly lines: readonly TextLine[] | null }
  | { readonly kind: "note"; readonly note: Note }
  /** Something could not be read; `skipped`: it is no log, and nobody named it. */
  | { readonly kind: "problem" | "skipped"; readonly problem: SourceProblem }
  /** A text is over, after so many lines. */
  | { readonly kind: "text-end"; readonly lines: number };

/** How sources are read. It can be sent to another thread. */
export interface ReadingOptions extends Pick<AnalyseSourceOptions, "overrides" | "findings"> {
  /** Whether the lines of each report are wanted. */
  readonly withLines: boolean;
}

/** Reads one source to its end, all texts that are packed in it. Breaking off closes it. */
export async function* eventsOf(source: Source, options: ReadingOptions): AsyncGenerator<SourceEvent> {
  const { withLines, ...ofAnalysis } = options;
  const waiting: SourceEvent[] = [];
  const onProblem = (problem: SourceProblem): void => {
    waiting.push({ kind: "problem", problem });
  };
  const onSkipped = (problem: SourceProblem): void => {
    waiting.push({ kind: "skipped", problem });
  };
  for await (const text of unpack(source, { onProblem, onSkipped })) {
    yield* waiting.splice(0);
    yield { kind: "text" };
    const linesOf = new Map<Analysis, readonly TextLine[]>();
    const found = analyseSource(text, {
      ...ofAnalysis,
      onNote: (note) => waiting.push({ kind: "note", note }),
      onProblem,
      onLines: withLines ? (analysis, lines) => linesOf.set(analysis, lines) : undefined,
      onEnd: (lines) => waiting.push({ kind: "text-end", lines }),
    });
    for await (const analysis of found) {
      yield* waiting.splice(0);
      yield { kind: "analysis", analysis, lines: linesOf.get(analysis) ?? null };
      linesOf.delete(analysis);
    }
  }
  yield* waiting.splice(0);
}
