/** The ways of printing that tell kernels apart, or that reconstruction needs. */
export interface PrintingTraits {
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
  /**
   * Where `vm.panic_on_oom` is tested in a memcg OOM: before or after its `totalpages` is computed. It changes no outcome,
   * only the order of the steps.
   *
   * Since Linux v4.9 (commit unconfirmed), `after-total`.
   */
  readonly memcgPanicTest: "before-total" | "after-total";
  /**
   * What follows when OOM notifiers free memory for sysrq: it ends, or goes on. A report shows that it went on.
   *
   * Since Linux v5.17 (commit unconfirmed), `ignored`.
   */
  readonly sysrqNotifiers: "end-it" | "ignored";
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
