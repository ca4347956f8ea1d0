import type { Kill, TaskRow } from "../model/report.js";
import { toNumber } from "../model/units.js";
import type { ZoneDraft } from "./draft.js";

const possibleSizesKb = [4, 8, 16, 32, 64, 256];

/**
 * The page size in bytes. The smallest block of a buddy list is one page; without one, a kill line's `total-vm` in kB
 * over its row's in pages. Null when neither is there, or when they give no page size that exists.
 */
export function inferPageSize(
  zones: Iterable<ZoneDraft>,
  tasks: readonly TaskRow[],
  kills: readonly Pick<Kill, "pid" | "totalVmKb">[],
): number | null {
  let smallestKb = Number.POSITIVE_INFINITY;
  for (const { buddy } of zones) smallestKb = Math.min(smallestKb, buddy?.[0]?.blockKb ?? smallestKb);
  if (possibleSizesKb.includes(smallestKb)) return smallestKb * 1024;
  for (const kill of kills) {
    const row = tasks.find((task) => task.pid === kill.pid);
    if (row === undefined || kill.totalVmKb === undefined) continue;
    const ratio = toNumber(kill.totalVmKb) / toNumber(row.totalVmPages);
    if (possibleSizesKb.includes(ratio)) return ratio * 1024;
  }
  return null;
}
