import type { Confidence, Finding, FindingLayer } from "../model/finding.js";
import type { Context } from "./context.js";
import type { Facts, Need } from "./facts.js";
import type { Quantity } from "./quantity.js";

/**
 * Where a finding stands in the ranking, best first. `kind`: it was no shortage, or not the kernel's own idea.
 * `elsewhere`: memory was free, but not for this request. `memcg-cause`, `memcg-limit`: inside a memory cgroup.
 * `consumer`: what the machine's memory was used for. `selection`: why this victim. `context`: shaped it, never the
 * cause alone.
 */
export type RankGroup = "kind" | "elsewhere" | "memcg-cause" | "memcg-limit" | "consumer" | "selection" | "context";

/** A piece of text of the log as evidence. */
export interface TextEvidence {
  readonly name: string;
  readonly value: string;
  readonly lines: readonly number[];
}

/** Advice with numbers of this log: the quantities that they are join the evidence. */
export interface ComputedAdvice {
  readonly text: string;
  readonly by: readonly Quantity[];
}

/** What a rule found, before it is ranked. */
export interface Draft {
  readonly title: string;
  readonly confidence: Confidence;
  /** Default: `problem`. */
  readonly severity?: Finding["severity"];
  /** What is true of this log only, behind the rule's own meaning. */
  readonly meaning?: string;
  readonly evidence: readonly (Quantity | TextEvidence)[];
  /** What in the log speaks against it, a sentence each. Any lowers the confidence by one level. */
  readonly contradicts?: readonly string[];
  readonly advice: readonly (string | ComputedAdvice)[];
  /** Pages that it explains: consumers are compared by them. */
  readonly pages?: number;
  /** Default: the rule's own. */
  readonly group?: RankGroup;
}

/** One diagnosis of the catalogue. */
export interface Rule<N extends Need = never> {
  /** Noun of what it finds; file, docs page and JSON have the same. */
  readonly id: string;
  readonly layer: FindingLayer;
  readonly group: RankGroup;
  readonly basis: Finding["basis"];
  /** Facts without which the rule is not applicable. */
  readonly needs: readonly N[];
  readonly meaning: string;
  /** A rule that sees the same pages and knows less of them: it stands behind this one. */
  readonly refines?: string;
  /** Dropped where another rule of its group has found something at medium confidence or above. */
  readonly fallback?: true;
  /** No real log has shown it yet. */
  readonly unproven?: true;
  /** Null when the log does not show it. */
  readonly evaluate: (facts: Pick<Facts, N>, context: Context) => Draft | null;
}

/** A rule whose needs are no longer told apart by type. */
export type AnyRule = Omit<Rule, "needs" | "evaluate"> & {
  readonly needs: readonly Need[];
  readonly evaluate: (facts: Facts, context: Context) => Draft | null;
};

/** Types the facts that a rule gets by the needs that it declares. */
export function rule<const N extends Need = never>(declared: Rule<N>): AnyRule {
  return declared as AnyRule;
}
