import { compareVersions, versionOf } from "../../kernel/version.js";
import { toNumber } from "../../model/units.js";
import type { Context } from "../context.js";

/** The first cgroup hierarchy, with one tree for each controller, or the unified one. */
export type Hierarchy = "v1" | "v2";

export const firstWithV2 = versionOf("4.5");
/** Before, v2 prints the lines of v1 too, with nothing in them. */
const firstWithOwnLines = versionOf("5.3");

/** The hierarchy that memory is bounded in; null where the log does not tell. */
export function hierarchyOf({ report, kernel }: Pick<Context, "report" | "kernel">): Hierarchy | null {
  const limits = report.memcg?.limits ?? [];
  if (limits.some(({ name }) => name === "swap")) return "v2";
  const ofV1 = limits.filter(({ name }) => name === "memory+swap" || name === "kmem");
  if (ofV1.some(({ usageKb, unlimited }) => toNumber(usageKb) > 0 || !unlimited)) return "v1";
  const { oldest, newest } = kernel;
  if (newest !== null && compareVersions(newest, firstWithV2) < 0) return "v1";
  if (ofV1.length === 0) return null;
  if (compareVersions(oldest, firstWithOwnLines) >= 0) return "v1";
  // A cgroup of v1 with processes in it has kernel memory, which is accounted there since v4.5.
  return compareVersions(oldest, firstWithV2) >= 0 && newest !== null ? "v2" : null;
}
