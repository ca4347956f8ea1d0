import type { MachineTask, Scenario } from "../../model/machine.js";
import type { OomReport } from "../../model/report.js";
import { fromBigInt, type Int64, maxBigInt, minBigInt, toBigInt } from "../../model/units.js";
import { totalBreakpoints } from "../breakpoints.js";
import { checksScore } from "../cases.js";
import { missingColumns } from "../missing-columns.js";
import { replayWithoutSteps } from "../replay.js";
import { processIn } from "./dead.js";
import { rangeOf, totalOf } from "./memory-parts.js";

/**
 * The totals with which the printed score can come out. score = (base + adj × (T / 1000)) × 1000 / T, where both
 * divisions truncate, puts T between base × 1000 / (score + 1 − adj) and base × 1000 / (score − adj), the truncation of
 * T / 1000 allowed for. The bounds may hold a few totals that do not give the score, never the other way round.
 */
export function narrowByScore(scenario: Scenario, report: OomReport): Scenario {
  const { traits, machine, totalPages } = scenario;
  const score = report.chosen?.score;
  if (score === undefined || traits.pointsRule !== "pages" || totalPages.min === totalPages.max) return scenario;
  if (!checksScore(report, traits) || missingColumns(report, traits).length > 0) return scenario;
  const pid = report.chosen?.pid;
  const task = machine.tasks.find((one) => one.mm !== null && (one.pid === pid || one.tgid === pid));
  if (task === undefined || toBigInt(score) <= 0n) return scenario;
  const { base, adj } = lineOf(scenario, task);
  const share = toBigInt(score) - adj;
  const { min, max } = rangeOf(totalPages);
  const slack = adj < 0n ? -adj : adj;
  const low = share + 1n > 0n ? ((base - slack) * 1000n) / (share + 1n) : max;
  const high = share > 0n ? ((base + slack) * 1000n) / share + 1n : max;
  const narrowed = { min: maxBigInt(min, low), max: minBigInt(max, high) };
  if (narrowed.min > narrowed.max) return scenario;
  return { ...scenario, totalPages: totalOf(narrowed, `${totalPages.source}, with which the printed score comes out`) };
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

/** The totals with which the log's own pick comes out; null when none does. */
export function narrowByChoice(scenario: Scenario, picked: number | null): Scenario | null {
  const { traits, totalPages } = scenario;
  if (picked === null || traits.pointsRule === "legacy") return scenario;
  const picks = (total: Int64): boolean =>
    processIn(scenario.machine, replayWithoutSteps(scenario, total).chosen) === picked;
  const totals = totalBreakpoints(scenario);
  const first = totals.findIndex(picks);
  if (first < 0) return null;
  const last = totals.findLastIndex(picks);
  const next = totals[last + 1];
  const min = totals[first] ?? totalPages.min;
  const max = next === undefined ? totalPages.max : fromBigInt(toBigInt(next) - 1n);
  if (min === totalPages.min && max === totalPages.max) return scenario;
  return { ...scenario, totalPages: { min, max, source: `${totalPages.source}, with which the log's pick comes out` } };
}
