/**
 * Every way in which kernels differ that matters for selecting, scoring and killing. `not-used` marks a trait that the
 * kernel's rule has no place for.
 */
export interface SelectionTraits {
  /**
   * The scale of a task's points. `legacy`: a heuristic over `total_vm`, children, run time and nice. `permille`: share
   * of `totalpages` in thousandths. `pages`: pages, with `oom_score_adj` scaled by `totalpages / 1000`.
   *
   * Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36), `permille`.
   * Since Linux commit a7f638f999ff (page scale) (v3.5), `pages`.
   */
  readonly pointsRule: "legacy" | "permille" | "pages";
  /**
   * The C type of the share where {@link pointsRule} is `permille`; `int32` overflows above 2,147,483 pages.
   *
   * Since Linux v2.6.39 (commit unconfirmed), `int32`. Since Linux v3.2 (commit unconfirmed), `long`.
   */
  readonly permilleArithmetic: "unsigned-long" | "int32" | "long" | "not-used";
  /**
   * What counts as page tables in the points.
   *
   * Since Linux v2.6.39 (commit unconfirmed), `nr_ptes`. Since Linux v4.0 (commit unconfirmed), `nr_ptes+nr_pmds`.
   * Since Linux commit af5b0f6a09e4 (pgtables_bytes) (v4.15), `pgtables_bytes` divided by the page size.
   */
  readonly pageTablesInPoints: "none" | "nr_ptes" | "nr_ptes+nr_pmds" | "pgtables_bytes";
  /**
   * What a privileged task gains. `quarter-…`: a quarter of the points, for uid 0 or CAP_SYS_ADMIN, or for CAP_SYS_ADMIN
   * or CAP_SYS_RESOURCE. `minus-30`: 30 thousandths of `totalpages`. `3-percent`: 3 % of the task's own points.
   *
   * Since Linux v2.6.25 (commit unconfirmed), without uid 0. Since Linux commit a63d83f427fb (badness rewrite)
   * (v2.6.36), `minus-30`. Since Linux v3.14 (commit unconfirmed), `3-percent`. Since Linux v4.17 (commit unconfirmed),
   * `none`.
   */
  readonly rootBonus:
    | "quarter-uid-or-sys-admin"
    | "quarter-sys-admin-or-sys-resource"
    | "minus-30"
    | "3-percent"
    | "none";
  /**
   * What happens to points that end up small or negative. `1-to-1000` and `at-least-1` keep an eligible task eligible;
   * `signed` keeps the true order below zero, and a task that is not eligible gets LONG_MIN.
   *
   * Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36), `1-to-1000`. Since Linux commit a7f638f999ff (page
   * scale) (v3.5), `at-least-1`. Since Linux v5.9 (commit unconfirmed), `signed`.
   */
  readonly pointsClamp: "none" | "1-to-1000" | "at-least-1" | "signed";
  /**
   * The type that the scan keeps points in; `uint32` wraps at 2^32 pages.
   *
   * Since Linux commit a7f638f999ff (page scale) (v3.5), `uint32`. Since Linux v4.9 (commit unconfirmed), `long`.
   */
  readonly scanPointsType: "long" | "uint32";
  /**
   * The type that child sacrifice keeps a child's points in.
   *
   * Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36), `uint32`.
   */
  readonly childPointsType: "uint32" | "not-used";
  /**
   * Whose cpu time lowers the points of the legacy rule.
   *
   * Since Linux v2.6.32 (commit unconfirmed), the whole thread group's.
   */
  readonly legacyCpuTime: "thread" | "group" | "not-used";
  /**
   * What the legacy rule does with a task whose nodes do not intersect the invoker's.
   *
   * Since Linux v2.6.20 (commit unconfirmed), an eighth of the points; before, the scan skips it.
   */
  readonly legacyDisjointMems: "skipped" | "eighth" | "not-used";
  /**
   * Whether a task of 0 points gets 1 before a positive `oom_adj` shifts it.
   *
   * Since Linux v2.6.22 (commit unconfirmed), it does.
   */
  readonly legacyZeroPoints: "stay-0" | "become-1" | "not-used";

