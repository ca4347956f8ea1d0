import type { PointsUnit } from "../model/replay.js";
import type { OomReport } from "../model/report.js";
import type { KernelTraits } from "../model/traits.js";
import { type Int64, toBigInt } from "../model/units.js";
import { allocatingTaskLine } from "./process.js";

/** The `score N` that the kernel prints for points at a total: the points themselves, or their share in thousandths. */
export function scoreOf(points: Int64, totalPages: Int64, unit: PointsUnit): bigint {
  if (unit !== "pages") return toBigInt(points);
  // Only a damaged log has a total of 0; the kernel's own guard elsewhere is to take it as 1.
  return (toBigInt(points) * 1000n) / (toBigInt(totalPages) || 1n);
}

/** Whether the printed score is one that the points of the chosen task can be held against. */
export function checksScore(report: OomReport, traits: KernelTraits): boolean {
  const { chosen } = report;
  if (chosen?.score === undefined || traits.pointsRule === "legacy" || report.tasks.length === 0) return false;
  // oom_kill_allocating_task prints score 0 whatever the task has.
  return allocatingTaskLine(report) === null;
}
