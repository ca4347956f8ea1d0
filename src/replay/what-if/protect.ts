import type { AdjPreference, AdjProtection, ProcessName, TaskSelector, WhatIfOutcome } from "../../model/what-if.js";
import { describeTask } from "../process.js";
import { without } from "./apply.js";
import { choicesOf } from "./choices.js";
import { deadIn, nameOf, processIn } from "./dead.js";
import { diesWithGroup, type KilledGroup } from "./group.js";
import { choiceOf } from "./outcome.js";
import { type Course, coursesOf, plainCourse } from "./possible.js";
import { leadersOf, onlyRivals } from "./rivals.js";
import { highestHolding, lowestHolding } from "./search.js";
import type { Subject } from "./subject.js";
import { ANY_ADJ, HIGHEST_ADJ, LOWEST_ADJ, type Targets, targetsOf, withAdj } from "./targets.js";

/**
 * The highest `oom_score_adj` with which none of the processes dies, whatever the log leaves open. Points never fall as
 * the adjustment rises, so that a binary search with the era's own rule is exact.
 */
export function protect(subject: Subject, selector: TaskSelector): AdjProtection {
  const targets = targetsOf(subject, selector);
  const { tasks, who, oomScoreAdj } = targets;
  const base = { pid: tasks[0]?.pid ?? -1, name: tasks[0]?.name ?? who, tasks, oomScoreAdj };
  const none = (reason: string): AdjProtection => ({
    ...base,
    highestOomScoreAdj: null,
    reason,
    chosenThen: null,
    possibleThen: [],
  });
  if (targets.impossible !== null) return none(targets.impossible);
  const rivals = againstRivals(subject, targets);
  const highest = highestHolding(ANY_ADJ, (adj) => isAlive(withAdj(rivals, targets, adj), targets));
  if (highest === null) return none(`No value protects ${who}: ${whyNot(subject, targets)}.`);
  const then = choiceOf(withAdj(subject, targets, highest));
  if (highest === LOWEST_ADJ && then.chosen === null && then.decided) {
    const alone = tasks.length === 1 ? "it is the only eligible task" : "they are the only eligible tasks";
    return none(`No value protects ${who}: ${alone}. At -1000 ${nobodyWords(then)}.`);
  }
  return {
    ...base,
    highestOomScoreAdj: highest,
    reason: protectedWords(highest, targets, subject.group),
    chosenThen: whoDies(then, subject),
    possibleThen: then.decided ? [] : then.possible,
  };
}

function protectedWords(highest: number, { who, tasks, isDisabled }: Targets, group: KilledGroup | null): string {
  if (highest === LOWEST_ADJ && group !== null && tasks.some(({ pid }) => group.members.has(pid))) {
    return `Only -1000 protects ${who}: its cgroup ${group.path} is killed as a whole (memory.oom.group).`;
  }
  if (isDisabled && highest === LOWEST_ADJ) return `At -1000, as it is, ${who} is never eligible; at -999 it may die.`;
  if (isDisabled) return `At -1000, as it is, ${who} is never eligible; up to ${highest} it would live here too.`;
  if (highest === HIGHEST_ADJ) return `${who} lives here with any oom_score_adj.`;
  if (highest === LOWEST_ADJ) return `Only -1000 protects ${who}: at -999 it may die.`;
  return `Up to ${highest} ${who} lives; at ${highest + 1} it may die.`;
}

/** Up to v5.0 a child dies in the place of the choice; named by its process. */
function whoDies(
  { chosen, victim }: Pick<WhatIfOutcome, "chosen" | "victim">,
  { worlds: [{ machine }] }: Subject,
): ProcessName | null {
  const dead = processIn(machine, victim);
  return dead === null ? chosen : nameOf(machine, dead);
}

function nobodyWords({ outcome }: Pick<WhatIfOutcome, "outcome">): string {
  return outcome === "panic" ? "the kernel would panic" : "nobody could be killed";
}