  // ---- eligibility ----

  /**
   * The test that spares a task with the lowest adjustment. `oom-adj-scan`: the scan skips `oom_adj` -17.
   * `oom-adj-points`: so does the points function. `process`: `oom_score_adj` -1000 of the process. `shared-mm`: of any
   * process that shares its address space.
   *
   * Since Linux v2.6.32 (commit unconfirmed), `oom-adj-points`. Since Linux commit a63d83f427fb (badness rewrite)
   * (v2.6.36), `process`. Since Linux v2.6.37 (commit unconfirmed), `shared-mm`. Since Linux v3.2 (commit unconfirmed),
   * `process`.
   */
  readonly minAdjTest: "oom-adj-scan" | "oom-adj-points" | "process" | "shared-mm";
  /**
   * Whether a task is spared whose address space was already reaped or given up (MMF_OOM_REAPED, MMF_OOM_SKIP).
   *
   * Since Linux v4.7 (commit unconfirmed), it is.
   */
  readonly oomSkip: "not-tested" | "tested";
  /**
   * Whether a task is spared that still borrows its parent's address space (vfork).
   *
   * Since Linux v4.8 (commit unconfirmed), it is.
   */
  readonly vfork: "not-tested" | "tested";
  /**
   * Where init, kernel threads and tasks outside the memcg, cpuset or nodemask are passed over. `scan`: memcg membership
   * follows from the walk, and the points function gives every task its number.
   *
   * Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36), `points-and-scan`. Since Linux v5.3 (commit
   * unconfirmed), `scan`.
   */
  readonly domainTest: "legacy-scan" | "points-and-scan" | "scan";
  /**
   * Where a task must have memory on the nodes of the allocation (nodemask) or of the invoker's cpuset.
   *
   * Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36), `always`. Since Linux v5.3 (commit unconfirmed),
   * `not-memcg`.
   */
  readonly nodeTest: "none" | "always" | "not-memcg";

  // ---- scan ----

