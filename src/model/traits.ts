/**
 * Every way in which kernels differ that matters for selecting, scoring and killing, and the few facts about printing
 * that reconstruction needs. A kernel is a row of these values (`src/kernel/eras/`); no other code asks for a version.
 *
 * `not-used` marks a trait that the kernel's rule has no place for.
 */
export interface KernelTraits {
  // ---- points ----

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

  // ---- printing ----

  /**
   * The columns of the task table, by the ones that tell tables apart.
   *
   * Since Linux v2.6.25 (commit unconfirmed), `oom_adj`. Since Linux commit 51b1bd2ace15 (oom_adj deprecated)
   * (v2.6.36), `oom_adj+oom_score_adj`. Since Linux v3.6 (commit unconfirmed), `nr_ptes`. Since Linux v4.0 (commit
   * unconfirmed), `nr_ptes+nr_pmds`. Since Linux commit af5b0f6a09e4 (pgtables_bytes) (v4.15), `pgtables_bytes`. Since
   * Linux v6.8 (commit unconfirmed), `rss_anon`.
   */
  readonly taskTable:
    | "none"
    | "oom_adj"
    | "oom_adj+oom_score_adj"
    | "nr_ptes"
    | "nr_ptes+nr_pmds"
    | "pgtables_bytes"
    | "rss_anon";
  /**
   * The heading of the table: `[ pid ]`, or `Tasks state (memory values in pages):` and a wider `[  pid  ]`.
   *
   * Since Linux v4.19 (commit unconfirmed), `wide`.
   */
  readonly tableHeading: "none" | "narrow" | "wide";
  /**
   * The rows of the table: every leader with an address space, init too; or the OOM domain without init.
   *
   * Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36), `domain`.
   */
  readonly tableRows: "leaders-with-mm" | "domain";
  /**
   * The order of the rows in a memcg OOM. (A system-wide table is always in task-list order.)
   *
   * Since Linux v5.3 (commit unconfirmed), `scan`.
   */
  readonly memcgTableOrder: "none" | "task-list" | "scan";
  /**
   * Whether a memcg report holds `Mem-Info:` too, which tells the machine's swap.
   *
   * Since Linux v3.9 (commit unconfirmed), `memcg-only`.
   */
  readonly memcgReport: "none" | "with-mem-info" | "memcg-only";
  /**
   * The line that opens a report: with the invoker's `comm`, and which of its fields.
   *
   * Since Linux v2.6.20 (commit unconfirmed), `oomkilladj`. Since Linux v2.6.32 (commit unconfirmed), `oom_adj`. Since
   * Linux commit 51b1bd2ace15 (oom_adj deprecated) (v2.6.36), `oom_adj+oom_score_adj`. Since Linux v3.7 (commit
   * unconfirmed), `oom_score_adj`. Since Linux v4.6 (commit unconfirmed), `flags`. Since Linux v4.9 (commit
   * unconfirmed), `flags+nodemask`. Since Linux v5.0 (commit unconfirmed), `flags`.
   */
  readonly triggerLine:
    | "no-name"
    | "oomkilladj"
    | "oom_adj"
    | "oom_adj+oom_score_adj"
    | "oom_score_adj"
    | "flags"
    | "flags+nodemask";
  /**
   * What `nodemask=` of the trigger line holds: the memory policy's nodes, or (v4.9, v4.10) the cpuset's where there is
   * no policy.
   *
   * Since Linux v4.9 (commit unconfirmed), `policy-or-cpuset`. Since Linux v4.11 (commit unconfirmed), `policy`. Since
   * Linux v5.0 (commit unconfirmed), `not-printed`.
   */
  readonly nodemaskPrinted: "not-printed" | "policy-or-cpuset" | "policy";
  /**
   * What `pages reserved` is. `page-walk`: reserved page structs. `last-zone`: only those of the last populated zone, by
   * a bug. `present-managed`: of all zones. `present-managed-cma`: less the CMA pages, which may wrap.
   *
   * Since Linux v2.6.28 (commit unconfirmed), `page-walk`. Since Linux v3.13 (commit unconfirmed), `last-zone`. Since
   * Linux v3.18 (commit unconfirmed), `present-managed`. Since Linux v3.19 (commit unconfirmed),
   * `present-managed-cma`. Since Linux v4.2 (commit unconfirmed), `present-managed`.
   */
  readonly reservedPages: "arch" | "page-walk" | "last-zone" | "present-managed" | "present-managed-cma";
  /**
   * Which zone lines are printed: all, those of allowed nodes, or of these only up to the zone that the request may use.
   *
   * Since Linux v2.6.39 (commit unconfirmed), `allowed-nodes`. Since Linux v6.1 (commit unconfirmed),
   * `allowed-nodes-up-to-zone`.
   */
  readonly shownZones: "all" | "allowed-nodes" | "allowed-nodes-up-to-zone";
  /**
   * The `constraint=` of the `oom-kill:` line.
   *
   * Since Linux v5.0 (commit unconfirmed), `always-none` by a bug. Since Linux v5.2 (commit unconfirmed), `right`.
   */
  readonly constraintPrinted: "not-printed" | "always-none" | "right";
  /**
   * The line that names the chosen task with its `score`.
   *
   * Since Linux v2.6.20 (commit unconfirmed), `or-a-child`. Since Linux commit a63d83f427fb (badness rewrite)
   * (v2.6.36), `or-sacrifice-child`. Since Linux v5.1 (commit unconfirmed), `none`.
   */
  readonly killLine: "none" | "and-children" | "or-a-child" | "or-sacrifice-child";
  /**
   * The printf type of `score N`.
   *
   * Since Linux commit a63d83f427fb (badness rewrite) (v2.6.36), `int32`. Since Linux v4.2 (commit unconfirmed),
   * `uint32`. Since Linux v5.1 (commit unconfirmed), `not-printed`.
   */
  readonly scorePrinted: "not-printed" | "long" | "int32" | "uint32";
  /**
   * The fields of the `Killed process` line, named by the last of them. `uid-before-name`, `uid-before-total-vm`,
   * `uid-after-name`: the three places where RHEL 5, 6 and 7 print `, UID N,`.
   *
   * Since Linux v2.6.33 (commit unconfirmed), `vsz`. Since Linux v2.6.36 (commit unconfirmed), `total-vm`. Since Linux
   * v4.5 (commit unconfirmed), `shmem-rss`. Since Linux v5.4 (commit unconfirmed), `oom_score_adj`.
   */
  readonly killedLine:
    | "name"
    | "uid-before-name"
    | "vsz"
    | "total-vm"
    | "uid-before-total-vm"
    | "shmem-rss"
    | "uid-after-name"
    | "uid"
    | "oom_score_adj";
  /**
   * Whether `Killed process` follows a message (`Out of memory: `).
   *
   * Since Linux v2.6.20 (commit unconfirmed), it does not. Since Linux v5.1 (commit unconfirmed), it does.
   */
  readonly killedLineMessage: "yes" | "no";
  /**
   * The unit of `pgtables:NkB` in the `Killed process` line.
   *
   * Since Linux v5.4 (commit unconfirmed), `bytes` by a bug. Since Linux v5.5 (commit unconfirmed), `kB`.
   */
  readonly killLinePgtables: "not-printed" | "bytes" | "kB";
  /**
   * The table of `gfp_mask` bits (`src/kernel/gfp/`), named by the version that brought it.
   *
   * Since Linux v5.1 (commit unconfirmed), for example, the bits of `5.1`.
   */
  readonly gfpFlags: GfpTableId;
  /**
   * The line that names processor, task and release: `Pid: N, comm: …`, `CPU: N PID: N Comm: …`, or with `UID:`.
   *
   * Since Linux v2.6.24 (commit unconfirmed), `pid`. Since Linux v3.10 (commit unconfirmed), `cpu`. Since Linux v6.11
   * (commit unconfirmed), `uid`.
   */
  readonly cpuLine: "none" | "pid" | "cpu" | "uid";
  /**
   * The counters of the per-node lines, by the ones that tell kernels apart.
   *
   * Since Linux v4.8 (commit unconfirmed), `unstable`. Since Linux v5.8 (commit unconfirmed), `plain`. Since Linux v5.9
   * (commit unconfirmed), `kernel_stack`.
   */
  readonly nodeLine: "none" | "unstable" | "plain" | "kernel_stack";
  /**
   * How exact the counters are that badness and table read. `thread-cached`: up to 64 events per thread unsynced.
   * `per-cpu`: off by up to a batch per processor.
   *
   * Since Linux v2.6.34 (commit unconfirmed), `thread-cached`. Since Linux v6.2 (commit unconfirmed), `per-cpu`. Since
   * Linux v7.1 (commit unconfirmed), `exact`.
   */
  readonly rssCounters: "exact" | "thread-cached" | "per-cpu";
  /**
   * Whether a page fault that ran out of memory raises the OOM killer by itself (`gfp_mask=0x0`).
   *
   * Since Linux commit 1c0fe6e3bda0 (page-fault OOM) (v2.6.29), it does. Since Linux v5.16 (commit unconfirmed), it
   * prints a line and retries.
   */
  readonly pageFaultOom: "none" | "raised" | "retried";
}

/** A table of `gfp_mask` bits, by the first version that has it. */
export type GfpTableId =
  | "2.6.18"
  | "2.6.20"
  | "2.6.22"
  | "2.6.24"
  | "2.6.31"
  | "2.6.39"
  | "3.3"
  | "3.6"
  | "3.8"
  | "3.16"
  | "4.1"
  | "4.4"
  | "4.5"
  | "4.10"
  | "4.12"
  | "4.13"
  | "4.14"
  | "4.15"
  | "4.18"
  | "5.1"
  | "5.14"
  | "5.19"
  | "6.3"
  | "6.4"
  | "6.9";

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
