import type { TotalPages } from "./machine.js";
import type { PointsUnit, RankedTask, ReplayOutcome } from "./replay.js";
import type { Constraint, OomReport } from "./report.js";
import type { Int64 } from "./units.js";

/**
 * Which processes an edit is about. A pattern is matched as a whole; `*` stands for any text, `?` for one character. A
 * cgroup pattern takes what is below a matching path too.
 */
export type TaskSelector =
  | { readonly by: "pid"; readonly pid: number }
  | { readonly by: "name"; readonly pattern: string }
  | { readonly by: "cgroup"; readonly pattern: string };

/** A size to set, or with a sign to add. */
export interface SizeChange {
  readonly bytes: Int64;
  readonly relative: boolean;
}

/** A change of a selection, as data. Each is carried out on its own, in the order given. */
export type Edit =
  | { readonly kind: "set-adj"; readonly tasks: TaskSelector; readonly adj: number }
  /** `oom_adj` of the kernels up to v2.6.35: -17 to 15. */
  | { readonly kind: "set-old-adj"; readonly tasks: TaskSelector; readonly adj: number }
  | { readonly kind: "resize"; readonly tasks: TaskSelector; readonly part: SizePart; readonly size: SizeChange }
  | { readonly kind: "remove"; readonly tasks: TaskSelector }
  | ({ readonly kind: "add" } & NewTask)
  /** `MemTotal`: what the kernel manages, a little less than what is installed. */
  | { readonly kind: "total-ram"; readonly size: SizeChange }
  | { readonly kind: "swap"; readonly size: SizeChange }
  | { readonly kind: "memory-max"; readonly size: SizeChange }
  | { readonly kind: "allocating-task"; readonly on: boolean }
  | { readonly kind: "on-kernel"; readonly kernel: string };

/** The part of a task that is resized. */
export type SizePart = "rss" | "swap" | "page-tables";

/** A task that was not there: what is not given is 0. */
export interface NewTask {
  readonly name: string;
  readonly rssBytes: Int64;
  readonly swapBytes: Int64;
  readonly pageTableBytes: Int64;
  readonly oomScoreAdj: number;
  readonly uid: number;
}

/** A process by its pid and name. */
export interface ProcessName {
  readonly pid: number;
  readonly name: string;
}

/** An edit and what it came to on this report. */
export interface AppliedEdit {
  readonly edit: Edit;
  /** As it was typed, or as it would be. */
  readonly text: string;
  /** The processes that it changed. */
  readonly tasks: readonly ProcessName[];
  /** Why it changed nothing, or what must be known to read the result. */
  readonly remark?: string;
}

/** A victim that the log leaves possible, with what would have to be so. Pid null: nobody is killed. */
export interface PossibleVictim {
  readonly pid: number | null;
  readonly name: string;
  readonly when: string;
}

/** A selection that was run on what a log shows of a machine: as it was, or edited. */
export interface WhatIfOutcome {
  /** Rules by which it was run. */
  readonly era: string | null;
  readonly constraint: Constraint | null;
  /** Null, like what follows, where the report has no task table to run it on. */
  readonly totalPages: TotalPages | null;
  readonly pointsUnit: PointsUnit | null;
  /** How it ends. */
  readonly outcome: ReplayOutcome | null;
  /** Best first, at the least `totalpages` that the log allows. */
  readonly ranking: readonly RankedTask[];
  /** Who is picked; null when nobody is, or when the log can not tell at all. */
  readonly chosen: ProcessName | null;
  /** Who dies first. */
  readonly victim: ProcessName | null;
  /** Who dies with it: its cgroup (`memory.oom.group`), or those who share its address space. */
  readonly alsoKilled: readonly ProcessName[];
  /** True when the choice is the same for everything that the log leaves open. */
  readonly decided: boolean;
  /** Everybody who can be the choice; one entry when it is decided. */
  readonly possible: readonly PossibleVictim[];
  /** What the log does not tell and the choice depends on. */
  readonly missing: readonly string[];
}

/** A process whose place, points or adjustment an edit changed. */
export interface RankChange extends ProcessName {
  readonly before: RankState | null;
  readonly after: RankState | null;
}

/** Where a process stands. Null for a process that is not there. */
export interface RankState {
  /** From 1; null when not eligible. */
  readonly place: number | null;
  readonly points: Int64 | null;
  readonly oomScoreAdj: number | null;
}

/** The highest `oom_score_adj` that keeps a process alive here. */
export interface AdjProtection extends ProcessName {
  /** All processes that the selector means; they get the value together. */
  readonly tasks: readonly ProcessName[];
  readonly oomScoreAdj: number | null;
  /** One more and it may die; null when no value protects it, or the log can not tell. */
  readonly highestOomScoreAdj: number | null;
  /** The answer in words. */
  readonly reason: string;
  /** Who dies at that value. */
  readonly chosenThen: ProcessName | null;
  /** Others who can be the choice then, where the log leaves it open. */
  readonly possibleThen: readonly PossibleVictim[];
}

