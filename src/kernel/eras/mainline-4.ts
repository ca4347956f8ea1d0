import type { EraRow } from "./row.js";

/** v4.0 to v4.20, oldest first. */
export const mainline4: readonly EraRow[] = [
  {
    from: "4.0",
    rules: "R6",
    change: "Since Linux v4.0 (commit unconfirmed), page middle directories count as page tables.",
    traits: { pageTablesInPoints: "nr_ptes+nr_pmds", taskTable: "nr_ptes+nr_pmds" },
  },
  {
    from: "4.0",
    change: "Since Linux v4.0 (commit unconfirmed), a dying invoker needs an address space to be let through.",
    traits: { dyingCurrent: "fatal-signal-or-dying-with-mm" },
  },
  {
    from: "4.1",
    change: "Since Linux v4.1 (commit unconfirmed), the bits of `gfp_mask` are those of table 4.1.",
    traits: { gfpFlags: "4.1" },
  },
  {
    from: "4.2",
    change: "Since Linux v4.2 (commit unconfirmed), `pages reserved` counts CMA pages again.",
    traits: { reservedPages: "present-managed" },
  },
  {
    from: "4.2",
    change: "Since Linux v4.2 (commit unconfirmed), the score is printed unsigned.",
    traits: { scorePrinted: "uint32" },
  },
  {
    from: "4.3",
    change: "Since Linux v4.3 (commit unconfirmed), sysrq is known by order -1 and never panics.",
    traits: { sysrqOrder: "-1" },
  },
  {
    from: "4.4",
    change:
      "Since Linux v4.4 (commit unconfirmed), processes that share the victim's address space are found by any thread and die silently.",
    traits: { childSharingMm: "any-thread", mmSharers: "after-victim" },
  },
  {
    from: "4.4",
    change: "Since Linux v4.4 (commit unconfirmed), the bits of `gfp_mask` are those of table 4.4.",
    traits: { gfpFlags: "4.4" },
  },
  {
    from: "4.4",
    change: "Since Linux v4.4 (commit unconfirmed), init is spared when it shares the victim's address space.",
    traits: { mmSharersSpared: "oom-score-adj-min-and-init" },
  },
  {
    from: "4.5",
    change: "Since Linux v4.5 (commit unconfirmed), `memory.swap.max` bounds the swap in a memcg's total.",
    traits: { memcgTotal: "swap.max" },
  },
  {
    from: "4.5",
    change: "Since Linux v4.5 (commit unconfirmed), shmem pages have a counter of their own.",
    traits: { killedLine: "shmem-rss" },
  },
  {
    from: "4.5",
    change: "Since Linux v4.5 (commit unconfirmed), the bits of `gfp_mask` are those of table 4.5.",
    traits: { gfpFlags: "4.5" },
  },
  {
    from: "4.6",
    change:
      "Since Linux v4.6 (commit unconfirmed), the reaper frees the victim's memory, and exiting tasks are weighed like others.",
    traits: { oomReaper: "at-once", exitingTask: "not-tested" },
  },
  {
    from: "4.6",
    change: "Since Linux v4.6 (commit unconfirmed), the trigger line spells out the flags of the allocation.",
    traits: { triggerLine: "flags" },
  },
  {
    from: "4.7",
    rules: "R7",
    change: "Since Linux v4.7 (commit unconfirmed), the scan visits processes, and the last of equals wins.",
    traits: { globalScan: "leaders", globalTie: "last", mmLessTask: "visited" },
  },
  {
    from: "4.7",
    change: "Since Linux v4.7 (commit unconfirmed), victims are known by their process, reaped ones are not eligible.",
    traits: { victimMark: "process", oomSkip: "tested" },
  },
  {
    from: "4.7",
    change: "Since Linux v4.7 (commit unconfirmed), a task counts as dying when its whole thread group exits.",
    traits: { dyingTask: "exiting-process" },
  },
  {
    from: "4.8",
    change: "Since Linux v4.8 (commit unconfirmed), a task in vfork is not eligible.",
    traits: { vfork: "tested" },
  },
  {
    from: "4.8",
    change: "Since Linux v4.8 (commit unconfirmed), a dying victim that was reaped no longer stops the scan.",
    traits: { reapedVictim: "passed-over" },
  },
  {
    from: "4.8",
    change:
      "Since Linux v4.8 (commit unconfirmed), a task counts as dying when every process of its address space does; init alone is spared among sharers.",
    traits: { dyingTask: "address-space", dyingCurrent: "dying", mmSharersSpared: "init" },
  },
  {
    from: "4.8",
    change: "Since Linux v4.8 (commit unconfirmed), there is a line of counters for each node.",
    traits: { nodeLine: "unstable" },
  },
  {
    from: "4.9",
    rules: "R8",
    change:
      "Since Linux v4.9 (commit unconfirmed), system-wide and memcg OOMs share one selection, in which the first of equals wins.",
    traits: { globalTie: "first-leader", scanPointsType: "long" },
  },
  {
    from: "4.9",
    change: "Since Linux v4.9 (commit unconfirmed), a memcg OOM tests `vm.panic_on_oom` after its total is known.",
    traits: { memcgPanicTest: "after-total" },
  },
  {
    from: "4.9",
    change:
      "Since Linux v4.9 (commit unconfirmed), the trigger line shows `nodemask=`, the cpuset's where there is no policy.",
    traits: { triggerLine: "flags+nodemask", nodemaskPrinted: "policy-or-cpuset" },
  },
  {
    from: "4.10",
    change: "Since Linux v4.10 (commit unconfirmed), the bits of `gfp_mask` are those of table 4.10.",
    traits: { gfpFlags: "4.10" },
  },
  {
    from: "4.11",
    change: "Since Linux v4.11 (commit unconfirmed), `nodemask=` is that of the memory policy, or (null).",
    traits: { nodemaskPrinted: "policy" },
  },
  {
    from: "4.12",
    change: "Since Linux v4.12 (commit unconfirmed), the bits of `gfp_mask` are those of table 4.12.",
    traits: { gfpFlags: "4.12" },
  },
  {
    from: "4.13",
    change: "Since Linux v4.13 (commit unconfirmed), the bits of `gfp_mask` are those of table 4.13.",
    traits: { gfpFlags: "4.13" },
  },
  {
    from: "4.14",
    change: "Since Linux v4.14 (commit unconfirmed), the bits of `gfp_mask` are those of table 4.14.",
    traits: { gfpFlags: "4.14" },
  },
  {
    from: "4.15",
    rules: "R9",
    change: "Since Linux commit af5b0f6a09e4 (pgtables_bytes) (v4.15), page tables count and print in bytes.",
    traits: { pageTablesInPoints: "pgtables_bytes", taskTable: "pgtables_bytes" },
  },
  {
    from: "4.15",
    change: "Since Linux v4.15 (commit unconfirmed), the bits of `gfp_mask` are those of table 4.15.",
    traits: { gfpFlags: "4.15" },
  },
  {
    from: "4.17",
    rules: "R10",
    change: "Since Linux v4.17 (commit unconfirmed), privileges no longer spare a task.",
    traits: { rootBonus: "none" },
  },
  {
    from: "4.18",
    change: "Since Linux v4.18 (commit unconfirmed), the bits of `gfp_mask` are those of table 4.18.",
    traits: { gfpFlags: "4.18" },
  },
  {
    from: "4.19",
    change: "Since Linux v4.19 (commit unconfirmed), `memory.oom.group` takes a cgroup as a whole.",
    traits: { oomGroup: "memory.oom.group" },
  },
  {
    from: "4.19",
    change: "Since Linux v4.19 (commit unconfirmed), a report without an eligible task ends with a warning.",
    traits: { nothingEligible: "warning-then-panic", nothingEligibleInMemcg: "warning" },
  },
  {
    from: "4.19",
    change: "Since Linux v4.19 (commit unconfirmed), the table begins with `Tasks state` and has a wider first column.",
    traits: { tableHeading: "wide" },
  },
];
