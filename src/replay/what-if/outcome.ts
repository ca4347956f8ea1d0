import type { RankedTask, Replay } from "../../model/replay.js";
import type { PossibleVictim, ProcessName, WhatIfOutcome } from "../../model/what-if.js";
import { boundOverTotals } from "../bound-over-totals.js";
import { describeTask } from "../process.js";
import { replay } from "../replay.js";
import { choicesOf } from "./choices.js";
import { deadIn, nameOf, processIn } from "./dead.js";
import { diesWithGroup } from "./group.js";
import { type Course, coursesOf, plainCourse } from "./possible.js";
import type { Subject } from "./subject.js";

/** What the rule up to v2.6.35 counts and no log prints. */
const LEGACY_INPUTS = ["children's total_vm", "cpu time and run time", "nice", "capabilities"];

/** Runs a subject: who is picked, and for which values of what the log leaves open. */
export function outcomeOf(subject: Subject): WhatIfOutcome {
  return settle(plainOutcome(subject), subject);
}

/** An outcome without the points of everybody. */
export type ChoiceOutcome = Omit<WhatIfOutcome, "ranking">;

/** {@link outcomeOf} without the points of everybody. */
export function choiceOf(subject: Subject): ChoiceOutcome {
  const course = plainCourse(subject);
  return settle({ course, outcome: plainChoice(subject, course) }, subject);
}

/** A subject that was run once, as a replay assumes it to be. What else is possible was not asked: it is undecided. */
export interface RunOnce<Outcome extends ChoiceOutcome> {
  readonly course: Course;
  readonly outcome: Outcome;
}

/** Runs a subject once. */
export function plainOutcome(subject: Subject): RunOnce<WhatIfOutcome> {
  const course = plainCourse(subject);
  const { ranking } = boundOverTotals(course.replay, course.scenario);
  return { course, outcome: { ...plainChoice(subject, course), ranking: byProcess(ranking) } };
}

/** A question is about processes: each goes by the id of its thread group. */
export function byProcess(ranking: readonly RankedTask[]): readonly RankedTask[] {
  return ranking.map((task) => ({ ...task, pid: task.tgid }));
}

function plainChoice(subject: Subject, course: Course): ChoiceOutcome {
  const { scenario, replay } = course;
  const base = {
    era: scenario.era,
    constraint: scenario.constraint,
    totalPages: scenario.totalPages,
    pointsUnit: replay.pointsUnit,
    outcome: replay.outcome,
  };
  const open = { decided: false, possible: [] };
  const missing = notRerun(subject);
  if (missing !== null) return { ...base, chosen: null, victim: null, alsoKilled: [], ...open, missing };
  const chosen = processIn(scenario.machine, replay.chosen);
  return {
    ...base,
    chosen: chosen === null ? null : nameOf(scenario.machine, chosen),
    victim: replay.victim,
    alsoKilled: alsoKilled(subject, course, chosen),
    ...open,
    missing: [],
  };
}

/** Asks what else is possible for a subject that was run once. */
export function settle<Outcome extends ChoiceOutcome>(
  { outcome, course }: RunOnce<Outcome>,
  subject: Subject,
): Outcome {
  if (outcome.missing.length > 0) return outcome;
  const { possible, missing } = possibleVictims(subject, course);
  const decided = possible.length < 2;
  return { ...outcome, decided, possible, missing: decided ? [] : missing };
}

function alsoKilled({ group }: Subject, { scenario, replay }: Course, chosen: number | null): readonly ProcessName[] {
  const { machine } = scenario;
  const dead = deadIn(machine, replay);
  for (const member of diesWithGroup(group, scenario, chosen)) dead.add(member);
  dead.delete(processIn(machine, replay.victim) ?? -1);
  return [...dead].map((tgid) => nameOf(machine, tgid));
}

/**
 * What the log would have to tell for a re-run to mean anything: the row of whom it says was picked, the inputs of the
 * legacy rule, or who asked where the invoker is taken. Null where a re-run answers.
 */
export function notRerun(subject: Subject): readonly string[] | null {
  if (subject.withoutRow !== null) return [`the row of ${describeTask(subject.withoutRow)}`];
  const [scenario] = subject.worlds;
  const { machine, traits, constraint, totalPages } = scenario;
  const takesInvoker =
    (machine.invocation.oomKillAllocatingTask ?? 0) !== 0 &&
    traits.allocatingTask !== "none" &&
    constraint !== "CONSTRAINT_MEMCG";
  if (takesInvoker && subject.invoker === "unknown") {
    const { current } = machine.invocation;
    return [current === undefined ? "which task asked for memory" : `which process the invoker (pid ${current}) is of`];
  }
  if (traits.pointsRule !== "legacy") return null;
  const { ranking, steps } = replay(scenario, totalPages.min);
  const candidates = ranking.filter(({ eligible }) => eligible);
  const isByPoints = steps.some(({ step }) => step === "points");
  return isByPoints && candidates.length > 1 ? LEGACY_INPUTS : null;
}

/** Whether `vm.panic_on_oom` ends it before anybody is looked at, and not for want of candidates. */
export function panicsUnasked({ outcome, ranking }: Replay): boolean {
  return outcome === "panic" && ranking.some(({ eligible }) => eligible);
}

function possibleVictims(
  subject: Subject,
  first: Course,
): { readonly possible: readonly PossibleVictim[]; readonly missing: readonly string[] } {
  const found = new Map<number | null, PossibleVictim>();
  const missing = new Set<string>();
  for (const course of coursesOf(subject, (tgid) => found.has(tgid), first)) {
    for (const { tgid, byHiddenOrder } of choicesOf(course, subject)) {
      if (found.has(tgid)) continue;
      const when = byHiddenOrder ? "it comes first among its equals in the cgroup" : whenOf(course, subject);
      found.set(tgid, { ...nobodyOr(tgid, course), when });
      if (byHiddenOrder) missing.add("the order of the tasks in the cgroup");
      else if (found.size > 1) for (const one of missingOf(course, subject)) missing.add(one);
    }
  }
  return { possible: [...found.values()], missing: [...missing] };
}

function nobodyOr(tgid: number | null, { scenario, replay }: Course): Pick<PossibleVictim, "pid" | "name"> {
  if (tgid !== null) return nameOf(scenario.machine, tgid);
  return { pid: null, name: replay.outcome === "panic" ? "nobody: the kernel panics" : "nobody" };
}

function whenOf({ scenario, totalPages, when }: Course, { worlds }: Subject): string {
  const { min, max } = scenario.totalPages;
  const parts = [
    ...when(),
    ...(min !== max && totalPages !== null ? [`totalpages is ${totalPages}`] : []),
    ...(worlds.length > 1 ? [`the rules are those of ${scenario.era}`] : []),
  ];
  return parts.length === 0 ? "all is as a replay assumes" : parts.join(" and ");
}

function missingOf({ scenario, assumed }: Course, { worlds, memory }: Subject): readonly string[] {
  if (assumed.length > 0) return assumed.map(({ missing }) => missing);
  const { min, max } = scenario.totalPages;
  if (min === max) return worlds.length > 1 ? ["the kernel release"] : [];
  return [memory.kind === "memcg" ? "the machine's total swap and its swappiness" : "totalpages"];
}
