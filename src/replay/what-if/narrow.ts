import type { Scenario } from "../../model/machine.js";
import { fromBigInt, type Int64, toBigInt } from "../../model/units.js";
import { totalBreakpoints } from "../breakpoints.js";
import { replayWithoutSteps } from "../replay.js";
import { processIn } from "./dead.js";

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
