import type { MachineTask } from "../../model/machine.js";
import type { RankedTask } from "../../model/replay.js";
import { type Int64, toBigInt } from "../../model/units.js";
import type { FlipMargin } from "../../model/what-if.js";
import { applyEdit, keepTasks, without } from "./apply.js";
import { choicesOf } from "./choices.js";
import { nameOf } from "./dead.js";
import { notRerun } from "./outcome.js";
import { type Course, coursesOf } from "./possible.js";
import { isAlive, isChoice } from "./protect.js";
import { highestHolding, lowestHolding } from "./search.js";
import type { Subject } from "./subject.js";
import { ANY_ADJ, withAdj } from "./targets.js";

/** More pages than any machine has. */
const MOST_PAGES = 2 ** 40;

/**
 * How far each candidate is from the other side, best ranked first: the chosen process from being spared, the others from
 * being chosen, one thing changed at a time. Empty where points do not decide.
 */
export function flipMargins(subject: Subject): readonly FlipMargin[] {
  if (notRerun(subject) !== null || subject.worlds[0].traits.pointsRule === "legacy") return [];
  const [plain] = coursesOf(subject);
  const winners = possibleChoices(subject);
  const candidates = plain.replay.ranking.filter(({ eligible, reason }) => eligible || reason === "oom-score-adj-min");
  return candidates.map((task): FlipMargin => {
    const { pid } = task;
    const rivals = winners.has(pid) ? possibleChoices(without(subject, new Set([pid]))) : winners;
    const small = onlyRivals(subject, pid, rivals);
    const target = { tasks: [nameOf(plain.scenario.machine, pid)] };
    const isDead = !isAlive(small, target);
    const now = adjOf(plain, pid);
    const near = guess(plain, task, now);
    const withAdjOf = (adj: number): Subject => withAdj(small, target, adj);
    const base = { ...nameOf(plain.scenario.machine, pid), chosen: isDead, oomScoreAdj: now };
    if (isDead) {
      const most = Number(rssOf(plain.scenario.machine.tasks, pid));
      return {
        ...base,
        flipOomScoreAdj: highestHolding({ ...ANY_ADJ, near: near.adj }, (adj) => isAlive(withAdjOf(adj), target)),
        flipPages: lowestHolding({ low: 0, high: most, near: near.pages }, (pages) =>
          isAlive(resized(small, pid, -pages), target),
        ),
      };
    }
    return {
      ...base,
      flipOomScoreAdj: lowestHolding({ ...ANY_ADJ, near: near.adj }, (adj) => isChoice(withAdjOf(adj), target)),
      flipPages: lowestHolding({ low: 0, high: MOST_PAGES, near: near.pages }, (pages) =>
        isChoice(resized(small, pid, pages), target),
      ),
    };
  });
}

function adjOf({ scenario }: Course, tgid: number): number | null {
  return scenario.machine.tasks.find((task) => task.tgid === tgid)?.oomScoreAdj ?? null;
}

/** Where a process likely turns: where its points meet those of the best other. */
function guess(
  { scenario, totalPages, replay }: Course,
  { pid, points }: RankedTask,
  adj: number | null,
): { readonly adj: number; readonly pages: number } {
  const best = replay.ranking.find((task) => task.eligible && task.pid !== pid);
  const lacks = points === null ? 0 : Number(best?.points ?? 0) - Number(points);
  const perAdj = scenario.traits.pointsRule === "pages" ? Math.floor(Number(totalPages ?? 0) / 1000) : 1;
  const perPage = scenario.traits.pointsRule === "pages" ? 1 : 1000 / Number(totalPages ?? 1000);
  return { adj: (adj ?? 0) + Math.ceil(lacks / Math.max(perAdj, 1)), pages: Math.abs(Math.ceil(lacks / perPage)) };
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
