import type { Machine, Scenario } from "../../model/machine.js";
import { fromBigInt, type Int64, toBigInt } from "../../model/units.js";
import { totalBreakpoints } from "../breakpoints.js";
import { replayWithoutSteps } from "../replay.js";
import type { Alternatives } from "./alternatives.js";
import { processIn } from "./dead.js";
import { extremesOf, relevantTo, withCombination } from "./extremes.js";
import { breakpointsOfAll } from "./possible.js";

/** A scenario within the totals that lead to the log's own pick. */
export interface NarrowedToChoice {
  readonly scenario: Scenario;
  /** The least total at which a replay picks it with what a replay assumes. */
  readonly plainTotal: Int64;
}

/**
 * The totals with which the log's own pick comes out; null when none does with what a replay assumes of the tasks. Where the
 * log leaves something of them open, a total is kept too at which the pick comes out with the most points that it can have,
 * and the others with their fewest.
 */
export function narrowByChoice(
  scenario: Scenario,
  picked: number | null,
  alternatives: () => Alternatives,
): NarrowedToChoice | null {
  const { machine, traits, totalPages } = scenario;
  if (picked === null || traits.pointsRule === "legacy") return { scenario, plainTotal: totalPages.min };
  const picksOn = (its: Machine, total: Int64): boolean =>
    processIn(its, replayWithoutSteps({ ...scenario, machine: its }, total).chosen) === picked;
  const plainTotal = totalBreakpoints(scenario).find((total) => picksOn(machine, total));
  if (plainTotal === undefined) return null;
  if (totalPages.min === totalPages.max) return { scenario, plainTotal };
  const machines = new Set([machine, inFavourOf(picked, scenario, alternatives())]);
  const totals = breakpointsOfAll(scenario, machines);
  const picks = (total: Int64): boolean => [...machines].some((its) => picksOn(its, total));
  const min = totals.find(picks) ?? plainTotal;
  const next = totals[totals.findLastIndex(picks) + 1];
  const max = next === undefined ? totalPages.max : fromBigInt(toBigInt(next) - 1n);
  if (min === totalPages.min && max === totalPages.max) return { scenario, plainTotal };
  const source = `${totalPages.source}, with which the log's pick comes out`;
  return { scenario: { ...scenario, totalPages: { min, max, source } }, plainTotal };
}

/** A machine in which one process has the most points that it can have, and all others have their fewest. */
function inFavourOf(picked: number, scenario: Scenario, alternatives: Alternatives): Machine {
  const { unknowns, highest, lowest } = extremesOf(scenario, relevantTo(scenario.traits, alternatives));
  return withCombination(scenario.machine, unknowns, (tgid) => (tgid === picked ? highest(tgid) : lowest(tgid)));
}