  /**
   * What a system-wide scan visits.
   *
   * Since Linux v2.6.32 (commit unconfirmed), `leaders`. Since Linux v2.6.39 (commit unconfirmed), `threads`. Since
   * Linux v4.7 (commit unconfirmed), `leaders`.
   */
  readonly globalScan: "threads" | "leaders";
  /**
   * What a memcg scan visits. `task-list`: what a system-wide one does, filtered. `cgroup-threads`, `cgroup-leaders`:
   * each cgroup of the subtree in pre-order, in attach order.
   *
   * Since Linux v2.6.25 (commit unconfirmed), `task-list`. Since Linux v3.6 (commit unconfirmed), `cgroup-threads`.
   * Since Linux v5.3 (commit unconfirmed), `cgroup-leaders`.
   */
  readonly memcgScan: "none" | "task-list" | "cgroup-threads" | "cgroup-leaders";
  /**
   * Who wins equal points in a system-wide scan. `first-leader`: the first, but a leader displaces a thread.
   *
   * Since Linux v3.14 (commit unconfirmed), `first-leader`. Since Linux v4.7 (commit unconfirmed), `last`. Since Linux
   * v4.9 (commit unconfirmed), `first-leader`. Since Linux v5.3 (commit unconfirmed), `last`.
   */
  readonly globalTie: "first" | "first-leader" | "last";
  /**
   * Who wins equal points in a memcg scan.
   *
   * Since Linux v3.14 (commit unconfirmed), `first-leader`. Since Linux v5.3 (commit unconfirmed), `last`.
   */
  readonly memcgTie: "first" | "first-leader" | "last";
  /**
   * What the scan does with a visited task that has no address space of its own (an exited leader): visits it all the
   * same, skips it at once, or skips it after the tests for a dying victim.
   *
   * Since Linux v2.6.20 (commit unconfirmed), `skipped`. Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36),
   * `visited`. Since Linux v2.6.39 (commit unconfirmed), `skipped`. Since Linux v3.1 (commit unconfirmed),
   * `skipped-after-victim-test`. Since Linux v4.7 (commit unconfirmed), `visited`.
   */
  readonly mmLessTask: "visited" | "skipped" | "skipped-after-victim-test";
  /**
   * The order in which the threads of a process are searched for one with an address space, and for children.
   *
   * Since Linux v3.14 (commit unconfirmed), `from-leader`; before, in a ring from the task itself.
   */
  readonly threadOrder: "from-task" | "from-leader";
  /**
   * How the scan knows a victim that is still dying. `tif-memdie`: by the visited thread. `process`: by its signal
   * struct (`oom_victims`, then `oom_mm`).
   *
   * Since Linux v4.7 (commit unconfirmed), `process`.
   */
  readonly victimMark: "tif-memdie" | "process";
  /**
   * What a dying victim does to the scan once its address space has been reaped or given up.
   *
   * Since Linux v4.8 (commit unconfirmed), it is passed over.
   */
  readonly reapedVictim: "aborts" | "passed-over";
  /**
   * What the scan does with an exiting task. `aborts-always`: waits for it. `aborts-but-current`: waits, but chooses
   * the invoker if it is the one. `single-threaded-only`: so for single-threaded processes with an address space.
   * `aborts`: waits, whoever it is. `aborts-but-core-dump`: not for a task that dumps core.
   *
   * Since Linux v2.6.20 (commit unconfirmed), `aborts-but-current`. Since Linux commit a63d83f427fb (badness rewrite)
   * (v2.6.36), `single-threaded-only`. Since Linux v2.6.39 (commit unconfirmed), `aborts-but-current`. Since Linux v3.8
   * (commit unconfirmed), `aborts`. Since Linux v3.19 (commit unconfirmed), `aborts-but-core-dump`. Since Linux v4.6
   * (commit unconfirmed), `not-tested`.
   */
  readonly exitingTask:
    | "aborts-always"
    | "aborts-but-current"
    | "single-threaded-only"
    | "aborts"
    | "aborts-but-core-dump"
    | "not-tested";
  /**
   * What an OOM origin (swapoff, ksm unmerge) does. `ends-scan`: chosen at once. `max-points`: the highest points.
   * `1000-points`: 1000 of 1000. `adj-1000`: its `oom_score_adj` is 1000 for the time, so that the table shows it.
   * `selected`: chosen outright, the scan goes on.
   *
   * Since Linux v2.6.20 (commit unconfirmed), `max-points`. Since Linux commit a63d83f427fb (badness rewrite)
   * (v2.6.36), `1000-points`. Since Linux v3.0 (commit unconfirmed), `adj-1000`. Since Linux commit e1e12d2f3104
   * (origin flag) (v3.8), `selected`.
   */
  readonly oomOrigin: "ends-scan" | "max-points" | "1000-points" | "adj-1000" | "selected";
  /**
   * Whether sysrq ignores victims that are still dying.
   *
   * Since Linux v3.4 (commit unconfirmed), it does.
   */
  readonly sysrqForce: "no" | "yes";
  /**
   * Whether sysrq is known by order -1, and then never panics.
   *
   * Since Linux v4.3 (commit unconfirmed), it is.
   */
  readonly sysrqOrder: "0" | "-1";

  // ---- before and after the scan ----

