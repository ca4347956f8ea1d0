import type { GlossaryEntry } from "../../model/glossary.js";

/** Term, meaning, and the first and last version that print it. */
export type Row = readonly [term: string, meaning: string, since?: string | undefined, until?: string];

/** Entries that share a unit. */
export function inUnit(unit: string, ...list: readonly Row[]): GlossaryEntry[] {
  return list.map(([term, meaning, since, until]) => ({
    term,
    unit,
    meaning,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  }));
}
