import type { MachineTask } from "../../model/machine.js";
import type { OomReport, TaskRow } from "../../model/report.js";
import { fromBigInt, type Int64, toBigInt } from "../../model/units.js";
import type { ProcessName, SequenceStep, WhatIf, WhatIfOutcome } from "../../model/what-if.js";
import { describeTask, pickedTask, processesOf, processOf } from "../process.js";
import { withMoreTasks, without } from "./apply.js";
import { deadIn, nameOf } from "./dead.js";
import { diesWithGroup } from "./group.js";
import { outcomeOf } from "./outcome.js";
import { plainCourse } from "./possible.js";
import type { Subject } from "./subject.js";

export interface SequenceOptions {
  readonly kills: number;
  /** Memory after which nobody more has to die; null: none stated. */
  readonly needBytes: Int64 | null;
}

/** Who would die one after the other, and whether that is enough for a need. */
export function sequenceOf(
  subject: Subject,
  options: SequenceOptions,
  first: Parameters<typeof killSequence>[2],
): Pick<WhatIf, "sequence" | "need"> {
  // Without the row of the first to die, what its death frees is not known, nor who was next.
  const sequence = subject.withoutRow === null ? killSequence(subject, options, first) : [];
  const { kills, needBytes } = options;
  if (needBytes === null) return { sequence };
  const freed = toBigInt(sequence.at(-1)?.freedSoFarPages ?? 0) * BigInt(subject.worlds[0].machine.pageSizeBytes);
  const isMet = freed >= toBigInt(needBytes);
  const isLast = !isMet && sequence.length < kills;
  return { sequence, need: { bytes: needBytes, metAfterKills: isMet ? sequence.length : null, isLast } };
}

/**
 * Who would die one after the other while all others stay as they are, until the need is met or nobody is left.
 *
 * @param first How the first kill goes, and who dies in it, where the log tells.
 */
function killSequence(
  subject: Subject,
  { kills, needBytes }: SequenceOptions,
  first: { readonly outcome: WhatIfOutcome; readonly dead: ReadonlySet<number> | null },
): SequenceStep[] {
  const pageSize = BigInt(subject.worlds[0].machine.pageSizeBytes);
  const needPages = needBytes === null ? null : (toBigInt(needBytes) + pageSize - 1n) / pageSize;
  const steps: SequenceStep[] = [];
  let left = subject;
  let freedSoFar = 0n;
  while (steps.length < kills && (needPages === null || freedSoFar < needPages)) {
    const isFirst = steps.length === 0;
    const outcome = isFirst ? first.outcome : outcomeOf(left);
    const { chosen } = outcome;
    if (chosen === null) break;
    const dead = (isFirst ? first.dead : null) ?? deathsOf(left, chosen.pid);
    const { machine } = left.worlds[0];
    const gone = machine.tasks.filter((task) => dead.has(task.tgid));
    const victim = processNameOf(outcome, left, dead);
    const { pages, anonPages } = freedBy(gone, Number(pageSize));
    freedSoFar += pages;
    steps.push({
      ...victim,
      points: outcome.ranking.find(({ pid }) => pid === chosen.pid)?.points ?? null,
      freedPages: fromBigInt(pages),
      ...(anonPages === null ? {} : { freedAnonPages: fromBigInt(anonPages) }),
      alsoKilled: [...dead].filter((tgid) => tgid !== victim.pid).map((tgid) => nameOf(machine, tgid)),
      decided: outcome.decided,
      possible: outcome.decided ? [] : outcome.possible,
      freedSoFarPages: fromBigInt(freedSoFar),
    });
    left = without(left, dead);
    if (isFirst) left = withMoreTasks(left, left.forkedLater);
  }
  return steps;
}

