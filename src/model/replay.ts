import type { Constraint } from "./report.js";
import type { Int64 } from "./units.js";

/** The scale of points: pages (since v3.5), per mille of `totalpages` (v2.6.36 to v3.4), or the older heuristic. */
export type PointsUnit = "pages" | "permille" | "legacy";

/** Why a task can not be chosen. */
export type IneligibleReason =
  | "init"
  | "kernel-thread"
  | "no-mm"
  | "oom-score-adj-min"
  | "oom-adj-disable"
  | "mm-shared-with-oom-score-adj-min"
  | "oom-skip"
  | "vfork"
  | "outside-memcg"
  | "outside-cpuset"
  | "outside-mempolicy"
  | "points-wrapped-to-0";

/**
 * What a part of the points comes from. `rounding`: what integer division and C types add or take. `clamp`: what the
 * bounds of the rule add or take. The others from `totalVm` on are of the legacy rule.
 */
export type PointsPartName =
  | "rss"
  | "swap"
  | "pageTables"
  | "rootBonus"
  | "oomScoreAdj"
  | "clamp"
  | "rounding"
  | "origin"
  | "totalVm"
  | "children"
  | "cpuTime"
  | "runTime"
  | "nice"
  | "rawio"
  | "disjointMems"
  | "oomAdj";

/** One part of a task's points; the parts sum to the points. */
export interface PointsPart {
  readonly name: PointsPartName;
  readonly value: Int64;
}

/**
 * How far the points can be trusted: `exact`, or a bound (`at-least`, `at-most`) or an `estimate` where the machine
 * lacks something that the rule reads.
 */
export type PointsBound = "exact" | "at-least" | "at-most" | "estimate";

/** What the rule reads and a machine may lack. `page table levels`: page tables are known by other counters only. */
export type UnknownInput =
  | "swap"
  | "page tables"
  | "page table levels"
  | "oom_score_adj"
  | "oom_adj"
  | "capabilities"
  | "total_vm"
  | "children"
  | "cpu time"
  | "run time"
  | "nice"
  | "cpuset";

/** A process in the ranking, best first: the order in which the scan would choose. */
export interface RankedTask {
  /** Of its leader, or of the thread by which the scan would take it. */
  readonly pid: number;
  /** The thread group, which is the process. */
  readonly tgid: number;
  readonly name: string;
  /** As the scan compares them; of an OOM origin, what it has besides. Null when the task is not eligible. */
  readonly points: Int64 | null;
  readonly parts: readonly PointsPart[];
  readonly bound: PointsBound;
  /** What was not known, and taken as 0 or absent (CAP_SYS_ADMIN: as held by uid 0). */
  readonly unknown: readonly UnknownInput[];
  readonly eligible: boolean;
  readonly reason?: IneligibleReason;
  /** It volunteered (swapoff, ksm unmerge): the kernel takes it whatever its points. Absent otherwise. */
  readonly oomOrigin?: true;
}

/** A step of the decision path, from the failed allocation to the reaper. */
export type DecisionStep =
  | "page-allocator"
  | "page-fault"
  | "memcg-charge"
  | "sysrq"
  | "notifiers"
  | "dying-current"
  | "dying-current-memcg"
  | "constraint"
  | "memcg-total"
  | "panic-on-oom"
  | "allocating-task"
  | "select"
  | "select-memcg"
  | "visit"
  | "visit-memcg"
  | "points"
  | "nothing-eligible"
  | "nothing-eligible-memcg"
  | "dying-chosen"
  | "sacrifice"
  | "kill"
  | "sharers"
  | "group"
  | "reaper";

/** How a step of the kernel's decision path went. */
export interface ReplayStep {
  readonly step: DecisionStep;
  /** The kernel's own function of that era. */
  readonly function: string;
  /** What happened there, in words. */
  readonly outcome: string;
  /** Lines of the log that show it; empty when no log shows it. */
  readonly lines: readonly number[];
  /** `seen`: lines show it; `computed`: follows from the rule; `not-visible`: no log can show it. */
  readonly evidence: "seen" | "computed" | "not-visible";
}

/** How the selection ended; `unknown`: the candidates are not known, so that the path is followed up to the scan only. */
export type ReplayOutcome = "killed" | "no_kill" | "shortcut" | "panic" | "livelock" | "unknown";

/** The outcome of re-running the selection. */
export interface Replay {
  readonly outcome: ReplayOutcome;
  readonly constraint: Constraint | null;
  /** The single `totalpages` that this run used; null for eras that use none. */
  readonly totalPages: Int64 | null;
  readonly pointsUnit: PointsUnit;
  readonly ranking: readonly RankedTask[];
  /** What the scan picked, before child sacrifice; a thread on kernels that iterate threads. */
  readonly chosen: { readonly pid: number; readonly name: string } | null;
  /** Who dies first: after child sacrifice, named as the kill line names it. */
  readonly victim: { readonly pid: number; readonly name: string } | null;
  /** The score that the kernel would print; null where it prints none. */
  readonly score: Int64 | null;
  /** Pids that get SIGKILL, in order, each once. */
  readonly signalled: readonly number[];
  /** Those of them that only share the address space of a victim. */
  readonly sharers: readonly number[];
  /** Those of them that die as members of a cgroup with `memory.oom.group`. */
  readonly group: readonly number[];
  /** Panic message, or null. */
  readonly panic: string | null;
  /** Points of the chosen task minus those of the best other eligible one; null without a runner-up or by another rule. */
  readonly margin: Int64 | null;
  readonly steps: readonly ReplayStep[];
}
