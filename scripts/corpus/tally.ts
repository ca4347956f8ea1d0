import type { VerdictKind } from "../../src/model/verdict.js";

/** Figures that only the marks need. `excused…`: known mismatches that were met. */
type Unprinted = "unknownInDmesg" | "excusedReports" | "excusedKills" | "excusedRows" | "excusedVerdicts";

const unprinted: ReadonlySet<string> = new Set<Unprinted>([
  "unknownInDmesg",
  "excusedReports",
  "excusedKills",
  "excusedRows",
  "excusedVerdicts",
]);

/**
 * The figures of a folder, in the order in which they are printed; null is `unknown`. `agrees` and `explained` are those of
 * the decidable reports, whose share they are held against; the other verdicts are those of all reports.
 */
export type Tally = Readonly<
  Record<"files" | "crashes" | "reportsFound" | "rowsExpected" | "rowsRead" | "linesInReports", number> &
    Record<"reportsExpected" | "reportsInvented" | "killsExpected" | "killsRight", number | null> &
    Record<"unknownLines" | "foreignLines" | "decidable" | Unprinted, number> &
    Record<VerdictKind, number>
>;

/** All zero; what only an index tells is null without one. */
export function emptyTally(indexed: boolean): Tally {
  const fromIndex = indexed ? 0 : null;
  return {
    files: 0,
    crashes: 0,
    reportsExpected: fromIndex,
    reportsFound: 0,
    reportsInvented: fromIndex,
    rowsExpected: 0,
    rowsRead: 0,
    linesInReports: 0,
    unknownLines: 0,
    foreignLines: 0,
    killsExpected: fromIndex,
    killsRight: fromIndex,
    decidable: 0,
    unknownInDmesg: 0,
    excusedReports: 0,
    excusedKills: 0,
    excusedRows: 0,
    excusedVerdicts: 0,
    agrees: 0,
    explained: 0,
    undecidable: 0,
    differs: 0,
    none: 0,
  };
}

/** The sum of two tallies; unknown stays unknown. */
export function addTally(a: Tally, b: Tally): Tally {
  const sum = Object.entries(a).map(([name, value]) => {
    const other = b[name as keyof Tally];
    return [name, value === null || other === null ? null : value + other];
  });
  return Object.fromEntries(sum) as Tally;
}

/** The figures as they are printed, one `name: value` each. */
export function tallyLines(tally: Tally): string[] {
  return Object.entries(tally).flatMap(([name, value]) =>
    unprinted.has(name) ? [] : [`${name}: ${value ?? "unknown"}`],
  );
}
