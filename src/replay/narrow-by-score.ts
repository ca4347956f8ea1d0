import { type MachineTask, type Scenario, TOTAL_NOT_IN_LOG } from "../model/machine.js";
import type { OomReport } from "../model/report.js";
import { fromBigInt, maxBigInt, minBigInt, toBigInt } from "../model/units.js";
import { missingColumns } from "./missing-columns.js";
import { pickedTask } from "./process.js";
import { replayWithoutSteps } from "./replay.js";
import { checksScore } from "./score.js";
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

/**
 * Leaves of a scenario's totals those between the least and the most with which the printed score comes out.
 *
 * score = (base + adj × (T / 1000)) × 1000 / T, where both divisions truncate: for one T / 1000 it holds for one run of
 * totals, whose ends are taken.
 */
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
  if (chosen?.score === undefined || traits.pointsRule !== "pages" || totalPages.min === totalPages.max) return [];
  if (!checksScore(report, traits) || missingColumns(report, traits).length > 0) return [];
  // The score's line may name a thread that no row shows.
  const picked = pickedTask(report)?.pid;
  const task = machine.tasks.find((one) => one.mm !== null && (one.pid === picked || one.tgid === picked));
  const score = toBigInt(chosen.score);
  if (task === undefined || score <= 0n) return [];
  const { base, adj } = lineOf(scenario, task);
  // Whatever T / 1000 truncates is less than |adj| points.
  const slack = adj < 0n ? -adj : adj;
  const share = score - adj;
  const min = toBigInt(totalPages.min);
  const max = toBigInt(totalPages.max);
  const low = share + 1n > 0n ? maxBigInt(min, ((base - slack) * 1000n) / (share + 1n)) : min;
  const high = share > 0n ? minBigInt(max, ((base + slack) * 1000n) / share) : max;
  if (low > high || (high - low) / 1000n > MOST_STEPS) return [];
  const ends: bigint[] = [];
  for (let step = low / 1000n; step * 1000n <= high; step++) {
    const points = base + adj * step;
    const from = maxBigInt(low, maxBigInt(step * 1000n, (points * 1000n) / (score + 1n) + 1n));
    const to = minBigInt(high, minBigInt(step * 1000n + 999n, (points * 1000n) / score));
    if (points > 0n && from <= to) ends.push(from, ...(from === to ? [] : [to]));
  }
  return spread(ends, MOST_TOTALS);
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
