import type { Scenario } from "../model/machine.js";
import { fromBigInt, type Int64, toBigInt } from "../model/units.js";
import { replayWithoutSteps } from "./replay.js";

/** Points of a task as a line over k = totalpages / 1000: `base + slope × k`. */
interface PointsLine {
  readonly base: bigint;
  readonly slope: bigint;
}

/** Steps of the share scale beyond this number are not tried. */
const MAX_STEPS = 512;

/**
 * The values of `totalpages` between a scenario's bounds at which the choice can change, ends included: between two
 * neighbours of the list every total gives the same order of the best tasks. `extra` totals inside the bounds are added.
 */
export function totalBreakpoints(scenario: Scenario, extra: readonly bigint[] = []): readonly Int64[] {
  const { totalPages, traits } = scenario;
  const min = toBigInt(totalPages.min);
  const max = toBigInt(totalPages.max);
  if (min >= max) return [fromBigInt(min)];
  const inside = traits.pointsRule === "pages" ? pageScale(scenario, min, max) : permilleScale(scenario, min, max);
  const all = [...new Set([min, max, ...inside, ...extra])].filter((total) => total >= min && total <= max);
  all.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return all.map(fromBigInt);
}

/** Page scale: the choice changes where the highest line does, and where it falls below the clamp. */
function pageScale(scenario: Scenario, min: bigint, max: bigint): bigint[] {
  const lines = pointsLines(scenario, min);
  // The clamp is a line as well: every task that falls to it ties at 1.
  if (scenario.traits.pointsClamp === "at-least-1") lines.push({ base: 1n, slope: 0n });
  const highest = upperEnvelope(lines);
  return highest.slice(1).flatMap((line, index) => {
    const before = highest[index] ?? line;
    const k = (before.base - line.base) / (line.slope - before.slope);
    return [k - 1n, k, k + 1n].map((near) => near * 1000n).filter((total) => total > min && total < max);
  });
}

/** The lines of which each is the highest somewhere, from left to right: by rising slope. */
function upperEnvelope(lines: readonly PointsLine[]): readonly PointsLine[] {
  const best = new Map<bigint, PointsLine>();
  for (const line of lines) {
    const known = best.get(line.slope);
    if (known === undefined || line.base > known.base) best.set(line.slope, line);
  }
  const rising = [...best.values()].sort((a, b) => (a.slope < b.slope ? -1 : a.slope > b.slope ? 1 : 0));
  const kept: PointsLine[] = [];
  for (const line of rising) {
    while (isCovered(kept.at(-2), kept.at(-1), line)) kept.pop();
    kept.push(line);
  }
  return kept;
}

/** Whether a line is nowhere above both its neighbours: they meet not below it. Where all three meet, it stays. */
function isCovered(before: PointsLine | undefined, line: PointsLine | undefined, after: PointsLine): boolean {
  if (before === undefined || line === undefined) return false;
  return (
    (before.base - after.base) * (line.slope - before.slope) < (before.base - line.base) * (after.slope - before.slope)
  );
}

function pointsLines(scenario: Scenario, total: bigint): PointsLine[] {
  const { ranking } = replayWithoutSteps(scenario, fromBigInt(total));
  const lines: PointsLine[] = [];
  const adjByPid = new Map(scenario.machine.tasks.map((task) => [task.pid, task.oomScoreAdj ?? 0]));
  for (const task of ranking) {
    if (!task.eligible) continue;
    let base = 0n;
    let slope = BigInt(adjByPid.get(task.pid) ?? 0);
    for (const part of task.parts) {
      if (part.name === "rss" || part.name === "swap" || part.name === "pageTables") base += toBigInt(part.value);
      if (part.name !== "rootBonus") continue;
      if (scenario.traits.rootBonus === "minus-30") slope -= 30n;
      else base += toBigInt(part.value);
    }
    lines.push({ base, slope });
  }
  return lines;
}

/** Share scale: the per-mille share of one of the largest tasks steps at total = pages × 1000 / share. */
function permilleScale(scenario: Scenario, min: bigint, max: bigint): bigint[] {
  const sizes = scenario.machine.tasks
    .map((task) => toBigInt(task.rssPages) + toBigInt(task.swapPages ?? 0) + toBigInt(task.nrPtes ?? 0))
    .sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))
    .slice(0, 8);
  const steps: bigint[] = [];
  for (const size of sizes) {
    const lowest = (size * 1000n) / max;
    const highest = (size * 1000n) / min;
    for (let share = lowest; share <= highest && steps.length < MAX_STEPS; share++) {
      if (share > 0n) steps.push((size * 1000n) / share, (size * 1000n) / share + 1n);
    }
  }
  return steps;
}
