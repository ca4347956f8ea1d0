import type { Comparison } from "./compare.js";

/**
 * A disagreement that is understood and stays: one run, one line of its log as evidence. Never a pattern; the list may
 * only shrink. A run is named by release and scenario, since the id of a report holds pids and sizes that differ from
 * boot to boot.
 */
export interface KnownMismatch {
  readonly release: string;
  readonly scenario: string;
  readonly comparison: Comparison;
  /** Line of the log that shows why. */
  readonly evidence: string;
}

export const knownMismatches: readonly KnownMismatch[] = [];

/** Whether a disagreement is on the list. */
export function isKnown(release: string, scenario: string, comparison: Comparison): boolean {
  return knownMismatches.some(
    (known) => known.release === release && known.scenario === scenario && known.comparison === comparison,
  );
}
