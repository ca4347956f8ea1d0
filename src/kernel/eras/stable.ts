import type { EraRow } from "./row.js";

/** A row of a stable release; `code` where its functions are those of a later version too. */
export interface StableRow extends EraRow {
  readonly code?: string;
}

/**
 * Stable releases that carry a change of a later version. `from` is the release it was read in; the first one of its
 * series that has it may be older.
 */
export const stableRows: readonly StableRow[] = [
  {
    from: "3.2.71",
    change: "Since Linux v3.2.71 (commit unconfirmed), the root bonus of v3.14 and the memcg total of v3.7.",
    traits: { rootBonus: "3-percent", memcgTotal: "swappiness" },
  },
  {
    from: "3.4.108",
    change: "Since Linux v3.4.108 (commit unconfirmed), the memcg total of v3.7.",
    traits: { memcgTotal: "swappiness" },
  },
  {
    from: "3.10.105",
    code: "3.12",
    change: "Since Linux v3.10.105 (commit unconfirmed), the root bonus of v3.14.",
    traits: { rootBonus: "3-percent" },
  },
  {
    from: "3.13.10",
    change: "Since Linux v3.13.10 (commit unconfirmed), the root bonus of v3.14.",
    traits: { rootBonus: "3-percent" },
  },
  {
    from: "5.4.286",
    rules: "R13",
    change:
      "Since Linux v5.4.286 (commit unconfirmed), the signed points of v5.9, the kill line of v5.5, the reaper of v5.18 and the page fault of v5.16.",
    traits: { pointsClamp: "signed", killLinePgtables: "kB", oomReaper: "delayed", pageFaultOom: "retried" },
  },
];