  /**
   * Which invoking tasks are only given access to the reserves, before any scan.
   *
   * Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36), `fatal-signal`. Since Linux v3.8 (commit unconfirmed),
   * `fatal-signal-or-dying`. Since Linux v4.0 (commit unconfirmed), `fatal-signal-or-dying-with-mm`. Since Linux v4.8
   * (commit unconfirmed), `dying`.
   */
  readonly dyingCurrent: "none" | "fatal-signal" | "fatal-signal-or-dying" | "fatal-signal-or-dying-with-mm" | "dying";
  /**
   * Which tasks count as dying. `exiting`: PF_EXITING. `exiting-process`: the whole thread group. `address-space`: every
   * process that shares it, group exit or single exiting thread.
   *
   * Since Linux v4.7 (commit unconfirmed), `exiting-process`. Since Linux v4.8 (commit unconfirmed), `address-space`.
   */
  readonly dyingTask: "exiting" | "exiting-process" | "address-space";
  /**
   * What happens to a chosen task that is dying already. `killed-silently`: SIGKILL without a line. `marked-after-dump`:
   * the report is printed, no kill line follows. `marked`: nothing is printed.
   *
   * Since Linux v2.6.20 (commit unconfirmed), `killed-silently`. Since Linux commit a63d83f427fb (badness rewrite)
   * (v2.6.36), `marked-after-dump`. Since Linux v3.4 (commit unconfirmed), `marked`.
   */
  readonly dyingChosen: "not-tested" | "killed-silently" | "marked-after-dump" | "marked";
  /**
   * What `vm.panic_on_oom` knows: 1 (panic without constraint), or also 2 (panic under every constraint).
   *
   * Since Linux v2.6.22 (commit unconfirmed), `1-and-2`.
   */
  readonly panicOnOom: "1" | "1-and-2";
  /**
   * Whether `vm.panic_on_oom` 2 panics a memcg OOM too.
   *
   * Since Linux v2.6.34 (commit unconfirmed), it does.
   */
  readonly panicOnMemcgOom: "no" | "yes";
  /**
   * What follows when nothing is eligible in a system-wide OOM: a panic that says so, or the report with a warning and
   * then a panic.
   *
   * Since Linux v4.19 (commit unconfirmed), `warning-then-panic`.
   */
  readonly nothingEligible: "panic" | "warning-then-panic";
  /**
   * What follows when nothing is eligible in a memcg OOM. `invoker`: the invoker is tried, for ever if it can not be
   * killed. `nothing`: no kill and no line. `warning`: the report with a warning.
   *
   * Since Linux v2.6.35 (commit unconfirmed), `nothing`. Since Linux v4.19 (commit unconfirmed), `warning`.
   */
  readonly nothingEligibleInMemcg: "invoker" | "nothing" | "warning";
  /**
   * Which constraints kill the invoker without a scan.
   *
   * Since Linux v2.6.24 (commit unconfirmed), a memory policy alone. Since Linux commit a63d83f427fb (badness rewrite)
   * (v2.6.36), `none`.
   */
  readonly constraintKillsInvoker: "cpuset-and-mempolicy" | "mempolicy" | "none";
  /**
   * The test that `vm.oom_kill_allocating_task` makes before it takes the invoker. `unconditional`: none, nobody dies if
   * that fails. `then-scan`: none, the scan follows if that fails. The others test the lowest adjustment: `oom_adj`,
   * that of any sharer of the address space, none at all, or `oom_score_adj`.
   *
   * Since Linux v2.6.24 (commit unconfirmed), `unconditional`. Since Linux v2.6.30 (commit unconfirmed), `then-scan`.
   * Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36), `oom-adj`. Since Linux v2.6.37 (commit unconfirmed),
   * `shared-mm`. Since Linux v3.2 (commit unconfirmed), `no-adj-test`. Since Linux v3.6 (commit unconfirmed),
   * `process`.
   */
  readonly allocatingTask: "none" | "unconditional" | "then-scan" | "oom-adj" | "shared-mm" | "no-adj-test" | "process";

  // ---- kill ----

