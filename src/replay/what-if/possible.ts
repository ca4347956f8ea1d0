import type { Machine, MachineTask, Scenario } from "../../model/machine.js";
import type { Replay } from "../../model/replay.js";
import { type Int64, toBigInt } from "../../model/units.js";
import { totalBreakpoints } from "../breakpoints.js";
import { replayWithoutSteps } from "../replay.js";
import type { Alternatives, Option, Unknown } from "./alternatives.js";
import { processIn } from "./dead.js";
import type { Subject } from "./subject.js";

/** A way in which a selection can go. */
export interface Course {
  readonly scenario: Scenario;
  readonly totalPages: Int64 | null;
  readonly replay: Replay;
  /** What of single tasks was assumed for it, and what the log would have to tell. */
  readonly assumed: readonly Unknown[];
  readonly when: readonly string[];
}

/** Combinations of what is unknown of one task; more are cut to their ends. */
const MAX_COMBINATIONS = 8;

/**
 * Every way in which a selection can go that the log leaves open, one course for each outcome of each scenario at least.
 * The first is the plain one: the first scenario at its least `totalpages`, with what a replay assumes.
 *
 * Quantities are run at both ends of what they can be. A task is a possible choice if it is chosen with its own points
 * highest and those of all others lowest, since points of different tasks do not depend on each other.
 */
export function coursesOf({
  worlds,
  alternatives,
}: Pick<Subject, "worlds" | "alternatives">): readonly [Course, ...Course[]] {
  const courses = worlds.flatMap((world) => {
    const relevant = relevantTo(world, alternatives);
    return totalsOf(world, relevant).flatMap((total) => coursesAt(world, total, relevant));
  });
  const [first, ...others] = courses;
  if (first === undefined) throw new Error("a scenario has at least one total");
  return [first, ...others];
}

function relevantTo({ traits }: Scenario, alternatives: Alternatives): Alternatives {
  const relevant = new Map<number, readonly Unknown[]>();
  for (const [tgid, unknowns] of alternatives) {
    const read = unknowns.filter(({ matters }) => matters(traits));
    if (read.length > 0) relevant.set(tgid, read);
  }
  return relevant;
}

/** The totals to run a scenario at: those at which the choice can change, whatever is so of its tasks. */
function totalsOf(scenario: Scenario, alternatives: Alternatives): readonly (Int64 | null)[] {
  if (scenario.traits.pointsRule === "legacy") return [null];
  if (scenario.totalPages.min === scenario.totalPages.max) return [scenario.totalPages.min];
  const all = new Set<Int64>();
  for (let index = 0; index < combinationCount(alternatives); index++) {
    const machine = withCombination(scenario.machine, alternatives, () => index);
    for (const total of totalBreakpoints({ ...scenario, machine })) all.add(total);
  }
  return [...all].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function coursesAt(scenario: Scenario, totalPages: Int64 | null, alternatives: Alternatives): Course[] {
  const run = (machine: Machine): Replay => replayWithoutSteps({ ...scenario, machine }, totalPages);
  const plain: Course = { scenario, totalPages, replay: run(scenario.machine), assumed: [], when: [] };
  if (alternatives.size === 0) return [plain];
  const range = pointsRange(alternatives, (index) => run(withCombination(scenario.machine, alternatives, () => index)));
  const lowest = (tgid: number): number => range.get(tgid)?.lowest ?? 0;
  const low = run(withCombination(scenario.machine, alternatives, lowest));
  const leader = processIn(scenario.machine, low.chosen);
  const toBeat = leader === null ? null : (low.ranking.find(({ pid }) => pid === leader)?.points ?? null);
  const courses: Course[] = [plain];
  for (const [tgid, { highest, most }] of range) {
    if (tgid === leader || most === null || (toBeat !== null && most < toBigInt(toBeat))) continue;
    const machine = withCombination(scenario.machine, alternatives, (other) =>
      other === tgid ? highest : lowest(other),
    );
    const result = run(machine);
    if (processIn(machine, result.chosen) !== tgid) continue;
    const unknowns = alternatives.get(tgid) ?? [];
    courses.push({
      scenario: { ...scenario, machine },
      totalPages,
      replay: result,
      assumed: unknowns,
      when: unknowns.flatMap((unknown, at) => optionOf(unknown, highest, at).when),
    });
  }
  const own = leader === null ? undefined : range.get(leader);
  if (leader !== processIn(scenario.machine, plain.replay.chosen)) {
    const unknowns = leader === null ? [] : (alternatives.get(leader) ?? []);
    courses.push({
      scenario: { ...scenario, machine: withCombination(scenario.machine, alternatives, lowest) },
      totalPages,
      replay: low,
      assumed: unknowns.length > 0 ? unknowns : [...alternatives.values()].flat(),
      when: unknowns.map((unknown, at) => optionOf(unknown, own?.lowest ?? 0, at).when),
    });
  }
  return courses;
}

interface PointsRange {
  /** Numbers of the combinations that give a task its fewest and its most points. */
  readonly lowest: number;
  readonly highest: number;
  /** Null when it is not eligible in any. */
  readonly most: bigint | null;
}

/** The combinations with which each uncertain task has its fewest and its most points. */
function pointsRange(alternatives: Alternatives, runWith: (index: number) => Replay): ReadonlyMap<number, PointsRange> {
  const ranges = new Map<number, { lowest: number; highest: number; least: bigint | null; most: bigint | null }>();
  for (let index = 0; index < combinationCount(alternatives); index++) {
    for (const { pid, points } of runWith(index).ranking) {
      if (!alternatives.has(pid)) continue;
      const value = points === null ? null : toBigInt(points);
      const range = ranges.get(pid);
      if (range === undefined) {
        ranges.set(pid, { lowest: index, highest: index, least: value, most: value });
        continue;
      }
      if (isLess(value, range.least)) Object.assign(range, { lowest: index, least: value });
      if (isLess(range.most, value)) Object.assign(range, { highest: index, most: value });
    }
  }
  return ranges;
}

/** Not eligible is less than any points. */
function isLess(a: bigint | null, b: bigint | null): boolean {
  if (a === null) return b !== null;
  return b !== null && a < b;
}

function combinationCount(alternatives: Alternatives): number {
  let most = 1;
  for (const unknowns of alternatives.values()) most = Math.max(most, 2 ** unknowns.length);
  return Math.min(most, MAX_COMBINATIONS);
}

/** The option of a task's unknown in a combination: one bit of its number each. */
function optionOf({ options }: Unknown, combination: number, at: number): Option {
  return options[(combination >> at) & 1 ? 1 : 0];
}

function withCombination(
  machine: Machine,
  alternatives: Alternatives,
  combinationOf: (tgid: number) => number,
): Machine {
  if (alternatives.size === 0) return machine;
  const tasks = machine.tasks.map((task): MachineTask => {
    const unknowns = alternatives.get(task.tgid);
    if (unknowns === undefined || task.mm === null) return task;
    const combination = combinationOf(task.tgid);
    return unknowns.reduce((changed, unknown, at) => optionOf(unknown, combination, at).change(changed), task);
  });
  return { ...machine, tasks };
}
