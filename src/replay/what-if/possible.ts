import type { Machine, Scenario } from "../../model/machine.js";
import type { Replay } from "../../model/replay.js";
import { type Int64, toBigInt } from "../../model/units.js";
import { totalBreakpoints } from "../breakpoints.js";
import { replayWithoutSteps } from "../replay.js";
import { spread } from "../spread.js";
import type { Unknown } from "./alternatives.js";
import { bondedProcesses } from "./bonds.js";
import { processIn } from "./dead.js";
import { type Extremes, extremesOf, optionOf, relevantTo, withCombination } from "./extremes.js";
import { hasHiddenOrder } from "./hidden-order.js";
import type { Subject } from "./subject.js";

/** A way in which a selection can go. */
export interface Course {
  /** Its machine lacks the tasks that have no part in it. */
  readonly scenario: Scenario;
  readonly totalPages: Int64 | null;
  readonly replay: Replay;
  /** What of single tasks was assumed for it, and what the log would have to tell. */
  readonly assumed: readonly Unknown[];
  /** In words: when it goes so. */
  readonly when: () => readonly string[];
}

type Open = Pick<Subject, "worlds" | "alternatives">;

/**
 * Every way in which a selection can go that the log leaves open, one course for each outcome of each scenario at least.
 * The plain course is the first where one is given, else that of the first scenario at its least `totalpages`.
 *
 * Quantities are run at both ends of what they can be. A task is a possible choice if it is chosen with its own points
 * highest and those of all others lowest, since points of different tasks do not depend on each other.
 *
 * @param isKnown Processes for which no further course is wanted that differs from the others of its total in them alone.
 * @param first The plain course, where it was run already.
 */
export function* coursesOf(
  subject: Open,
  isKnown = (_tgid: number): boolean => false,
  first: Course | null = null,
): Generator<Course, void> {
  if (first !== null) yield first;
  for (const span of spansOf(subject)) {
    for (const total of span.totals) {
      const isFirst = first !== null && span.scenario === first.scenario && total === first.totalPages;
      yield* coursesAt(span, total, isKnown, isFirst ? first.replay : null);
    }
  }
}

const always = (): readonly string[] => [];

/** The plain course: what a replay assumes, at its total. */
export function plainCourse({ worlds: [scenario], plainTotal }: Pick<Subject, "worlds" | "plainTotal">): Course {
  const totalPages = scenario.traits.pointsRule === "legacy" ? null : plainTotal;
  return { scenario, totalPages, replay: replayWithoutSteps(scenario, totalPages), assumed: [], when: always };
}

/** A scenario with the ends of what the log leaves open of it. */
export interface Span {
  readonly scenario: Scenario;
  readonly extremes: Extremes;
  /** With the fewest points that each task can have, and with the most. The same tasks in the same order. */
  readonly low: Machine;
  readonly high: Machine;
  /** The totals to run it at: those at which the choice can change. */
  readonly totals: readonly (Int64 | null)[];
  /** True when there are more of them, of which only some are run. */
  readonly isThinned: boolean;
}

/** Totals that are run at most: where a log tells nothing of `totalpages`, the choice can change at thousands. */
export const MOST_TOTALS = 48;

/** The scenarios of a subject, each over its range. */
export function* spansOf({ worlds, alternatives }: Open): Generator<Span, void> {
  for (const scenario of worlds) {
    const { machine, traits } = scenario;
    const extremes = extremesOf(scenario, relevantTo(traits, alternatives));
    const low = withCombination(machine, extremes.unknowns, extremes.lowest);
    const high = withCombination(machine, extremes.unknowns, extremes.highest);
    const all = traits.pointsRule === "legacy" ? [null] : breakpointsOfAll(scenario, new Set([machine, low, high]));
    yield { scenario, extremes, low, high, totals: spread(all, MOST_TOTALS), isThinned: all.length > MOST_TOTALS };
  }
}

