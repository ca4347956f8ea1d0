import type { Accounting } from "../../model/accounting.js";
import type { Analysis } from "../../model/analysis.js";
import type { RankedTask } from "../../model/replay.js";
import type { OomReport } from "../../model/report.js";
import { type Int64, toBigInt } from "../../model/units.js";
import type {
  AdjProtection,
  AppliedEdit,
  Edit,
  LeastLimit,
  ProcessName,
  RankChange,
  RankState,
  TaskSelector,
  WhatIf,
  WhatIfOutcome,
} from "../../model/what-if.js";
import { describeTask } from "../process.js";
import { applyEdits } from "./apply.js";
import { nameOf, processIn } from "./dead.js";
import { editText, selectorText } from "./edit-text.js";
import { flipMargins } from "./flip-margins.js";
import { diesWithGroup } from "./group.js";
import { compareKernels } from "./kernels.js";
import { leastLimit } from "./least-limit.js";
import { swapAllowance } from "./memory-parts.js";
import { byProcess, outcomeOf, plainOutcome, settle } from "./outcome.js";
import { applyPolicy, type Policy } from "./policy.js";
import { MOST_TOTALS, spansOf } from "./possible.js";
import { prefer, protect } from "./protect.js";
import { deadInReport, sequenceOf } from "./sequence.js";
import type { Subject } from "./subject.js";

/** What is asked of a selection. */
export interface Question {
  readonly edits: readonly Edit[];
  /** Adjustments by name or cgroup, set before the edits. */
  readonly policy?: Policy;
  /** The highest `oom_score_adj` that keeps these alive. */
  readonly protect?: TaskSelector;
  /** The lowest that makes one of these the choice. */
  readonly prefer?: TaskSelector;
  /** Who dies next, at most so many, until so much is freed. */
  readonly sequence?: { readonly kills: number; readonly needBytes: Int64 | null };
  /** Compare the choice of all kernels, or of these. */
  readonly kernels?: "all" | readonly string[];
  /** How far processes are from being chosen or spared, all or so many of the best; and the memory that would have sufficed. */
  readonly margins?: "all" | number;
}

/** What is known of an answer at first: the ranking, not yet what else is possible. */
export type FirstAnswer = Pick<WhatIf, "before" | "after" | "changes">;

/**
 * Answers a question about a report's selection.
 *
 * @param before What happened ({@link loggedOutcome}).
 * @param onFirst Gets what one run tells, before the many that tell what is decided.
 */
export function whatIf(
  subject: Subject,
  before: WhatIfOutcome,
  report: OomReport,
  accounting: Accounting | null,
  question: Question,
  onFirst: (first: FirstAnswer) => void = () => {},
): WhatIf {
  const { edited, applied } = editedBy(subject, question);
  const plain = applied.length === 0 ? null : plainOutcome(edited);
  const changes = plain === null ? [] : changesOf(before, plain.outcome, subject, edited);
  if (plain !== null) onFirst({ before, after: plain.outcome, changes });
  const after = plain === null ? before : settle(plain, edited);
  const { sequence, kernels, margins } = question;
  const first = { outcome: after, dead: after === before ? deadOrNull(report) : null };
  const protection = question.protect === undefined ? undefined : protect(edited, question.protect);
  return {
    report,
    edits: applied,
    before,
    after,
    changed: isChanged(before, after),
    changes,
    ...(margins === undefined
      ? {}
      : {
          margins: flipMargins(edited, margins === "all" ? Number.POSITIVE_INFINITY : margins),
          leastLimit: leastLimit(report, accounting, subject),
        }),
    ...(protection === undefined ? {} : { protect: protection }),
    ...(question.prefer === undefined ? {} : { prefer: prefer(edited, question.prefer) }),
    ...(sequence === undefined ? {} : sequenceOf(edited, sequence, first)),
    ...(kernels === undefined ? {} : { kernels: compareKernels(subject, kernels, question.edits, before) }),
    remarks: [
      ...subject.remarks,
      ...thinnedRemark(edited),
      ...enoughRemark(leastLimit(report, accounting, subject), subject, edited),
      ...childRemark(before, [after.chosen, protection?.chosenThen], edited),
      ...groupRemark(before, after, edited),
    ],
  };
}

