import type { ExplainedBy, VerdictKind } from "../src/model/verdict.js";

/** What a fact that decides a victim means for a log and its verdict. */
export interface FactRow {
  readonly meaning: string;
  /** Whether a log of the lab's kernels (v5.10 and later) shows it. */
  readonly shown: boolean;
  /** Verdicts that are right when this fact decides. */
  readonly verdicts: readonly VerdictKind[];
  /** Rules that an `explained` verdict may name. */
  readonly by: readonly ExplainedBy[];
}

/**
 * What follows a first kill by a cgroup's limit and is no fact of a scenario's own: the scan of a cgroup does not see a
 * process that is exiting, nor does the table, so that while the victim still holds its memory a second one dies or the
 * kernel finds nobody to kill. Seen on v6.19 and later; before, only where the victim's leader had ended already.
 */
export const aftermathVerdicts: readonly VerdictKind[] = ["agrees", "explained", "none"];

/** Facts that can decide who dies. A scenario names those that decide its own. */
export const factTable = {
  points: {
    meaning: "The task with the most points dies: rss, swap and page tables of its row, scaled oom_score_adj.",
    shown: true,
    verdicts: ["agrees"],
    by: [],
  },
  "memcg-swap-total": {
    meaning:
      "oom_score_adj is scaled by a total that includes the machine's swap, which a memcg report does not print.",
    shown: false,
    verdicts: ["agrees", "undecidable"],
    by: [],
  },
  "tie-order": {
    meaning: "Equal points: the order of the rows decides.",
    shown: true,
    verdicts: ["agrees", "explained"],
    by: ["tie-order"],
  },
  "thread-named": {
    meaning: "The leader has ended: the kill line names a thread, the chosen one its process.",
    shown: true,
    verdicts: ["agrees", "explained"],
    by: ["thread-named"],
  },
  "oom-group": {
    meaning: "memory.oom.group: all of a cgroup die with the victim; printed.",
    shown: true,
    verdicts: ["agrees", "explained"],
    by: ["oom-group"],
  },
  "allocating-task": {
    meaning: "vm.oom_kill_allocating_task: the invoker dies; the kill line says so.",
    shown: true,
    verdicts: ["agrees", "explained"],
    by: ["allocating-task"],
  },
  "oom-origin": {
    meaning: "The task in swapoff is chosen outright; the trace of the invoker shows it.",
    shown: true,
    verdicts: ["explained"],
    by: ["oom-origin"],
  },
  vfork: {
    meaning: "A child in vfork is no candidate; only an equal neighbouring row hints at it.",
    shown: false,
    verdicts: ["agrees", "explained", "undecidable"],
    by: ["vfork-twin", "tie-order"],
  },
  "mm-shared": {
    meaning: "Processes share an address space: equal rows, and all of them die though only one is named.",
    shown: false,
    verdicts: ["agrees", "explained", "undecidable"],
    by: ["mm-shared", "tie-order"],
  },
  "already-victim": {
    meaning: "A task that was killed before and can not go is passed over: its earlier kill line shows it.",
    shown: true,
    verdicts: ["agrees"],
    by: [],
  },
  "forked-later": {
    meaning: "Rows forked between selection and printing stand after the victim.",
    shown: false,
    verdicts: ["agrees", "explained", "undecidable"],
    by: ["forked-later", "tie-order"],
  },
  growth: {
    meaning: "Tasks grow between selection and printing, so that near points can change places.",
    shown: false,
    verdicts: ["agrees", "explained", "undecidable"],
    by: ["tie-order"],
  },
  "no-table": {
    meaning: "vm.oom_dump_tasks is 0: there is no table to choose from.",
    shown: false,
    verdicts: ["undecidable"],
    by: [],
  },
  panic: {
    meaning: "vm.panic_on_oom, or nobody is left to kill: the kernel panics and says so.",
    shown: true,
    verdicts: ["none"],
    by: [],
  },
  "no-victim": {
    meaning: "Nobody can be chosen in the cgroup or by sysrq; the kernel says so.",
    shown: true,
    verdicts: ["none"],
    by: [],
  },
} as const satisfies Record<string, FactRow>;

export type Fact = keyof typeof factTable;

/** The row of a fact. */
export function factOf(fact: Fact): FactRow {
  return factTable[fact];
}
