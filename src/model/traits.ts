import type { PrintingTraits } from "./printing-traits.js";
import type { SelectionTraits } from "./selection-traits.js";

/**
 * Every way in which kernels differ that matters here. A kernel is a row of these values (`src/kernel/eras/`); no other
 * code asks for a version.
 */
export interface KernelTraits extends SelectionTraits, PrintingTraits {}

/** Name of a trait. */
export type TraitName = keyof KernelTraits;

/** What detection knows: each trait's value, or `unknown` where the eras that remain possible differ in it. */
export type DetectedTraits = { readonly [K in TraitName]: KernelTraits[K] | "unknown" };

/** A stretch of kernel versions, or builds of a distribution, with the same traits. */
export interface Era {
  /** The first kernel that has it: `v4.9`, `v3.2.71`, `el8-4.18.0-305`. */
  readonly id: string;
  /** The rule set that it belongs to: `L1` to `L4`, `R1` to `R13`. */
  readonly rules: string;
  /** The mainline version whose functions its kernels have: that of the id, or what a distribution has backported. */
  readonly code: string;
  readonly traits: KernelTraits;
}

/** A fact of the report that speaks for or against some kernels. */
export interface KernelEvidence {
  /** What was seen: `release`, `trigger line`, `task table`, `kill line`, …. */
  readonly fact: string;
  readonly value: string;
  /** Lines of the log; empty for an override of the user. */
  readonly lines: readonly number[];
}

/**
 * How well a release string names the rules. `mainline`, `distribution`: a row was written for it. `stable`: a stable
 * release of which it is not known whether it has a backported change. `unknown-vendor`: a suffix of a vendor whose
 * changes are not known. `future`: newer than the newest row. `unknown`: no release string.
 */
export type EraCertainty = "mainline" | "stable" | "distribution" | "unknown-vendor" | "future" | "unknown";

/** The versions that a kernel may have. */
export interface KernelSpan {
  /** `[4, 9]`, `[3, 10, 0]` */
  readonly oldest: readonly number[];
  /** Null where the log does not name the kernel. */
  readonly newest: readonly number[] | null;
}

/** What is known of the rules that a report was made by. */
export interface KernelDetection {
  readonly versions: KernelSpan;
  /** The most likely era: the first of {@link candidates}. */
  readonly era: Era;
  /** Every era that the evidence leaves possible, most likely first; never empty. */
  readonly candidates: readonly Era[];
  /** The traits that all candidates share; `unknown` where they differ. */
  readonly traits: DetectedTraits;
  readonly certainty: EraCertainty;
  readonly evidence: readonly KernelEvidence[];
  /** What had to be assumed, one sentence each. */
  readonly assumed: readonly string[];
}