/** The answer on a report without a task table: what happened, and that nothing more can be told. */
export function whatIfWithoutTable(report: OomReport, { edits, protect, prefer, sequence }: Question): WhatIf {
  const chosen = report.chosen ?? report.kills[0] ?? null;
  const victim = report.kills[0] ?? null;
  const named = (task: ProcessName | null): ProcessName | null =>
    task === null ? null : { pid: task.pid, name: task.name };
  const { kernel, constraint } = report;
  const base = { era: kernel.era, constraint, totalPages: null, pointsUnit: null, outcome: null, ranking: [] };
  const missing = ["the task table"];
  const before: WhatIfOutcome = {
    ...base,
    chosen: named(chosen),
    victim: named(victim),
    alsoKilled: [],
    decided: chosen !== null,
    possible: chosen === null ? [] : [{ pid: chosen.pid, name: chosen.name, when: "the log says so" }],
    missing: chosen === null ? missing : [],
  };
  const after: WhatIfOutcome = {
    ...base,
    chosen: null,
    victim: null,
    alsoKilled: [],
    decided: false,
    possible: [],
    missing,
  };
  return {
    report,
    edits: edits.map((edit) => ({ edit, text: editText(edit), tasks: [] })),
    before,
    after,
    changed: null,
    changes: [],
    ...(protect === undefined
      ? {}
      : { protect: { ...unknownTarget(protect), highestOomScoreAdj: null, chosenThen: null, possibleThen: [] } }),
    ...(prefer === undefined ? {} : { prefer: { ...unknownTarget(prefer), lowestOomScoreAdj: null } }),
    ...(sequence === undefined ? {} : { sequence: [] }),
    remarks: ["The report has no task table: nothing can be run again."],
  };
}

/** A process that is asked about without a table. */
function unknownTarget(
  selector: TaskSelector,
): Pick<AdjProtection, "pid" | "name" | "tasks" | "oomScoreAdj" | "reason"> {
  const name = selectorText(selector);
  const pid = selector.by === "pid" ? selector.pid : -1;
  return {
    pid,
    name,
    tasks: [],
    oomScoreAdj: null,
    reason: `The report has no task table that would tell of ${name}.`,
  };
}

function editedBy(
  subject: Subject,
  { policy, edits }: Question,
): { readonly edited: Subject; readonly applied: readonly AppliedEdit[] } {
  const ruled = policy === undefined ? { subject, applied: [] } : applyPolicy(subject, policy);
  const { subject: edited, applied } = applyEdits(ruled.subject, edits);
  return { edited, applied: [...ruled.applied, ...applied] };
}

function deadOrNull(report: OomReport): ReadonlySet<number> | null {
  const dead = deadInReport(report);
  return dead.size === 0 ? null : dead;
}

/** What happened is decided where the log says who was picked. */
export function loggedOutcome(
  subject: Subject,
  { report, replay }: Pick<Analysis, "report" | "replay">,
): WhatIfOutcome {
  const { picked, withoutRow } = subject;
  const { machine } = subject.worlds[0];
  const rerun = picked === null ? outcomeOf(subject) : plainOutcome(subject).outcome;
  // One replay of what happened, whoever shows it.
  const outcome = replay === null ? rerun : { ...rerun, ranking: byProcess(replay.ranking) };
  if (picked === null) return outcome;
  const chosen = withoutRow ?? nameInTable(report, picked);
  const killed = report.kills[0];
  const when = "the log says so";
  return {
    ...outcome,
    chosen,
    victim: killed === undefined ? outcome.victim : { pid: killed.pid, name: killed.name },
    alsoKilled: [...deadInReport(report)]
      .filter((tgid) => tgid !== (killed === undefined ? chosen.pid : processIn(machine, killed)))
      .map((tgid) => nameOf(machine, tgid)),
    decided: true,
    possible: [{ ...chosen, when }],
    missing: [],
  };
}

function nameInTable({ tasks }: OomReport, picked: number): ProcessName {
  return { pid: picked, name: tasks.find(({ tgid }) => tgid === picked)?.name ?? "" };
}

function isChanged(before: WhatIfOutcome, after: WhatIfOutcome): boolean | null {
  if (before === after) return false;
  const was = before.chosen?.pid ?? null;
  if (after.decided && before.decided) return (after.chosen?.pid ?? null) !== was;
  if (after.possible.length === 0 || !before.decided) return null;
  return after.possible.some(({ pid }) => pid === was) ? null : true;
}

