import type { Scenario } from "../model/machine.js";
import type { PointsBound, PointsPartName, RankedTask, Replay } from "../model/replay.js";
import { toBigInt } from "../model/units.js";
import { adjOf } from "./selection.js";

/** A replay whose points say how far they can be trusted for every `totalpages` of its scenario, not for its own alone. */
export function boundOverTotals(replay: Replay, scenario: Scenario): Replay {
  const { totalPages, traits, machine } = scenario;
  if (totalPages.min === totalPages.max || traits.pointsRule === "legacy") return replay;
  const adjByProcess = new Map(machine.tasks.map((task) => [task.tgid, adjOf(task) ?? 0]));
  const ranking = replay.ranking.map((task) => {
    const bound = boundOver(task, growthOf(task, scenario, adjByProcess.get(task.tgid) ?? 0), replay, scenario);
    return bound === task.bound ? task : { ...task, bound };
  });
  return { ...replay, ranking };
}

function boundOver(
  { bound, points }: RankedTask,
  growth: bigint,
  { totalPages: at }: Replay,
  { totalPages: { min, max }, traits }: Scenario,
): PointsBound {
  if (points === null || at === null || growth === 0n) return bound;
  const isPermille = traits.pointsRule === "permille";
  const isLeast = points === 1 && traits.pointsClamp !== "signed";
  const isMost = points === 1000 && isPermille;
  const canBeMore = growth > 0n ? at !== max : at !== min;
  const canBeLess = growth > 0n ? at !== min : at !== max;
  let whole = bound;
  if (canBeMore && !isMost) whole = joined(whole, "at-least");
  if (canBeLess && !isLeast) whole = joined(whole, "at-most");
  return whole;
}

function joined(bound: PointsBound, side: "at-least" | "at-most"): PointsBound {
  return bound === "exact" || bound === side ? side : "estimate";
}

/** Whether points grow with `totalpages` (above 0), or fall (below). */
function growthOf({ parts }: RankedTask, { traits }: Scenario, adj: number): bigint {
  const amountOf = (name: PointsPartName): bigint =>
    parts.reduce((sum, part) => (part.name === name ? sum + toBigInt(part.value) : sum), 0n);
  // In pages it is the adjustment, and a bonus by the total, that grow with it; shares of a larger total are smaller.
  if (traits.pointsRule === "pages")
    return BigInt(adj) + (traits.rootBonus === "minus-30" && amountOf("rootBonus") !== 0n ? -30n : 0n);
  const share = amountOf("rss") + amountOf("swap") + amountOf("pageTables") + amountOf("rounding");
  return share === 0n ? 0n : -1n;
}
