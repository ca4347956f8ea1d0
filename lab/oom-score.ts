/**
 * What `/proc/PID/oom_score` shows for a task of some points, on the kernels of the lab.
 *
 * Since Linux v5.9 (commit unconfirmed), `(1000 + points * 1000 / totalpages) * 2 / 3` in signed longs, whose divisions
 * cut towards zero; 0 for a task that is not eligible.
 *
 * @param points Pages, `oom_score_adj` in them scaled by the machine's total; null: not eligible.
 * @param totalPages RAM and swap of the machine, whatever the task is confined to.
 */
export function oomScoreOf(points: bigint | null, totalPages: bigint): number {
  if (points === null) return 0;
  return Number(((1000n + (points * 1000n) / totalPages) * 2n) / 3n);
}

/**
 * By how much a reading of oom_score may differ from the formula, on kernels that {@link readsApproximately}.
 */
export function oomScoreTolerance(release: string): number {
  return readsApproximately(release) ? 3 : 0;
}

/**
 * By how many pages two tasks may differ in the kernel's eyes though /proc shows them equal: each of a task's counters
 * (file, anonymous and shmem pages, swap) may be off by a batch on each CPU.
 */
export function pointsTolerance(release: string, cpus: number): number {
  const batch = Math.max(32, 2 * cpus);
  return readsApproximately(release) ? 2 * 4 * batch * cpus : 0;
}

/**
 * Since Linux v6.2 (commit unconfirmed), the counters are per CPU and read without their remainders. Since Linux v7.0
 * (commit unconfirmed), they are read exactly again: on 7.0.13 every row equals /proc to the page.
 */
function readsApproximately(release: string): boolean {
  const [major = 0, minor = 0] = release.split(".").map((part) => Number.parseInt(part, 10));
  const version = major * 100 + minor;
  return version >= 602 && version < 700;
}