/** The lowest `oom_score_adj` that makes a process the choice. */
export interface AdjPreference extends ProcessName {
  readonly tasks: readonly ProcessName[];
  readonly oomScoreAdj: number | null;
  /** One less and another may die; null when no value makes it the choice, or the log can not tell. */
  readonly lowestOomScoreAdj: number | null;
  readonly reason: string;
}

/** What it takes to turn a process from chosen to spared, or the other way round, all else being equal. */
export interface FlipMargin extends ProcessName {
  /** It is the choice, or dies with or in the place of it. */
  readonly chosen: boolean;
  readonly oomScoreAdj: number | null;
  /**
   * The nearest `oom_score_adj` at which it turns for sure: for the chosen one the highest that spares it, for another the
   * lowest that makes it the choice. Null when none does.
   */
  readonly flipOomScoreAdj: number | null;
  /** Pages of rss to take from the chosen one or to give to another, the fewest that turn it; null when none do. */
  readonly flipPages: Int64 | null;
  /** {@link flipPages} hangs on the machine's swap, which the log does not tell and no limit bounds. Absent otherwise. */
  readonly openWithoutSwap?: true;
}

/** The least memory with which this one request would have been met, as far as the log can tell. */
export interface LeastLimit {
  /** What would have to be larger: the cgroup's limit by its file, or the machine's memory. */
  readonly of: "memory.max" | "memory.limit_in_bytes" | "memory.memsw.limit_in_bytes" | "total RAM";
  readonly nowBytes: Int64 | null;
  /** Null when more of it would not have helped, or when the log can not tell. */
  readonly leastBytes: Int64 | null;
  readonly reason: string;
  /** What the log can not tell about it. */
  readonly cannotTell: readonly string[];
  readonly lines: readonly number[];
}

/** A kill of a sequence. */
export interface SequenceStep extends ProcessName {
  readonly points: Int64 | null;
  /** The most that its death frees: rss and page tables. Memory shared with the living and files may stay. */
  readonly freedPages: Int64;
  /** Its anonymous memory, where the table shows it: what its death frees for sure unless forks share it. */
  readonly freedAnonPages?: Int64;
  /** Others that die with it (`memory.oom.group`, a shared address space). */
  readonly alsoKilled: readonly ProcessName[];
  readonly decided: boolean;
  readonly possible: readonly PossibleVictim[];
  /** {@link freedPages} of this kill and those before it. */
  readonly freedSoFarPages: Int64;
  /** What the log says: the report of that kill, when the log goes on with it. */
  readonly happened?: ProcessName & {
    readonly line: number;
    readonly agrees: boolean;
    /** What the next table shows to have changed in between, where another died; absent when nothing that it shows did. */
    readonly because?: string;
  };
}

/** Memory after which nobody more of a sequence has to die. */
export interface SequenceNeed {
  readonly bytes: Int64;
  /** After so many kills it is met, if each frees all that it can; null when it is not. */
  readonly metAfterKills: number | null;
  /** True when nobody is left to kill, or the log does not tell who is next. */
  readonly isLast: boolean;
}

/** What another kernel's rules choose. */
export interface KernelChoice {
  readonly era: string;
  /** The kernel that was asked for, as typed; absent where all were. */
  readonly asked?: string;
  /** The newest mainline version with the same rules, `v5.18`; absent where one kernel was asked for. */
  readonly until?: string;
  /** The rule set, `R7`. */
  readonly rules: string;
  readonly chosen: ProcessName | null;
  readonly decided: boolean;
  readonly possible: readonly PossibleVictim[];
  readonly missing: readonly string[];
  /** True for the kernel that printed the report. */
  readonly own: boolean;
  /** The changes between the era before and this one that turn the choice; empty when it is the same. */
  readonly changedBy: readonly string[];
}

/** A selection asked "what if": the answer to one question on one report. */
export interface WhatIf {
  readonly report: OomReport;
  readonly edits: readonly AppliedEdit[];
  readonly before: WhatIfOutcome;
  readonly after: WhatIfOutcome;
  /** Whether another process is picked; null where the log leaves that open. */
  readonly changed: boolean | null;
  readonly changes: readonly RankChange[];
  readonly margins?: readonly FlipMargin[];
  readonly leastLimit?: LeastLimit | null;
  readonly protect?: AdjProtection;
  readonly prefer?: AdjPreference;
  readonly sequence?: readonly SequenceStep[];
  readonly need?: SequenceNeed;
  readonly kernels?: readonly KernelChoice[];
  /** What must be known to read the answer, a sentence each. */
  readonly remarks: readonly string[];
}

/** What a policy would have changed over a set of reports. */
export interface PolicyEffect {
  readonly reports: number;
  /** Reports in which others die. */
  readonly changed: number;
  readonly unchanged: number;
  /** Reports whose log leaves that open. */
  readonly undecided: number;
  /** Reports with too little to be run again. */
  readonly notReplayed: number;
  /** Names that were killed and would not have been, the most frequent first. */
  readonly spared: readonly { readonly name: string; readonly count: number }[];
  /** Names that would have been picked in their place. */
  readonly cost: readonly { readonly name: string; readonly count: number }[];
  /** Changed reports of which the log does not tell who would have been picked. */
  readonly costOpen: number;
  /** Rules that meant no process of any report. */
  readonly unmatched: readonly string[];
}
