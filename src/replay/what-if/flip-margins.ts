import type { MachineTask } from "../../model/machine.js";
import { type Int64, toBigInt } from "../../model/units.js";
import type { FlipMargin } from "../../model/what-if.js";
import { applyEdit, keepTasks, without } from "./apply.js";
import { choicesOf } from "./choices.js";
import { nameOf } from "./dead.js";
import { notRerun } from "./outcome.js";
import { coursesOf } from "./possible.js";
import { isAlive, isChoice } from "./protect.js";
import { highestHolding, lowestHolding } from "./search.js";
import type { Subject } from "./subject.js";
import { HIGHEST_ADJ, LOWEST_ADJ, withAdj } from "./targets.js";

/** More pages than any machine has. */
const MOST_PAGES = 2 ** 40;

/**
 * How far each candidate is from the other side, best ranked first: the chosen process from being spared, the others from
 * being chosen, one thing changed at a time. Empty where points do not decide.
 */
export function flipMargins(subject: Subject): readonly FlipMargin[] {
  if (notRerun(subject) !== null || subject.worlds[0].traits.pointsRule === "legacy") return [];
  const [{ scenario, replay }] = coursesOf(subject);
  const winners = possibleChoices(subject);
  const candidates = replay.ranking.filter(({ eligible, reason }) => eligible || reason === "oom-score-adj-min");
  const adjOf = new Map(scenario.machine.tasks.map((task) => [task.tgid, task.oomScoreAdj ?? null]));
  return candidates.map(({ pid }): FlipMargin => {
    const rivals = winners.has(pid) ? possibleChoices(without(subject, new Set([pid]))) : winners;
    const small = onlyRivals(subject, pid, rivals);
    const target = { tasks: [nameOf(scenario.machine, pid)] };
    const chosen = !isAlive(small, target);
    const base = { ...nameOf(scenario.machine, pid), chosen, oomScoreAdj: adjOf.get(pid) ?? null };
    if (chosen) {
      const spares = (adj: number): boolean => isAlive(withAdj(small, target, adj), target);
      const sparesWithout = (pages: number): boolean => isAlive(resized(small, pid, -pages), target);
      const rss = Number(rssOf(scenario.machine.tasks, pid));
      return {
        ...base,
        flipOomScoreAdj: highestHolding(LOWEST_ADJ, HIGHEST_ADJ, spares),
        flipPages: lowestHolding(0, rss, sparesWithout),
      };
    }
    const wins = (adj: number): boolean => isChoice(withAdj(small, target, adj), target);
    const winsWith = (pages: number): boolean => isChoice(resized(small, pid, pages), target);
    return {
      ...base,
      flipOomScoreAdj: lowestHolding(LOWEST_ADJ, HIGHEST_ADJ, wins),
      flipPages: fewestPages(winsWith),
    };
  });
}

/** The fewest pages with which a condition holds; looked for upward, as some kernels' points overflow far above. */
function fewestPages(holds: (pages: number) => boolean): number | null {
  for (let high = 1; high <= MOST_PAGES; high *= 2) {
    if (holds(high)) return lowestHolding(Math.floor(high / 2), high, holds);
  }
  return null;
}

/** Every process that some course picks. */
function possibleChoices(subject: Subject): ReadonlySet<number> {
  const choices = coursesOf(subject).flatMap((course) => choicesOf(course, subject));
  return new Set(choices.flatMap(({ tgid }) => (tgid === null ? [] : [tgid])));
}

/**
 * A subject of the same choices with fewer tasks. Nobody's points depend on another's size or adjustment, so that only
 * those who can be the best of the others matter to one process; and whoever has a state or a known parent.
 */
function onlyRivals(subject: Subject, target: number, rivals: ReadonlySet<number>): Subject {
  const [{ machine }] = subject.worlds;
  const { current } = machine.invocation;
  const parents = new Set(machine.tasks.map(({ ppid }) => ppid));
  const matters = (task: MachineTask): boolean =>
    task.tgid === target ||
    rivals.has(task.tgid) ||
    task.pid === current ||
    task.ppid !== undefined ||
    parents.has(task.pid) ||
    Object.values(task.flags).includes(true);
  const kept = new Set(machine.tasks.filter(matters).map(({ tgid }) => tgid));
  return keepTasks(subject, (task) => kept.has(task.tgid));
}

function resized(subject: Subject, pid: number, pages: number): Subject {
  const bytes = BigInt(pages) * BigInt(subject.worlds[0].machine.pageSizeBytes);
  const tasks = { by: "pid", pid } as const;
  return applyEdit(subject, { kind: "resize", tasks, part: "rss", size: { bytes, relative: true } }).subject;
}

function rssOf(tasks: readonly MachineTask[], tgid: number): bigint {
  return tasks.reduce((most: bigint, task) => {
    const pages: Int64 = task.tgid === tgid && task.mm !== null ? task.rssPages : 0;
    return toBigInt(pages) > most ? toBigInt(pages) : most;
  }, 0n);
}
