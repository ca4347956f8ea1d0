import type { MachineTask, Scenario } from "../../model/machine.js";
import { fromBigInt, type Int64, maxBigInt, toBigInt } from "../../model/units.js";
import type { FlipMargin } from "../../model/what-if.js";
import { pointsAlone } from "../points-alone.js";
import { replayWithoutSteps } from "../replay.js";
import { applyEdit, setAdj, without } from "./apply.js";
import { deadIn, nameOf, processIn } from "./dead.js";
import { swapAllowance } from "./memory-parts.js";
import { notRerun, panicsUnasked } from "./outcome.js";
import { plainCourse, spansOf } from "./possible.js";
import { isAlive, isChoice, isNeverChoice } from "./protect.js";
import { leadersOf, onlyRivals } from "./rivals.js";
import { highestHolding, lowestHolding, type SearchRange } from "./search.js";
import type { Subject } from "./subject.js";
import { ANY_ADJ, withAdj } from "./targets.js";

/** More pages than any machine has. */
const MOST_PAGES = 2 ** 40;

/**
 * How far each candidate is from the other side, best ranked first: the chosen process from being spared, the others from
 * being chosen, one thing changed at a time. Empty where points do not decide, and where the re-run picks another than the
 * log: how far the log's own pick was from being spared is then not known.
 *
 * @param most So many of the best are enough; whoever is chosen or dies is among them.
 */
export function flipMargins(subject: Subject, most: number): readonly FlipMargin[] {
  if (subject.rerun !== "agrees" || notRerun(subject) !== null) return [];
  if (subject.worlds[0].traits.pointsRule === "legacy") return [];
  const { scenario, replay } = plainCourse(subject);
  if (panicsUnasked(replay)) return [];
  const leaders = leadersOf(subject);
  const named = deadIn(scenario.machine, replay).add(processIn(scenario.machine, replay.chosen) ?? -1);
  return replay.ranking
    .filter(({ eligible, reason }) => eligible || reason === "oom-score-adj-min")
    .filter(({ tgid }, index) => index < most || named.has(tgid))
    .map(({ tgid: pid }): FlipMargin => {
      const own = new Set([pid]);
      const small = onlyRivals(subject, own, leaders.has(pid) ? leadersOf(without(subject, own)) : leaders);
      return marginOf(small, pid);
    });
}

function marginOf(subject: Subject, pid: number): FlipMargin {
  const { machine } = subject.worlds[0];
  const target = { tasks: [nameOf(machine, pid)] };
  const isDead = !isAlive(subject, target);
  // A child may die in the place of the choice.
  const isPicked = isDead || isChoice(subject, target);
  const near = guess(subject, pid, isPicked);
  const base = {
    ...nameOf(machine, pid),
    chosen: isPicked,
    oomScoreAdj: machine.tasks.find((task) => task.tgid === pid)?.oomScoreAdj ?? null,
  };
  if (isPicked) {
    const isSpared = (changed: Subject): boolean =>
      isDead ? isAlive(changed, target) : isNeverChoice(changed, target);
    const rss = Number(rssOf(machine.tasks, pid));
    return {
      ...base,
      flipOomScoreAdj: highestHolding(near.adj, (adj) => isSpared(withAdj(subject, target, adj))),
      flipPages: lowestHolding({ ...near.pages, high: rss }, (pages) => isSpared(resized(subject, pid, -pages))),
    };
  }
  const pages = lowestHolding(near.pages, (more) => isChoice(resized(subject, pid, more), target));
  const isOpen = pages !== null && hangsOnSwap(subject, pages);
  return {
    ...base,
    flipOomScoreAdj: lowestHolding(near.adj, (adj) => isChoice(withAdj(subject, target, adj), target)),
    flipPages: isOpen ? null : pages,
    ...(isOpen ? { openWithoutSwap: true } : {}),
  };
}

/** More than a cgroup may hold without swap, where neither the log nor a limit says how much swap there is. */
function hangsOnSwap({ memory, worlds: [{ totalPages }] }: Subject, pages: number): boolean {
  if (memory.kind !== "memcg" || memory.machineSwapPages !== null || swapAllowance(memory) !== null) return false;
  return totalPages.min < totalPages.max && BigInt(pages) > memory.limitPages;
}

/**
 * Where a process likely turns: where its points alone meet those of the best other. What ties, orders and ranges of
 * `totalpages` add to that is left to the search that begins there.
 */
function guess(
  subject: Subject,
  pid: number,
  isPicked: boolean,
): { readonly adj: SearchRange; readonly pages: SearchRange } {
  const range = { low: 0, high: MOST_PAGES };
  const [span] = spansOf(subject);
  const task = (isPicked ? span?.high : span?.low)?.tasks.find((one) => one.tgid === pid && one.mm !== null);
  if (span === undefined || task === undefined) return { adj: ANY_ADJ, pages: range };
  const { scenario } = span;
  const total = subject.plainTotal;
  const bestOther = replayWithoutSteps({ ...scenario, machine: isPicked ? span.low : span.high }, total).ranking.find(
    (other) => other.eligible && other.tgid !== pid,
  );
  const toBeat = toBigInt(bestOther?.points ?? 0);
  const reaches = (changed: MachineTask): boolean => (pointsAlone(scenario, changed, total) ?? -1n) >= toBeat;
  const adj = lowestHolding(ANY_ADJ, (value) => reaches(setAdj(task, value)));
  const lacks = Number(toBeat - (pointsAlone(scenario, task, total) ?? 0n));
  const near = Math.abs(Math.ceil(lacks / pointsPerPage(scenario, total)));
  const pages = isPicked
    ? lowestHolding({ ...range, near }, (value) => !reaches(withRss(task, -value)))
    : lowestHolding({ ...range, near }, (value) => reaches(withRss(task, value)));
  return {
    adj: { ...ANY_ADJ, near: (adj ?? ANY_ADJ.high) - (isPicked ? 1 : 0) },
    pages: { ...range, near: pages ?? MOST_PAGES },
  };
}

function pointsPerPage({ traits }: Scenario, total: Int64): number {
  return traits.pointsRule === "pages" ? 1 : 1000 / Math.max(Number(total), 1);
}

function withRss(task: MachineTask, pages: number): MachineTask {
  return { ...task, rssPages: fromBigInt(maxBigInt(toBigInt(task.rssPages) + BigInt(pages), 0n)) };
}

function resized(subject: Subject, pid: number, pages: number): Subject {
  const bytes = fromBigInt(BigInt(pages) * BigInt(subject.worlds[0].machine.pageSizeBytes));
  const tasks = { by: "pid", pid } as const;
  return applyEdit(subject, { kind: "resize", tasks, part: "rss", size: { bytes, relative: true } }).subject;
}

function rssOf(tasks: readonly MachineTask[], tgid: number): bigint {
  return tasks.reduce((most: bigint, task) => {
    const pages: Int64 = task.tgid === tgid && task.mm !== null ? task.rssPages : 0;
    return toBigInt(pages) > most ? toBigInt(pages) : most;
  }, 0n);
}
