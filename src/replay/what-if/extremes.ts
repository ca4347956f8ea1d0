import type { Machine, MachineTask, Scenario } from "../../model/machine.js";
import type { KernelTraits } from "../../model/traits.js";
import { type Int64, toBigInt } from "../../model/units.js";
import { replayWithoutSteps } from "../replay.js";
import type { Alternatives, Option, Unknown } from "./alternatives.js";

/** Combinations of what is unknown of one task; more are cut to their ends. */
const MAX_COMBINATIONS = 8;

/** What is unknown of single tasks, and with which combination of it each has its fewest and its most points. */
export interface Extremes {
  readonly unknowns: Alternatives;
  readonly lowest: (tgid: number) => number;
  readonly highest: (tgid: number) => number;
}

/** What of the alternatives a kernel's rule reads. */
export function relevantTo(traits: KernelTraits, alternatives: Alternatives): Alternatives {
  const relevant = new Map<number, readonly Unknown[]>();
  for (const [tgid, unknowns] of alternatives) {
    const read = unknowns.filter(({ matters }) => matters(traits));
    if (read.length > 0) relevant.set(tgid, read);
  }
  return relevant;
}

/**
 * The ends of what is unknown. Which combination gives fewer points is the same at every total at which they differ at all:
 * at the least, fewer are cut to the clamp; at the greatest, the adjustment weighs most. The two are asked in this order.
 */
export function extremesOf(scenario: Scenario, unknowns: Alternatives): Extremes {
  const ranges = new Map<number, { lowest: number; highest: number; least: Ends; most: Ends }>();
  const { machine, totalPages, traits } = scenario;
  const totals = traits.pointsRule === "legacy" ? [null] : [...new Set([totalPages.max, totalPages.min])];
  for (let index = 0; unknowns.size > 0 && index < combinationCount(unknowns); index++) {
    const combined = withCombination(machine, unknowns, () => index);
    for (const [tgid, ends] of endsOf({ ...scenario, machine: combined }, totals, unknowns)) {
      const range = ranges.get(tgid);
      if (range === undefined) {
        ranges.set(tgid, { lowest: index, highest: index, least: ends, most: ends });
        continue;
      }
      if (isLess(ends, range.least)) Object.assign(range, { lowest: index, least: ends });
      if (isLess(range.most, ends)) Object.assign(range, { highest: index, most: ends });
    }
  }
  return {
    unknowns,
    lowest: (tgid) => ranges.get(tgid)?.lowest ?? 0,
    highest: (tgid) => ranges.get(tgid)?.highest ?? 0,
  };
}

/** Points at the totals that are compared; null is not eligible. */
type Ends = readonly (bigint | null)[];

function endsOf(
  scenario: Scenario,
  totals: readonly (Int64 | null)[],
  unknowns: Alternatives,
): ReadonlyMap<number, Ends> {
  const ends = new Map<number, (bigint | null)[]>();
  for (const total of totals) {
    for (const { tgid: pid, points } of replayWithoutSteps(scenario, total).ranking) {
      if (!unknowns.has(pid)) continue;
      const known = ends.get(pid) ?? [];
      known.push(points === null ? null : toBigInt(points));
      ends.set(pid, known);
    }
  }
  return ends;
}

/** Not eligible is less than any points. */
function isLess(a: Ends, b: Ends): boolean {
  for (const [index, one] of a.entries()) {
    const other = b[index] ?? null;
    if (one === other) continue;
    return one === null || (other !== null && one < other);
  }
  return false;
}

function combinationCount(unknowns: Alternatives): number {
  let most = 1;
  for (const its of unknowns.values()) most = Math.max(most, 2 ** its.length);
  return Math.min(most, MAX_COMBINATIONS);
}

/** The option of a task's unknown in a combination: one bit of its number each. */
export function optionOf({ options }: Unknown, combination: number, at: number): Option {
  return options[(combination >> at) & 1 ? 1 : 0];
}

/** A machine in which what is unknown of each task is as a combination says. */
export function withCombination(
  machine: Machine,
  unknowns: Alternatives,
  combinationOf: (tgid: number) => number,
): Machine {
  if (unknowns.size === 0) return machine;
  const tasks = machine.tasks.map((task): MachineTask => {
    const its = unknowns.get(task.tgid);
    if (its === undefined || task.mm === null) return task;
    const combination = combinationOf(task.tgid);
    return its.reduce((changed, unknown, at) => optionOf(unknown, combination, at).change(changed), task);
  });
  return { ...machine, tasks };
}
