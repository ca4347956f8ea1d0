import { type Scenario, TOTAL_NOT_IN_LOG } from "../../model/machine.js";
import type { PointsBound, PointsUnit, RankedTask } from "../../model/replay.js";
import type { KernelTraits } from "../../model/traits.js";
import { type Int64, toBigInt } from "../../model/units.js";
import { counted, GLUE, grouped } from "../quantity.js";
import type { View } from "./view.js";

const signs: Readonly<Record<PointsBound, string>> = { exact: "", "at-least": "≥", "at-most": "≤", estimate: "~" };

/** Whether a task volunteered (swapoff, ksm): it is taken whatever its points. */
export function isOrigin({ oomOrigin, parts }: RankedTask): boolean {
  return oomOrigin === true || parts.some(({ name }) => name === "origin");
}

/** Points with the sign of their bound: `10,989`, `≥3,000`. */
export function boundedPoints({ points, bound }: Pick<RankedTask, "points" | "bound">): string {
  return points === null ? "-" : `${signs[bound]}${grouped(points)}`;
}

/** Points in a sentence: `10,989 points`, `700 of 1000 points`. */
export function pointsWords(task: Pick<RankedTask, "points" | "bound">, unit: PointsUnit): string {
  if (task.points === null) return "no points";
  const suffix = unit === "permille" ? `${GLUE}of${GLUE}1000${GLUE}points` : "";
  return suffix === "" ? `${signs[task.bound]}${counted(task.points, "point")}` : `${boundedPoints(task)}${suffix}`;
}

/** Whether the log bounds `totalpages`; else the re-run tried every order of magnitude. */
export function knowsTotal({ totalPages }: Scenario): boolean {
  return totalPages.source !== TOTAL_NOT_IN_LOG;
}

/** What one unit of `oom_score_adj` is worth in points where points are pages; null where that is not known. */
export function adjUnit({ scenario, replay }: View): Int64 | null {
  if (scenario === null || replay?.pointsUnit !== "pages" || replay.totalPages === null) return null;
  return knowsTotal(scenario) ? toBigInt(replay.totalPages) / 1000n : null;
}

const pageTableTerms: Readonly<Record<KernelTraits["pageTablesInPoints"], readonly string[]>> = {
  none: [],
  nr_ptes: ["nr_ptes"],
  "nr_ptes+nr_pmds": ["nr_ptes", "nr_pmds"],
  pgtables_bytes: ["page tables"],
};

/** How this kernel counts, as a formula; the empty string for the legacy rule, which is none. */
export function pointsFormula(view: View): string {
  const { scenario } = view;
  const unit = adjUnit(view);
  if (scenario === null || scenario.traits.pointsRule === "legacy") return "";
  const { pointsRule, pageTablesInPoints, rootBonus } = scenario.traits;
  const sizes = ["rss", "swap", ...pageTableTerms[pageTablesInPoints]].join(" + ");
  const bonus =
    rootBonus === "minus-30" ? " − 30 per mille for root" : rootBonus === "3-percent" ? " − 3 % for root" : "";
  if (pointsRule === "permille") return `(${sizes}) × 1000 / totalpages${bonus} + oom_score_adj`;
  return `${sizes}${bonus} + oom_score_adj × ${unit === null ? "(totalpages / 1000)" : grouped(unit)}`;
}

/** Who wins equal points on this kernel. */
export function tieRule({ traits, constraint }: Scenario): string {
  const tie = constraint === "CONSTRAINT_MEMCG" ? traits.memcgTie : traits.globalTie;
  return `the ${tie === "last" ? "last" : "first"} of equals wins`;
}
