import type { EraRow } from "./row.js";

/** v5.0 and later, oldest first. */
export const mainline5: readonly EraRow[] = [
  {
    from: "5.0",
    change: "Since Linux v5.0 (commit unconfirmed), an `oom-kill:` line sums up, with CONSTRAINT_NONE whatever it was.",
    traits: { constraintPrinted: "always-none", triggerLine: "flags", nodemaskPrinted: "not-printed" },
  },
  {
    from: "5.1",
    rules: "R11",
    change: "Since Linux v5.1 (commit unconfirmed), no child dies in its parent's place, and no score is printed.",
    traits: {
      childSacrifice: "none",
      childPointsType: "not-used",
      killLine: "none",
      scorePrinted: "not-printed",
      killedLineMessage: "yes",
    },
  },
  {
    from: "5.1",
    change: "Since Linux v5.1 (commit unconfirmed), the bits of `gfp_mask` are those of table 5.1.",
    traits: { gfpFlags: "5.1" },
  },
  {
    from: "5.2",
    change: "Since Linux v5.2 (commit unconfirmed), the `oom-kill:` line tells the constraint right.",
    traits: { constraintPrinted: "right" },
  },
  {
    from: "5.3",
    rules: "R12",
    change:
      "Since Linux v5.3 (commit unconfirmed), a memcg OOM walks processes, and the last of equals wins everywhere.",
    traits: { memcgScan: "cgroup-leaders", globalTie: "last", memcgTie: "last" },
  },
  {
    from: "5.3",
    change:
      "Since Linux v5.3 (commit unconfirmed), the scan tests the OOM domain, not the points function; a memcg OOM has no test of nodes.",
    traits: { domainTest: "scan", nodeTest: "not-memcg" },
  },
  {
    from: "5.3",
    change: "Since Linux v5.3 (commit unconfirmed), the table of a memcg report is in the order of the scan.",
    traits: { memcgTableOrder: "scan" },
  },
  {
    from: "5.4",
    change: "Since Linux v5.4 (commit unconfirmed), the total of a cpuset or memory policy counts present pages.",
    traits: { nodeTotal: "present" },
  },
  {
    from: "5.4",
    change:
      "Since Linux v5.4 (commit unconfirmed), the kill line tells uid, page tables (bytes called kB) and adjustment.",
    traits: { killedLine: "oom_score_adj", killLinePgtables: "bytes" },
  },
  {
    from: "5.5",
    change: "Since Linux v5.5 (commit unconfirmed), the page tables in the kill line are kB.",
    traits: { killLinePgtables: "kB" },
  },
  {
    from: "5.8",
    change: "Since Linux v5.8 (commit unconfirmed), `Mem-Info:` has no `unstable` counter.",
    traits: { nodeLine: "plain" },
  },
  {
    from: "5.9",
    rules: "R13",
    change: "Since Linux v5.9 (commit unconfirmed), points are signed, so that the true order decides below zero too.",
    traits: { pointsClamp: "signed" },
  },
  {
    from: "5.9",
    change: "Since Linux v5.9 (commit unconfirmed), the node lines show `kernel_stack`.",
    traits: { nodeLine: "kernel_stack" },
  },
  {
    from: "5.10",
    change: "Since Linux v5.10 (commit unconfirmed), a memcg's total follows v1's memsw limit or v2's swap limit.",
    traits: { memcgTotal: "by-hierarchy" },
  },
  {
    from: "5.14",
    change: "Since Linux v5.14 (commit unconfirmed), the bits of `gfp_mask` are those of table 5.14.",
    traits: { gfpFlags: "5.14" },
  },
  {
    from: "5.16",
    change: "Since Linux v5.16 (commit unconfirmed), a page fault that ran out of memory prints a line and retries.",
    traits: { pageFaultOom: "retried" },
  },
  {
    from: "5.17",
    change: "Since Linux v5.17 (commit unconfirmed), sysrq goes on when OOM notifiers freed memory.",
    traits: { sysrqNotifiers: "ignored" },
  },
  {
    from: "5.18",
    change: "Since Linux v5.18 (commit unconfirmed), the reaper waits two seconds.",
    traits: { oomReaper: "delayed" },
  },
  {
    from: "5.19",
    change: "Since Linux v5.19 (commit unconfirmed), the bits of `gfp_mask` are those of table 5.19.",
    traits: { gfpFlags: "5.19" },
  },
  {
    from: "6.1",
    change: "Since Linux v6.1 (commit unconfirmed), zones above the one that the request may use are not printed.",
    traits: { shownZones: "allowed-nodes-up-to-zone" },
  },
  {
    from: "6.2",
    change: "Since Linux v6.2 (commit unconfirmed), memory counters are per processor and read approximately.",
    traits: { rssCounters: "per-cpu" },
  },
  {
    from: "6.3",
    change: "Since Linux v6.3 (commit unconfirmed), the bits of `gfp_mask` are those of table 6.3.",
    traits: { gfpFlags: "6.3" },
  },
  {
    from: "6.4",
    change: "Since Linux v6.4 (commit unconfirmed), the bits of `gfp_mask` are those of table 6.4.",
    traits: { gfpFlags: "6.4" },
  },
  {
    from: "6.8",
    change: "Since Linux v6.8 (commit unconfirmed), the table splits rss into anon, file and shmem.",
    traits: { taskTable: "rss_anon" },
  },
  {
    from: "6.9",
    change: "Since Linux v6.9 (commit unconfirmed), the bits of `gfp_mask` are those of table 6.9.",
    traits: { gfpFlags: "6.9" },
  },
  {
    from: "6.11",
    change: "Since Linux v6.11 (commit unconfirmed), the `CPU:` line tells the uid.",
    traits: { cpuLine: "uid" },
  },
  {
    from: "7.1",
    change: "Since Linux v7.1 (commit unconfirmed), badness and table read exact counters.",
    traits: { rssCounters: "exact" },
  },
];
