import type { EraRow } from "./row.js";

/** v3.0 to v3.19, oldest first. */
export const mainline3: readonly EraRow[] = [
  {
    from: "3.0",
    change:
      "Since Linux v3.0 (commit unconfirmed), swapoff and ksm raise their own `oom_score_adj` to 1000 for the time.",
    traits: { oomOrigin: "adj-1000" },
  },
  {
    from: "3.1",
    change:
      "Since Linux v3.1 (commit unconfirmed), a victim that is dying stops the scan even when its address space is gone.",
    traits: { mmLessTask: "skipped-after-victim-test" },
  },
  {
    from: "3.2",
    rules: "R3",
    change: "Since Linux v3.2 (commit unconfirmed), points are computed in a long integer.",
    traits: { permilleArithmetic: "long" },
  },
  {
    from: "3.2",
    change:
      "Since Linux v3.2 (commit unconfirmed), -1000 spares its own process alone, also among those that share the victim's address space.",
    traits: { minAdjTest: "process", mmSharersSpared: "oom-score-adj-min", allocatingTask: "no-adj-test" },
  },
  {
    from: "3.3",
    change: "Since Linux v3.3 (commit unconfirmed), the bits of `gfp_mask` are those of table 3.3.",
    traits: { gfpFlags: "3.3" },
  },
  {
    from: "3.4",
    change: "Since Linux v3.4 (commit unconfirmed), sysrq ignores victims that are still dying.",
    traits: { sysrqForce: "yes" },
  },
  {
    from: "3.4",
    change: "Since Linux v3.4 (commit unconfirmed), nothing is printed for a chosen task that is dying already.",
    traits: { dyingChosen: "marked" },
  },
  {
    from: "3.5",
    rules: "R4",
    change:
      "Since Linux commit a7f638f999ff (page scale) (v3.5), points are pages, and `oom_score_adj` is scaled by `totalpages / 1000`.",
    traits: {
      pointsRule: "pages",
      permilleArithmetic: "not-used",
      pointsClamp: "at-least-1",
      scanPointsType: "uint32",
      zeroMemcgTotal: "becomes-1",
    },
  },
  {
    from: "3.6",
    change: "Since Linux v3.6 (commit unconfirmed), a memcg OOM walks the threads of its cgroups.",
    traits: { memcgScan: "cgroup-threads" },
  },
  {
    from: "3.6",
    change: "Since Linux v3.6 (commit unconfirmed), `vm.oom_kill_allocating_task` spares an invoker at -1000.",
    traits: { allocatingTask: "process" },
  },
  {
    from: "3.6",
    change: "Since Linux v3.6 (commit unconfirmed), the table shows `nr_ptes` and `swapents`.",
    traits: { taskTable: "nr_ptes" },
  },
  {
    from: "3.6",
    change: "Since Linux v3.6 (commit unconfirmed), the bits of `gfp_mask` are those of table 3.6.",
    traits: { gfpFlags: "3.6" },
  },
  {
    from: "3.7",
    change: "Since Linux v3.7 (commit unconfirmed), swap does not count in a memcg's total at swappiness 0.",
    traits: { memcgTotal: "swappiness" },
  },
  {
    from: "3.7",
    change: "Since Linux v3.7 (commit unconfirmed), the trigger line no longer shows `oom_adj`.",
    traits: { triggerLine: "oom_score_adj" },
  },
  {
    from: "3.8",
    change: "Since Linux commit e1e12d2f3104 (origin flag) (v3.8), an OOM origin is chosen outright.",
    traits: { oomOrigin: "selected" },
  },
  {
    from: "3.8",
    change:
      "Since Linux v3.8 (commit unconfirmed), an exiting invoker only gets the reserves, and any other exiting task stops the scan.",
    traits: { dyingCurrent: "fatal-signal-or-dying", exitingTask: "aborts" },
  },
  {
    from: "3.8",
    change: "Since Linux v3.8 (commit unconfirmed), the bits of `gfp_mask` are those of table 3.8.",
    traits: { gfpFlags: "3.8" },
  },
  {
    from: "3.9",
    change: "Since Linux v3.9 (commit unconfirmed), a memcg report has no `Mem-Info:` block.",
    traits: { memcgReport: "memcg-only" },
  },
  {
    from: "3.10",
    change: "Since Linux v3.10 (commit unconfirmed), the trace begins with `CPU: N PID: N Comm: …`.",
    traits: { cpuLine: "cpu" },
  },
  {
    from: "3.13",
    change: "Since Linux v3.13 (commit unconfirmed), `pages reserved` is that of the last populated zone only.",
    traits: { reservedPages: "last-zone" },
  },
  {
    from: "3.14",
    rules: "R5",
    change: "Since Linux v3.14 (commit unconfirmed), CAP_SYS_ADMIN spares 3 % of the task's own points.",
    traits: { rootBonus: "3-percent" },
  },
  {
    from: "3.14",
    change:
      "Since Linux v3.14 (commit unconfirmed), a leader displaces an equal thread, and threads are walked from the leader.",
    traits: { globalTie: "first-leader", memcgTie: "first-leader", threadOrder: "from-leader" },
  },
  {
    from: "3.16",
    change: "Since Linux v3.16 (commit unconfirmed), the bits of `gfp_mask` are those of table 3.16.",
    traits: { gfpFlags: "3.16" },
  },
  {
    from: "3.18",
    change: "Since Linux v3.18 (commit unconfirmed), `pages reserved` is present less managed pages of all zones.",
    traits: { reservedPages: "present-managed" },
  },
  {
    from: "3.19",
    change: "Since Linux v3.19 (commit unconfirmed), `pages reserved` leaves out CMA pages.",
    traits: { reservedPages: "present-managed-cma" },
  },
  {
    from: "3.19",
    change: "Since Linux v3.19 (commit unconfirmed), a task that dumps core does not count as exiting.",
    traits: { exitingTask: "aborts-but-core-dump" },
  },
];