  /**
   * Whether a child dies in its parent's place.
   *
   * Since Linux commit 5e9d834a0e0c (largest child) (v2.6.36), `largest`; before, the first that can be killed. Since
   * Linux v5.1 (commit unconfirmed), `none`.
   */
  readonly childSacrifice: "first-killable" | "largest" | "none";
  /**
   * Which children are passed over because they share the parent's address space. `own-mm` compares the child's own
   * pointer, which an exited leader lacks.
   *
   * Since Linux commit 5e9d834a0e0c (largest child) (v2.6.36), `not-tested`. Since Linux v2.6.39 (commit unconfirmed),
   * `own-mm`. Since Linux v4.4 (commit unconfirmed), `any-thread`.
   */
  readonly childSharingMm: "not-tested" | "own-mm" | "any-thread";
  /**
   * What the legacy rule asks of a task before it is killed. `mm`: an address space. `own-oom-adj`: not -17 itself.
   * `sharers-oom-adj`: no task that shares the address space at -17.
   *
   * Since Linux v2.6.20 (commit unconfirmed), `own-oom-adj`. Since Linux v2.6.24 (commit unconfirmed),
   * `sharers-oom-adj`. Since Linux v2.6.32 (commit unconfirmed), `own-oom-adj`.
   */
  readonly legacyKillTest: "mm" | "own-oom-adj" | "sharers-oom-adj" | "not-used";
  /**
   * Whether the legacy rule sacrifices children inside the OOM memcg only.
   *
   * Since Linux v2.6.32 (commit unconfirmed), it does.
   */
  readonly legacyChildMemcg: "not-tested" | "tested" | "not-used";
  /**
   * How other processes that share the victim's address space die. `threads-with-line`: each thread, as if a victim.
   * `threads-silent`: each thread. `before-victim`: signalled first, one line each. `after-victim`: without a line.
   *
   * Since Linux v2.6.20 (commit unconfirmed), `none`. Since Linux v2.6.24 (commit unconfirmed), `threads-silent`. Since
   * Linux v2.6.32 (commit unconfirmed), `none`. Since Linux v2.6.37 (commit unconfirmed), `before-victim`. Since Linux
   * v4.4 (commit unconfirmed), `after-victim`.
   */
  readonly mmSharers: "threads-with-line" | "threads-silent" | "none" | "before-victim" | "after-victim";
  /**
   * Which of those are spared.
   *
   * Since Linux v3.2 (commit unconfirmed), those at -1000. Since Linux v4.4 (commit unconfirmed), init too. Since Linux
   * v4.8 (commit unconfirmed), init alone.
   */
  readonly mmSharersSpared: "none" | "oom-score-adj-min" | "oom-score-adj-min-and-init" | "init";
  /**
   * Whether `memory.oom.group` takes the whole cgroup.
   *
   * Since Linux v4.19 (commit unconfirmed), it does.
   */
  readonly oomGroup: "none" | "memory.oom.group";
  /**
   * When the reaper frees the victim's memory.
   *
   * Since Linux v4.6 (commit unconfirmed), `at-once`. Since Linux v5.18 (commit unconfirmed), two seconds later.
   */
  readonly oomReaper: "none" | "at-once" | "delayed";

  // ---- totals ----

  /**
   * Which pages of a node count in a CPUSET or MEMORY_POLICY total.
   *
   * Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36), `spanned`. Since Linux v5.4 (commit unconfirmed),
   * `present`.
   */
  readonly nodeTotal: "none" | "spanned" | "present";
  /**
   * How a memcg's limits make `totalpages`. `swap-unshifted`: pages of swap are added to bytes. `limit+swap`: the lower
   * of limit plus machine swap, and memsw limit. `swappiness`: so, or the limit alone at swappiness 0. `swap.max`:
   * `memory.swap.max` bounds the swap. `by-hierarchy`: v1 and v2 each by its own limit.
   *
   * Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36), `swap-unshifted`. Since Linux v2.6.39 (commit
   * unconfirmed), `limit+swap`. Since Linux v3.7 (commit unconfirmed), `swappiness`. Since Linux v4.5 (commit
   * unconfirmed), `swap.max`. Since Linux v5.10 (commit unconfirmed), `by-hierarchy`.
   */
  readonly memcgTotal: "none" | "swap-unshifted" | "limit+swap" | "swappiness" | "swap.max" | "by-hierarchy";
  /**
   * What a memcg total of 0 becomes.
   *
   * Since Linux commit a7f638f999ff (page scale) (v3.5), 1.
   */
  readonly zeroMemcgTotal: "stays-0" | "becomes-1";
}
