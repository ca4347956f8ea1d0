/**
 * Every way in which kernels differ that matters for selecting, scoring and killing, and the few facts about printing
 * that reconstruction needs. A kernel is a row of these values (`src/kernel/eras.ts`); no other code asks for a version.
 */
export interface KernelTraits {
  /**
   * The scale of a task's points. `legacy`: the heuristic over `total_vm`, children, run time and nice. `permille`:
   * share of `totalpages` in thousandths. `pages`: pages, with `oom_score_adj` scaled by `totalpages / 1000`.
   *
   * Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36), `permille`; since Linux commit a7f638f999ff (page
   * scale) (v3.5), `pages`.
   */
  readonly pointsRule: "legacy" | "permille" | "pages";
  /**
   * The C type that the share is computed in where {@link pointsRule} is `permille`. `int32` overflows above 2,147,483
   * pages.
   *
   * Since Linux v2.6.39 (commit unconfirmed), `int32`; since Linux v3.2 (commit unconfirmed), `long`.
   */
  readonly permilleArithmetic: "unsigned-long" | "int32" | "long" | "not-used";
  /**
   * What counts as page tables in the points.
   *
   * Since Linux v2.6.39 (commit unconfirmed), `nr_ptes`; since Linux v4.0 (commit unconfirmed), `nr_ptes+nr_pmds`;
   * since Linux commit af5b0f6a09e4 (pgtables_bytes) (v4.15), `pgtables_bytes` divided by the page size.
   */
  readonly pageTablesInPoints: "none" | "nr_ptes" | "nr_ptes+nr_pmds" | "pgtables_bytes";
  /**
   * What a privileged task gains. `quarter-…`: points / 4, for uid 0, euid 0 or CAP_SYS_ADMIN, or for CAP_SYS_ADMIN or
   * CAP_SYS_RESOURCE. `minus-30`: 30 thousandths of `totalpages`. `3-percent`: 3 % of the task's own points.
   *
   * Since Linux v3.14 (commit unconfirmed), `3-percent`; since Linux v4.17 (commit unconfirmed), `none`.
   */
  readonly rootBonus:
    | "quarter-uid-or-sys-admin"
    | "quarter-sys-admin-or-sys-resource"
    | "minus-30"
    | "3-percent"
    | "none";
  /**
   * What happens to points that end up small or negative. `1-to-1000` and `at-least-1` keep an eligible task eligible;
   * `signed` keeps the true order below zero.
   *
   * Since Linux v5.9 (commit unconfirmed), `signed`.
   */
  readonly pointsClamp: "none" | "1-to-1000" | "at-least-1" | "signed";
  /**
   * The type that the scan keeps points in. `uint32` wraps above 2^32 pages.
   *
   * Since Linux commit a7f638f999ff (page scale) (v3.5), `uint32`; since Linux v4.9 (commit unconfirmed), `long`.
   */
  readonly scanPointsType: "long" | "uint32";
  /**
   * The type that child sacrifice keeps a child's points in; `uint32` up to v5.0.
   *
   * Since Linux commit a7f638f999ff (page scale) (v3.5), `uint32`.
   */
  readonly childPointsType: "long" | "uint32";
  /** Whether the heuristic counts the cpu time of the thread or (since Linux v2.6.32 (commit unconfirmed)) its group. */
  readonly legacyCpuTime: "thread" | "group" | "not-used";
  /**
   * What the heuristic does with a task whose nodes do not intersect the invoker's.
   *
   * Since Linux v2.6.20 (commit unconfirmed), points / 8; before, the scan skips it.
   */
  readonly legacyDisjointMems: "skipped" | "eighth" | "not-used";
  /** Whether a task of 0 points gets 1 before a positive `oom_adj` shifts it (since Linux v2.6.22 (commit unconfirmed)). */
  readonly legacyZeroPointsShift: "stays-0" | "becomes-1" | "not-used";
  /**
   * The test that keeps a task with the lowest adjustment from being chosen. `oom-adj-scan`: the scan skips
   * `oom_adj == -17`. `oom-adj-points`: its points are 0. `process`: `oom_score_adj == -1000` of the process itself.
   * `shared-mm`: of any process that shares its address space.
   *
   * Since Linux v2.6.37 (commit unconfirmed), `shared-mm`; since Linux v3.2 (commit unconfirmed), `process`.
   */
  readonly minAdjTest: "oom-adj-scan" | "oom-adj-points" | "process" | "shared-mm";
  /**
   * Which tasks the points function itself tests for MMF_OOM_REAPED / MMF_OOM_SKIP.
   *
   * Since Linux v4.7 (commit unconfirmed), `tested`.
   */
  readonly oomSkip: "not-tested" | "tested";
  /** Whether a task in vfork is ineligible (since Linux v4.8 (commit unconfirmed)). */
  readonly vfork: "not-tested" | "tested";
  /**
   * Where memcg, cpuset and nodemask membership is tested: in the points function too, or by the scan alone (since
   * Linux v5.3 (commit unconfirmed)).
   */
  readonly domainTest: "points-and-scan" | "scan";
  /**
   * Whether tasks outside the invoker's nodes are passed over. `none` before v2.6.36; `always` also in memcg OOMs (up
   * to v5.2); `not-memcg` since Linux v5.3 (commit unconfirmed).
   */
  readonly nodeTest: "none" | "always" | "not-memcg";
  /** What a system-wide scan visits: every thread, or (v2.6.32 to v2.6.37, since v4.7) process leaders. */
  readonly globalScan: "threads" | "leaders";
  /**
   * What a memcg scan visits. `task-list`: the system-wide list, filtered. `memcg-threads`, `memcg-leaders`: each
   * cgroup of the subtree in pre-order, in attach order.
   *
   * Since Linux v3.6 (commit unconfirmed), `memcg-threads`; since Linux v5.3 (commit unconfirmed), `memcg-leaders`.
   */
  readonly memcgScan: "none" | "task-list" | "memcg-threads" | "memcg-leaders";
  /**
   * Who wins equal points in a system-wide scan. `first-leader`: the first, but a leader replaces a thread.
   *
   * Since Linux v3.14 (commit unconfirmed), `first-leader`; since Linux v4.7 (commit unconfirmed), `last`; since Linux
   * v4.9 (commit unconfirmed), `first-leader`; since Linux v5.3 (commit unconfirmed), `last`.
   */
  readonly globalTie: "first" | "first-leader" | "last";
  /** Who wins equal points in a memcg scan; see {@link globalTie}. */
  readonly memcgTie: "first" | "first-leader" | "last";
  /**
   * How the scan knows a victim that is still dying. `tif-memdie`: TIF_MEMDIE of the visited thread. `oom-victims`:
   * a count in the signal struct. `oom-mm`: `signal->oom_mm`.
   *
   * Since Linux v4.7 (commit unconfirmed), `oom-victims`; since Linux v4.9 (commit unconfirmed), `oom-mm`.
   */
  readonly victimMark: "tif-memdie" | "oom-victims" | "oom-mm";
  /** Whether a dying victim with MMF_OOM_SKIP aborts the scan or (since Linux v4.8 (commit unconfirmed)) is passed over. */
  readonly skippedVictim: "aborts" | "passed-over";
  /** Whether sysrq ignores victims that are still dying (since Linux v3.4 (commit unconfirmed), the force flag). */
  readonly sysrqForce: "no" | "yes";
  /** Whether sysrq is told by `order` -1 (since Linux v4.3 (commit unconfirmed)), and is then spared `panic_on_oom`. */
  readonly sysrqOrder: "0" | "-1";
  /**
   * What the scan does with a task that is exiting. See `kernel-eras`: one name per behaviour.
   *
   * Since Linux v2.6.36 (commit unconfirmed), `single-threaded`; since Linux v2.6.39 (commit unconfirmed),
   * `current-chosen`; since Linux v3.8 (commit unconfirmed), `aborts`; since Linux v3.19 (commit unconfirmed),
   * `aborts-unless-core-dump`; since Linux v4.6 (commit unconfirmed), `not-tested`.
   */
  readonly exitingTask:
    | "legacy"
    | "single-threaded"
    | "current-chosen"
    | "aborts"
    | "aborts-unless-core-dump"
    | "not-tested";
  /**
   * What an OOM origin (swapoff, ksm unmerge) does. `chosen-at-once`: ends the scan. `max-points`: highest points.
   * `1000-points`: 1000 of 1000. `adj-1000`: its `oom_score_adj` is 1000 for the time, so that the table shows it.
   * `selected`: chosen outright, and the scan goes on.
   *
   * Since Linux commit e1e12d2f3104 (origin flag) (v3.8), `selected`.
   */
  readonly oomOrigin: "chosen-at-once" | "max-points" | "1000-points" | "adj-1000" | "selected";
  /**
   * Which invoking tasks are only marked, before any scan. `fatal-signal`: a pending SIGKILL. `fatal-signal-or-exiting`
   * (since v3.8). `will-free-mem` (since v4.8): all processes of its address space are dying.
   */
  readonly dyingCurrent: "none" | "fatal-signal" | "fatal-signal-or-exiting" | "fatal-signal-or-free-mem" | "will-free-mem";
  /** When a chosen task that is already dying is only marked: never, after the dump, or (since v3.4) before it. */
  readonly dyingChosen: "silent-kill" | "after-dump" | "before-dump";
  /** `vm.panic_on_oom`: unknown to the kernel, 1 and 2 alike, or 2 for every constraint. */
  readonly panicOnOom: "none" | "any-constraint" | "1-and-2";
  /** Whether `panic_on_oom` 2 panics a memcg OOM too (since Linux v2.6.34 (commit unconfirmed)). */
  readonly panicOnMemcg: "no" | "yes";
  /**
   * What follows when nothing is eligible in a memcg OOM. `retry`: the scan never ends (up to v2.6.34). `nothing`.
   * `warning`: the report with a warning line (since Linux v4.19 (commit unconfirmed)).
   */
  readonly memcgNothingEligible: "retry" | "nothing" | "warning";
  /** Whether `vm.oom_kill_allocating_task` exists, and its test of the invoker's lowest adjustment. */
  readonly allocatingTask: "none" | "unconditional" | "oom-adj" | "shared-mm" | "no-adj-test" | "process";
  /**
   * Whether a child dies in its parent's place. `first-killable`: in list order. `largest`: the child with most points.
   *
   * Since Linux commit 5e9d834a0e0c (largest child) (v2.6.36), `largest`; since Linux v5.1 (commit unconfirmed), `none`.
   */
  readonly childSacrifice: "first-killable" | "largest" | "none";
  /**
   * Which children are passed over because they share the address space. `leader-mm` compares the child's own mm, which
   * an exited leader lacks.
   *
   * Since Linux v2.6.39 (commit unconfirmed), `leader-mm`; since Linux v4.4 (commit unconfirmed), `any-thread`.
   */
  readonly childSharedMm: "not-tested" | "leader-mm" | "any-thread";
  /**
   * Whether other processes that share the victim's address space die. `before-victim`: signalled first, one line each.
   * `after-victim`: without a line.
   *
   * Since Linux v2.6.37 (commit unconfirmed), `before-victim`; since Linux v4.4 (commit unconfirmed), `after-victim`.
   */
  readonly mmSharers: "none" | "silent-legacy" | "before-victim" | "after-victim";
  /** Which sharers are spared: none, those at -1000 (v3.2 to v4.7), or none but init and kernel threads (since v4.8). */
  readonly mmSharersSpared: "none" | "oom-score-adj-min" | "init";
  /** `memory.oom.group` (since Linux v4.19 (commit unconfirmed); RHEL 8.1). */
  readonly oomGroup: "none" | "memory.oom.group";
  /** The reaper: none, at once (since v4.6), or two seconds later (since v5.18 and late stable releases). */
  readonly oomReaper: "none" | "immediate" | "delayed";
  /**
   * The pages of a node that count in a CPUSET or MEMORY_POLICY total.
   *
   * Since Linux v5.4 (commit unconfirmed), `present`.
   */
  readonly nodeTotal: "none" | "spanned" | "present";
  /**
   * How a memcg's limits make `totalpages`. `swap-unshifted`: swap pages are added to bytes by mistake. `limit+swap`:
   * the lower of limit + machine swap and memsw limit. `swappiness`: so, or the limit alone at swappiness 0.
   * `swap.max`: machine swap is bounded by `memory.swap.max`. `split`: v1 and v2 apart.
   */
  readonly memcgTotal: "none" | "swap-unshifted" | "limit+swap" | "swappiness" | "swap.max" | "split";
  /** The columns of the task table. */
  readonly taskTable:
    | "none"
    | "oom_adj"
    | "oom_adj+oom_score_adj"
    | "nr_ptes"
    | "nr_ptes+nr_pmds"
    | "pgtables_bytes"
    | "rss_anon+rss_file+rss_shmem";
  /** The rows of the table: all leaders with an mm (up to v2.6.35), or the tasks of the OOM domain without init. */
  readonly tableRows: "leaders-with-mm" | "domain";
  /** The order of the table in a memcg OOM: of the task list, or of the scan (since v5.3). */
  readonly memcgTableOrder: "task-list" | "scan";
  /** Whether a memcg report holds the `Mem-Info:` block too (up to v3.8). */
  readonly memcgReport: "none" | "with-mem-info" | "memcg-only";
  /**
   * What `pages reserved` is. `page-walk`: reserved page structs (up to v3.12). `last-zone`: only that of the last
   * populated zone, by a bug (v3.13 to v3.17). `present-managed`: of all zones (since v3.18). `present-managed-cma`: the
   * same less the CMA pages, which may wrap (v3.19 to v4.1).
   */
  readonly reservedPages: "arch" | "page-walk" | "last-zone" | "present-managed" | "present-managed-cma";
  /** The `constraint=` field: not printed, always CONSTRAINT_NONE by a bug (v5.0, v5.1), or right. */
  readonly constraintPrinted: "not-printed" | "always-none" | "right";
  /** The `score N` of the kill line: not printed (since v5.1), signed (up to v4.1) or unsigned. */
  readonly scorePrinted: "not-printed" | "signed" | "unsigned";
  /** `pgtables:NkB` of the kill line: not printed, right, or bytes called kB by a bug (first v5.4.y). */
  readonly killLinePgtables: "not-printed" | "bytes" | "kB";
}

/** Name of a trait. */
export type TraitName = keyof KernelTraits;

/** What detection knows: each trait's value, or `unknown` where the eras that remain possible differ in it. */
export type DetectedTraits = { readonly [K in TraitName]: KernelTraits[K] | "unknown" };

/** A stretch of kernel versions, or builds of a distribution, with the same traits. */
export interface Era {
  /** The first kernel that has it: `v4.9`, `v3.2.71`, `el8-4.18.0-305`. */
  readonly id: string;
  /** The rule set that it belongs to, `L1` to `L4` and `R1` to `R13`. */
  readonly rules: string;
  readonly traits: KernelTraits;
}

/** A fact of the report that speaks for or against some kernels. */
export interface KernelEvidence {
  /** What was seen: a trait, `release`, `trigger line`, `kill line`, …. */
  readonly fact: string;
  readonly value: string;
  /** Lines of the log; empty for an override of the user. */
  readonly lines: readonly number[];
}

/** How well a release string names the rules. */
export type EraCertainty = "mainline" | "stable" | "distribution" | "unknown-vendor" | "future" | "unknown";

/** What is known of the rules that a report was made by. */
export interface KernelDetection {
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
