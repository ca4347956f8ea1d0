import type { Int64 } from "./units.js";

/** A value with its unit and the lines it comes from. */
export interface Evidence {
  readonly name: string;
  readonly value: Int64 | string;
  readonly unit: string;
  readonly lines: readonly number[];
}

/** One diagnosis. */
export interface Finding {
  readonly id: string;
  readonly severity: "info" | "notice" | "problem";
  readonly confidence: "high" | "medium" | "low";
  readonly title: string;
  readonly evidence: readonly Evidence[];
  /** What to do next: commands and fixes, concrete for this log. */
  readonly advice: readonly string[];
}