/** The totals at which the choice of one of some machines can change, rising. */
export function breakpointsOfAll(scenario: Scenario, machines: ReadonlySet<Machine>): readonly Int64[] {
  const all = new Set([...machines].flatMap((machine) => totalBreakpoints({ ...scenario, machine })));
  return [...all].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function* coursesAt(
  span: Span,
  totalPages: Int64 | null,
  isKnown: (tgid: number) => boolean,
  known: Replay | null,
): Generator<Course, void> {
  const { scenario, extremes, low, high } = span;
  const { unknowns } = extremes;
  const { machine } = scenario;
  const run = (its: Machine): Replay => replayWithoutSteps({ ...scenario, machine: its }, totalPages);
  const plain = known ?? run(machine);
  yield { scenario, totalPages, replay: plain, assumed: [], when: always };
  if (unknowns.size === 0) return;
  const lowest = run(low);
  const leader = processIn(low, lowest.chosen);
  if (leader !== processIn(machine, plain.chosen)) yield lowCourse(span, totalPages, lowest, leader, plain);
  const lowPoints = new Map(lowest.ranking.map(({ tgid, points }) => [tgid, points]));
  const toBeat = leader === null ? null : (lowPoints.get(leader) ?? null);
  const isHidden = hasHiddenOrder(scenario);
  const bonded = bondedProcesses(low);
  const places = placesOf(low);
  for (const { tgid: pid, points } of run(high).ranking) {
    const own = unknowns.get(pid);
    if (own === undefined || pid === leader || points === null) continue;
    if (toBeat !== null && toBigInt(points) < toBigInt(toBeat)) continue;
    // Where the order is hidden, its equals are choices of the course too.
    if (!isHidden && isKnown(pid)) continue;
    // The best of the others stands for all of them, with whoever is equal where the order is not known.
    const equals =
      isHidden && points === toBeat ? [...lowPoints].flatMap(([other, its]) => (its === toBeat ? [other] : [])) : [];
    const kept = new Set([...bonded, ...equals, pid, ...(leader === null ? [] : [leader])]);
    const raised = raisedIn(
      span,
      pid,
      [...kept].flatMap((tgid) => places.get(tgid) ?? []),
    );
    const replay = run(raised);
    if (processIn(raised, replay.chosen) !== pid) continue;
    const at = extremes.highest(pid);
    const when = (): readonly string[] => [
      ...own.map((unknown, index) => optionOf(unknown, at, index).when),
      ...othersLower(span, plain, pid, points),
    ];
    yield { scenario: { ...scenario, machine: raised }, totalPages, replay, assumed: own, when };
  }
}

/** Everybody at their lowest. */
function lowCourse(span: Span, totalPages: Int64 | null, replay: Replay, leader: number | null, plain: Replay): Course {
  const { scenario, extremes, low } = span;
  const points = replay.ranking.find(({ tgid }) => tgid === leader)?.points ?? null;
  const own = leader === null ? [] : (extremes.unknowns.get(leader) ?? []);
  const at = leader === null ? 0 : extremes.lowest(leader);
  return {
    scenario: { ...scenario, machine: low },
    totalPages,
    replay,
    assumed: own.length > 0 ? own : [...extremes.unknowns.values()].flat(),
    when: () => [
      ...own.map((unknown, index) => optionOf(unknown, at, index).when),
      ...(leader === null || points === null ? [] : othersLower(span, plain, leader, points)),
    ],
  };
}

/** What must be so of others, which would have as many points or more as a replay assumes them. */
function othersLower({ extremes }: Span, plain: Replay, pid: number, points: Int64): string[] {
  return plain.ranking.flatMap((other) => {
    if (other.tgid === pid || other.points === null || toBigInt(other.points) < toBigInt(points)) return [];
    const at = extremes.lowest(other.tgid);
    return (extremes.unknowns.get(other.tgid) ?? []).map((unknown, index) => optionOf(unknown, at, index).when);
  });
}

/** Where the tasks of each process stand. */
function placesOf({ tasks }: Machine): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  for (const [place, { tgid }] of tasks.entries()) {
    const known = places.get(tgid);
    if (known === undefined) places.set(tgid, [place]);
    else known.push(place);
  }
  return places;
}

/** The tasks at some places, all at their lowest but those of one process at their highest. */
function raisedIn({ low, high }: Span, raised: number, places: readonly number[]): Machine {
  const tasks = [...places]
    .sort((a, b) => a - b)
    .flatMap((place) => (low.tasks[place]?.tgid === raised ? high : low).tasks[place] ?? []);
  return { ...low, tasks };
}
