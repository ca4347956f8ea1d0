/** The verdict: the replay held against the log. */
export type VerdictKind = "agrees" | "explained" | "undecidable" | "differs" | "none";

/** Rules that may account for a victim which is not the plain maximum. A closed list. */
export type ExplainedBy =
  | "child-sacrificed"
  | "allocating-task"
  | "tie-order"
  | "oom-group"
  | "mm-shared"
  | "oom-origin"
  | "vfork-twin"
  | "forked-later"
  | "thread-named";

/** Why there is no victim in a report. */
export type NoVictimReason = "panic" | "no-killable" | "victim-still-dying" | "not-printed";

/** An equation with both sides filled in from the log. */
export interface Check {
  readonly id: string;
  /** The equation in words, with its numbers. */
  readonly expected: string;
  readonly actual: string;
  /** True: holds. False: does not. Null: the log lacks a side. */
  readonly ok: boolean | null;
  readonly lines: readonly number[];
}

export interface Verdict {
  readonly kind: VerdictKind;
  /** One sentence for people: what the re-run says about the kernel's choice. */
  readonly sentence: string;
  /** For `explained`: the rule with its lines. */
  readonly by?: readonly { readonly rule: ExplainedBy; readonly lines: readonly number[] }[];
  /** For `undecidable`: what is not in the log and matters. */
  readonly missing?: readonly string[];
  /** For `undecidable`: who remains possible, each with a value of the missing fact that leads to it. */
  readonly possibleVictims?: readonly { readonly pid: number | null; readonly name: string; readonly when: string }[];
  /** For `differs`: likely reasons, most likely first. */
  readonly likelyReasons?: readonly string[];
  /** For `none`: why nobody died. */
  readonly reason?: NoVictimReason;
  readonly checks: readonly Check[];
}
