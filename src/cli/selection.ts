import type { Analysis } from "../model/analysis.js";

/** Which reports are wanted: all, the last, or the one with a number, counted from 1 in input order. */
export type WantedReport = "all" | "last" | number;

/** Which analyses a command takes. */
export interface Selection {
  readonly report: WantedReport;
  readonly host: string | undefined;
  /** What else an analysis must be. */
  readonly accepts?: ((analysis: Analysis) => boolean) | undefined;
}

/** The wanted analyses, as early as it is known that they are; input beyond a wanted number is not read. */
export async function* select(analyses: AsyncIterable<Analysis>, selection: Selection): AsyncGenerator<Analysis> {
  let count = 0;
  let last: Analysis | undefined;
  for await (const analysis of analyses) {
    if (selection.host !== undefined && analysis.report.host !== selection.host) continue;
    if (selection.accepts?.(analysis) === false) continue;
    count++;
    if (selection.report === "all") yield analysis;
    else if (selection.report === "last") last = analysis;
    else if (selection.report === count) {
      yield analysis;
      return;
    }
  }
  if (last !== undefined) yield last;
}
