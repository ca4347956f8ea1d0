import { type MachineTask, type Scenario, TOTAL_NOT_IN_LOG } from "../model/machine.js";
import type { OomReport } from "../model/report.js";
import { fromBigInt, maxBigInt, minBigInt, toBigInt } from "../model/units.js";
import { missingColumns, mostHiddenPages, withHiddenPages } from "./missing-columns.js";
import { pointsAlone } from "./points-alone.js";
import { pickedTask, processOf } from "./process.js";
import { replayWithoutSteps } from "./replay.js";
import { checksScore, scoreOf } from "./score.js";
import { spread } from "./spread.js";

/** Steps of T / 1000 that are looked at one by one; a wider range keeps its bounds. */
const MOST_STEPS = 100_000n;

/** Totals that are tried of a range. */
const MOST_TOTALS = 128;

/** A scenario within the totals with which the printed score comes out. */
export interface NarrowedScenario {
  readonly scenario: Scenario;
  /** Totals with which it does, rising, the bounds of the scenario among them; empty where a score tells nothing. */
  readonly totals: readonly bigint[];
}

/** The chosen task with the fewest pages that it can have, and with the most: a table may lack columns that count. */
interface Chosen {
  readonly least: MachineTask;
  readonly most: MachineTask;
}

/** Leaves of a scenario's totals those between the least and the most with which the printed score comes out. */
export function narrowByScore(scenario: Scenario, report: OomReport): NarrowedScenario {
  const { totalPages } = scenario;
  const totals = totalsOfScore(scenario, report);
  const [first, last] = [totals[0], totals.at(-1)];
  if (first === undefined || last === undefined) return { scenario, totals };
  const [min, max] = [fromBigInt(first), fromBigInt(last)];
  if (min === totalPages.min && max === totalPages.max) return { scenario, totals };
  const source =
    totalPages.source === TOTAL_NOT_IN_LOG
      ? "the printed score"
      : `${totalPages.source}, as far as the printed score allows`;
  return { scenario: { ...scenario, totalPages: { min, max, source } }, totals };
}

function totalsOfScore(scenario: Scenario, report: OomReport): readonly bigint[] {
  const { traits, machine, totalPages } = scenario;
  const { chosen } = report;
  if (chosen?.score === undefined || totalPages.min === totalPages.max || !checksScore(report, traits)) return [];
  // The score's line may name a thread that no row shows.
  const picked = pickedTask(report)?.pid;
  const least = machine.tasks.find((one) => one.mm !== null && (one.pid === picked || one.tgid === picked));
  const score = toBigInt(chosen.score);
  if (least === undefined || score <= 0n) return [];
  const missing = missingColumns(report, traits);
  const row = processOf(report, least.pid);
  const hidden = row === null ? 0n : mostHiddenPages(report, row, missing, machine.pageSizeBytes);
  const task: Chosen = { least, most: withHiddenPages(least, hidden) };
  const totals = traits.pointsRule === "pages" ? pageTotals : permilleTotals;
  return spread(totals(scenario, task, score), MOST_TOTALS);
}

/**
 * score = (base + adj × (T / 1000)) × 1000 / T, where both divisions truncate: for one T / 1000 it holds for one run of
 * totals, whose ends are taken.
 */
function pageTotals(scenario: Scenario, task: Chosen, score: bigint): readonly bigint[] {
  const { totalPages } = scenario;
  const { base, adj } = lineOf(scenario, task.least);
  const { base: mostBase } = lineOf(scenario, task.most);
  // Whatever T / 1000 truncates is less than |adj| points.
  const slack = adj < 0n ? -adj : adj;
  const share = score - adj;
  const min = toBigInt(totalPages.min);
  const max = toBigInt(totalPages.max);
  const low = share + 1n > 0n ? maxBigInt(min, ((base - slack) * 1000n) / (share + 1n)) : min;
  const high = share > 0n ? minBigInt(max, ((mostBase + slack) * 1000n) / share) : max;
  if (low > high || (high - low) / 1000n > MOST_STEPS) return [];
  const ends: bigint[] = [];
  for (let step = low / 1000n; step * 1000n <= high; step++) {
    const points = base + adj * step;
    const most = mostBase + adj * step;
    const from = maxBigInt(low, maxBigInt(step * 1000n, (points * 1000n) / (score + 1n) + 1n));
    const to = minBigInt(high, minBigInt(step * 1000n + 999n, (most * 1000n) / score));
    if (most > 0n && from <= to) ends.push(from, ...(from === to ? [] : [to]));
  }
  return ends;
}

/** Pages of a size beyond which v2.6.36's `int` wraps: more of them may then be fewer points. */
const INT_PAGES = (1n << 31n) / 1000n;

/** Points in thousandths are the score. They fall as the total grows, so that the totals that give one are one run. */
function permilleTotals(scenario: Scenario, { least, most }: Chosen, score: bigint): readonly bigint[] {
  const { traits, totalPages } = scenario;
  if (traits.permilleArithmetic === "int32" && sizeOf(most) >= INT_PAGES) return [];
  const scoreOn = (task: MachineTask, total: bigint): bigint => {
    const points = pointsAlone(scenario, task, fromBigInt(total)) ?? 0n;
    return scoreOf(fromBigInt(points), fromBigInt(total), traits.pointsRule);
  };
  const [min, max] = [maxBigInt(toBigInt(totalPages.min), 1n), toBigInt(totalPages.max)];
  const first = firstOf(min, max, (total) => scoreOn(least, total) <= score);
  const beyond = firstOf(min, max, (total) => scoreOn(most, total) < score);
  const last = beyond === null ? max : beyond - 1n;
  if (first === null || first > last) return [];
  return first === last ? [first] : [first, last];
}

/** The least number between two at which a condition holds that goes on holding above; null when it does at none. */
function firstOf(min: bigint, max: bigint, holds: (value: bigint) => boolean): bigint | null {
  if (!holds(max)) return null;
  let [below, at] = [min - 1n, max];
  while (at - below > 1n) {
    const middle = (below + at) / 2n;
    if (holds(middle)) at = middle;
    else below = middle;
  }
  return at;
}

function sizeOf({ rssPages, swapPages, nrPtes }: MachineTask): bigint {
  return toBigInt(rssPages) + toBigInt(swapPages ?? 0) + toBigInt(nrPtes ?? 0);
}

/** Points of a task as a line over T / 1000. */
function lineOf(scenario: Scenario, task: MachineTask): { readonly base: bigint; readonly adj: bigint } {
  const alone: Scenario = { ...scenario, machine: { ...scenario.machine, tasks: [task] } };
  const parts = replayWithoutSteps(alone, scenario.totalPages.min).ranking[0]?.parts ?? [];
  let base = 0n;
  let adj = BigInt(task.oomScoreAdj ?? 0);
  for (const { name, value } of parts) {
    if (name === "rootBonus" && scenario.traits.rootBonus === "minus-30") adj -= 30n;
    else if (name === "rss" || name === "swap" || name === "pageTables" || name === "rootBonus")
      base += toBigInt(value);
  }
  return { base, adj };
}