/** Between totals that were not run another may be the choice. */
function thinnedRemark(subject: Subject): string[] {
  if (subject.withoutRow !== null) return [];
  for (const { isThinned } of spansOf(subject)) {
    if (!isThinned) continue;
    return [
      `The log does not tell totalpages: ${MOST_TOTALS} of the values at which the choice can change were run, so that others may be possible too.`,
    ];
  }
  return [];
}

/** More memory may have spared the kill altogether: then the answer is about a later one. */
function enoughRemark(least: LeastLimit | null, was: Subject, is: Subject): string[] {
  if (isMoreSwap(was, is)) return [MORE_SWAP];
  const now = limitBytes(is);
  if (now === null || now === limitBytes(was)) return [];
  const { leastBytes } = least ?? { leastBytes: null };
  if (leastBytes === null || now < toBigInt(leastBytes)) return [];
  return [
    "With so much memory this one request would have been met: what follows is who would be picked if the same tasks had come to the limit all the same.",
  ];
}

const MORE_SWAP =
  "With more swap this one request may have been met: what follows is who would be picked if the same tasks had come to the limit all the same.";

/** Whether there is more swap than before, or may be. */
function isMoreSwap({ memory: was }: Subject, { memory: is }: Subject): boolean {
  const before = swapPagesOf(was);
  const after = swapPagesOf(is);
  // A cgroup may be left no swap, whatever the machine has.
  if (after === null || (is.kind === "memcg" && swapAllowance(is) === 0n)) return false;
  return after > (before ?? 0n);
}

function swapPagesOf(memory: Subject["memory"]): bigint | null {
  if (memory.kind === "unknown") return null;
  return memory.kind === "memcg" ? memory.machineSwapPages : memory.swapPages;
}

/** The limit that was hit; null where the log does not tell it. */
function limitBytes({ memory, worlds: [{ machine }] }: Subject): bigint | null {
  const pages = memory.kind === "memcg" ? memory.limitPages : memory.kind === "machine" ? memory.ramPages : null;
  return pages === null ? null : pages * BigInt(machine.pageSizeBytes);
}

/** Up to v5.0 a child dies in the place of the chosen task. */
function childRemark(
  before: WhatIfOutcome,
  chosen: readonly (ProcessName | null | undefined)[],
  { worlds }: Subject,
): string[] {
  const { childSacrifice } = worlds[0].traits;
  const told = new Set([before.chosen?.pid, before.victim?.pid]);
  if (childSacrifice === "none" || chosen.every((one) => one == null || told.has(one.pid))) return [];
  return [
    "On this kernel (up to v5.0) a child of the chosen process dies in its place; the log does not tell parents.",
  ];
}

/** A cgroup that dies as a whole does so with any of its members. */
function groupRemark(before: WhatIfOutcome, after: WhatIfOutcome, { group, worlds: [scenario] }: Subject): string[] {
  const { chosen } = after;
  if (group === null || chosen === null || before === after) return [];
  if (diesWithGroup(group, scenario, chosen.pid).length === 0) return [];
  return [`${describeTask(chosen)} is in ${group.path} too: the whole cgroup dies with it (memory.oom.group).`];
}

/** The processes whose place, points or adjustment changed, in the order in which they stand afterwards. */
function changesOf(before: WhatIfOutcome, after: WhatIfOutcome, was: Subject, is: Subject): RankChange[] {
  const earlier = statesOf(before.ranking, was);
  const later = statesOf(after.ranking, is);
  const changes: RankChange[] = [];
  for (const { pid, name } of [...after.ranking, ...before.ranking.filter((task) => !later.has(task.pid))]) {
    const change = { pid, name, before: earlier.get(pid) ?? null, after: later.get(pid) ?? null };
    if (!isSameState(change.before, change.after)) changes.push(change);
  }
  return changes;
}

function statesOf(ranking: readonly RankedTask[], { worlds }: Subject): ReadonlyMap<number, RankState> {
  const adjOf = new Map(worlds[0].machine.tasks.map((task) => [task.tgid, task.oomScoreAdj ?? null]));
  return new Map(
    ranking.map(({ pid, points, eligible }, index) => [
      pid,
      { place: eligible ? index + 1 : null, points, oomScoreAdj: adjOf.get(pid) ?? null },
    ]),
  );
}

function isSameState(a: RankState | null, b: RankState | null): boolean {
  return a?.place === b?.place && a?.points === b?.points && a?.oomScoreAdj === b?.oomScoreAdj;
}