/** Why a process dies even at -1000: it is taken as the invoker, or dies with another. */
function whyNot(subject: Subject, targets: Targets): string {
  const { chosen } = plainCourse(withAdj(subject, targets, LOWEST_ADJ)).replay;
  if (chosen === null) return "nothing else is eligible";
  return targets.tasks.some(({ pid }) => pid === chosen.pid)
    ? "this kernel takes it whatever its oom_score_adj"
    : `it dies with ${describeTask(chosen)}`;
}

/** The lowest `oom_score_adj` with which one of the processes is the choice, whatever the log leaves open. */
export function prefer(subject: Subject, selector: TaskSelector): AdjPreference {
  const targets = targetsOf(subject, selector);
  const { tasks, who, oomScoreAdj } = targets;
  const base = { pid: tasks[0]?.pid ?? -1, name: tasks[0]?.name ?? who, tasks, oomScoreAdj };
  if (targets.impossible !== null) return { ...base, lowestOomScoreAdj: null, reason: targets.impossible };
  const rivals = againstRivals(subject, targets);
  const lowest = lowestHolding(ANY_ADJ, (adj) => isChoice(withAdj(rivals, targets, adj), targets));
  return { ...base, lowestOomScoreAdj: lowest, reason: preferredWords(subject, targets, lowest) };
}

function preferredWords(subject: Subject, targets: Targets, lowest: number | null): string {
  const { who, isDisabled } = targets;
  const now = isDisabled ? ` At -1000, as it is, it is never eligible.` : "";
  if (lowest !== null) return `From ${lowest} on ${who} is the choice; at ${lowest - 1} it may not be.${now}`;
  const { chosen, decided } = choiceOf(withAdj(subject, targets, HIGHEST_ADJ));
  const isOther = decided && chosen !== null && targets.tasks.every(({ pid }) => pid !== chosen.pid);
  const other = isOther ? `, ${describeTask(chosen)} is chosen all the same` : " the log leaves another possible";
  return `No value makes ${who} the choice for sure: at 1000${other}.${now}`;
}

/** The targets and those who compete with them: many values are tried on it. */
function againstRivals(subject: Subject, { tasks }: Pick<Targets, "tasks">): Subject {
  const targets = new Set(tasks.map(({ pid }) => pid));
  return onlyRivals(subject, targets, leadersOf(without(subject, targets)));
}

/** Whether none of the targets dies in any course: as the choice, or with it. */
export function isAlive(subject: Subject, { tasks }: Pick<Targets, "tasks">): boolean {
  for (const course of coursesOf(subject)) {
    const dead = deadIn(course.scenario.machine, course.replay);
    const spared = sparedByChild(course);
    for (const { tgid } of choicesOf(course, subject)) {
      if (tgid !== null && tgid !== spared) dead.add(tgid);
      for (const member of diesWithGroup(subject.group, course.scenario, tgid)) dead.add(member);
    }
    if (tasks.some(({ pid }) => dead.has(pid))) return false;
  }
  return true;
}

/** The chosen process when another is known to die in its place. */
function sparedByChild({ scenario, replay }: Course): number | null {
  const chosen = processIn(scenario.machine, replay.chosen);
  const isSpared = replay.victim !== null && processIn(scenario.machine, replay.victim) !== chosen;
  return isSpared || replay.outcome !== "killed" ? chosen : null;
}

/** Whether the choice is one of the targets in every course. */
export function isChoice(subject: Subject, targets: Pick<Targets, "tasks">): boolean {
  return everyChoice(subject, targets, true);
}

/** Whether the choice is none of the targets in any course. */
export function isNeverChoice(subject: Subject, targets: Pick<Targets, "tasks">): boolean {
  return everyChoice(subject, targets, false);
}

function everyChoice(subject: Subject, { tasks }: Pick<Targets, "tasks">, isTarget: boolean): boolean {
  const targets: ReadonlySet<number | null> = new Set(tasks.map(({ pid }) => pid));
  for (const course of coursesOf(subject)) {
    if (!choicesOf(course, subject).every(({ tgid }) => targets.has(tgid) === isTarget)) return false;
  }
  return true;
}
