import type { Analysis } from "../model/analysis.js";

/** Which reports are wanted: all, the last, or the one with a number, counted from 1 in input order. */
export type WantedReport = "all" | "last" | number;

/** A time span, both ends included, in milliseconds since 1970; null is no bound. */
export interface Period {
  readonly from: number | null;
  readonly to: number | null;
}

/** Which analyses a command takes. */
export interface Selection {
  readonly report: WantedReport;
  readonly host: string | undefined;
  readonly period?: Period | undefined;
  /** Called for each report that is taken although nothing tells whether it lies in the period. */
  readonly onTimeUnknown?: (() => void) | undefined;
  /** What else an analysis must be. */
  readonly accepts?: ((analysis: Analysis) => boolean) | undefined;
  /** Gets what comes after a wanted number, until it says that it needs no more. */
  readonly follow?: ((analysis: Analysis) => boolean) | undefined;
}

/** The wanted analyses, as early as it is known that they are; input beyond a wanted number is read only to follow it. */
export async function* select(analyses: AsyncIterable<Analysis>, selection: Selection): AsyncGenerator<Analysis> {
  let count = 0;
  let last: Analysis | undefined;
  for await (const analysis of analyses) {
    if (selection.host !== undefined && analysis.report.host !== selection.host) continue;
    const inside = isInside(analysis.report.time, selection.period);
    if (inside === false) continue;
    if (selection.accepts?.(analysis) === false) continue;
    if (inside === "unknown") selection.onTimeUnknown?.();
    count++;
    if (typeof selection.report === "number" && count > selection.report) {
      if (selection.follow?.(analysis) !== true) return;
      continue;
    }
    if (selection.report === "all") yield analysis;
    else if (selection.report === "last") last = analysis;
    else if (selection.report === count) {
      yield analysis;
      if (selection.follow === undefined) return;
    }
  }
  if (last !== undefined) yield last;
}

function isInside(time: string | null, { from, to }: Period = { from: null, to: null }): boolean | "unknown" {
  if (from === null && to === null) return true;
  if (time === null) return "unknown";
  const ms = Date.parse(time);
  return (from === null || ms >= from) && (to === null || ms <= to);
}
