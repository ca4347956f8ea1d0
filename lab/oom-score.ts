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

/** What decides how exact the memory counters of a task are. */
export interface CounterConditions {
  readonly release: string;
  readonly cpus: number;
  /** Threads of the task. */
  readonly threads: number;
  /** Pages may be swapped out between two readings. */
  readonly swaps: boolean;
}

/**
 * By how many pages the sum of a task's counters may change though its memory does not.
 *
 * Since Linux v2.6.34 (commit unconfirmed), each thread keeps up to 64 changes to itself: pages that it has not told of
 * are counted when they are swapped out. Since Linux v6.2 (commit unconfirmed), the counters (of file, anonymous and
 * shmem pages and of swap) are per CPU and read without their remainders, of up to a batch each. Since Linux v7.0
 * (commit unconfirmed), they are read exactly: on 7.0.13 every row equals /proc to the page.
 */
export function counterErrorPages({ release, cpus, threads, swaps }: CounterConditions): number {
  const [major = 0, minor = 0] = release.split(".").map((part) => Number.parseInt(part, 10));
  const version = major * 100 + minor;
  if (version >= 700) return 0;
  if (version >= 602) return 4 * Math.max(32, 2 * cpus) * cpus;
  return swaps ? 64 * threads : 0;
}

/** By how much oom_score may differ from the formula when the counters may be off by some pages. */
export function oomScoreError(errorPages: number, totalPages: bigint): number {
  return Math.ceil((errorPages * 1000 * 2) / 3 / Number(totalPages));
}
