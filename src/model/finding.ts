import type { Int64 } from "./units.js";

/** A value with its unit and the lines it comes from. */
export interface Evidence {
  /** The kernel's own name for a printed value; unique within a finding. */
  readonly name: string;
  readonly value: Int64 | string;
  readonly unit: string;
  readonly lines: readonly number[];
  /**
   * How a computed value follows from other evidence of the same finding, by their names: `a + b`, `a − b`, `a × b`,
   * `a ÷ b`, `2 ^ a`, or from its lines: `sum of NAME over the lines`, `number of the lines`, `time between the lines`.
   * Absent for a value as printed.
   */
  readonly formula?: string;
  /** True for a value that stands here only because a formula names it. */
  readonly operand?: true;
}

/**
 * What a finding answers. `kind`: was it a shortage at all, and who asked. `limit`: which limit was hit. `consumer`: what
 * used the memory. `reclaim`: why it could not be taken back. `configuration`: a setting that shaped it. `selection`: why
 * this victim.
 */
export type FindingLayer = "kind" | "limit" | "consumer" | "reclaim" | "configuration" | "selection";

/** How far a finding can be relied on. */
export type Confidence = "high" | "medium" | "low";

/** One diagnosis. */
export interface Finding {
  /** The rule that made it: a row of the catalogue, with a page of its own in docs/diagnoses. */
  readonly id: string;
  readonly layer: FindingLayer;
  readonly severity: "info" | "notice" | "problem";
  readonly confidence: Confidence;
  /** `fact`: the log says it. `inference`: the log's numbers suggest it. */
  readonly basis: "fact" | "inference";
  readonly title: string;
  /** What it means, in a few sentences. */
  readonly meaning: string;
  readonly evidence: readonly Evidence[];
  /** What in this log speaks against it, a sentence each; it has lowered the confidence. */
  readonly contradicts: readonly string[];
  /** What to do next: commands and fixes, concrete for this log. */
  readonly advice: readonly string[];
  /** Page of the repository that explains the diagnosis. */
  readonly docs: string;
  /** No real log has shown this diagnosis yet: its confidence stays low. */
  readonly unproven?: true;
}

/** A rule that could not be tried on a report, and what the report lacks for it. */
export interface NotApplicable {
  readonly id: string;
  readonly reason: string;
}
