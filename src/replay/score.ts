import type { PointsUnit } from "../model/replay.js";
import { type Int64, toBigInt } from "../model/units.js";

/** The `score N` that the kernel prints for points at a total: the points themselves, or their share in thousandths. */
export function scoreOf(points: Int64, totalPages: Int64, unit: PointsUnit): bigint {
  if (unit !== "pages") return toBigInt(points);
  return (toBigInt(points) * 1000n) / toBigInt(totalPages);
}