/** The processes that die when one is chosen; itself where the re-run chooses another. */
function deathsOf(subject: Subject, chosen: number): ReadonlySet<number> {
  const { scenario, replay } = plainCourse(subject);
  const dead = deadIn(scenario.machine, replay);
  for (const member of diesWithGroup(subject.group, scenario, chosen)) dead.add(member);
  return dead.size > 0 ? dead : new Set([chosen]);
}

/** Who dies first: the victim, by its process. */
function processNameOf({ chosen, victim }: WhatIfOutcome, { worlds }: Subject, dead: ReadonlySet<number>): ProcessName {
  const { machine } = worlds[0];
  const tgid = machine.tasks.find(({ pid }) => pid === victim?.pid)?.tgid ?? victim?.pid ?? chosen?.pid ?? -1;
  const [any = tgid] = dead;
  return nameOf(machine, dead.has(tgid) ? tgid : any);
}

/** What the death of tasks frees: an address space once, however many use it. */
function freedBy(
  tasks: readonly MachineTask[],
  pageSizeBytes: number,
): { readonly pages: bigint; readonly anonPages: bigint | null } {
  const seen = new Set<number>();
  let pages = 0n;
  let anonPages: bigint | null = 0n;
  for (const { mm, rssPages, rssAnonPages, pgtablesBytes, nrPtes, nrPmds } of tasks) {
    if (mm === null || seen.has(mm)) continue;
    seen.add(mm);
    const tables =
      pgtablesBytes === undefined
        ? toBigInt(nrPtes ?? 0) + toBigInt(nrPmds ?? 0)
        : toBigInt(pgtablesBytes) / BigInt(pageSizeBytes);
    pages += toBigInt(rssPages) + tables;
    anonPages = rssAnonPages === undefined || anonPages === null ? null : anonPages + toBigInt(rssAnonPages);
  }
  return { pages, anonPages };
}

/** The processes that a report says died, by thread group. */
export function deadInReport(report: OomReport): ReadonlySet<number> {
  const rowOf = processesOf(report);
  return new Set([...report.kills, ...report.sharers].map(({ pid }) => rowOf(pid)?.tgid ?? pid));
}

/**
 * Holds a sequence of a report against the reports that follow: the second kill against the next report, and so on. What
 * the sequence can not know is that tasks grow, begin and end in between: the tables tell.
 */
export function holdAgainst(
  sequence: readonly SequenceStep[],
  report: OomReport,
  following: readonly OomReport[],
): SequenceStep[] {
  return sequence.map((step, index) => {
    const next = following[index - 1];
    const picked = index === 0 || next === undefined ? null : pickedTask(next);
    if (next === undefined || picked === null) return step;
    const killed = next.kills[0] ?? picked;
    const pid = processOf(next, killed.pid)?.tgid ?? killed.pid;
    const agrees = pid === step.pid;
    const because = agrees ? null : changedBetween(report, next, step, { pid, name: killed.name });
    const happened = { pid, name: killed.name, line: killed.line, agrees, ...(because === null ? {} : { because }) };
    return { ...step, happened };
  });
}

/** What changed between two tables that can have turned the choice, in words; null when nothing did. */
function changedBetween(before: OomReport, after: OomReport, expected: ProcessName, died: ProcessName): string | null {
  if (processOf(after, expected.pid) === null) return `${describeTask(expected)} is in the next table no more`;
  if (processOf(before, died.pid) === null) return `${describeTask(died)} is not in this table yet`;
  const grown = [died, expected].flatMap((task) => {
    const [was, is] = [processOf(before, task.pid), processOf(after, task.pid)];
    if (was === null || is === null) return [];
    const [from, to] = [sizeOf(was), sizeOf(is)];
    return from === to ? [] : [`${describeTask(task)} ${to > from ? "grew" : "shrank"} from ${from} to ${to} pages`];
  });
  return grown.length === 0 ? null : grown.join(", ");
}

/** Memory and swap of a row, in pages. */
function sizeOf({ rssPages, swapPages }: TaskRow): bigint {
  return toBigInt(rssPages) + toBigInt(swapPages ?? 0);
}
