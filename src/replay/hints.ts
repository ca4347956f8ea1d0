import type { MachineTask } from "../model/machine.js";
import type { OomReport, TaskRow } from "../model/report.js";
import type { ExplainedBy, Verdict } from "../model/verdict.js";
import { type Case, type CaseSet, picks, runCases } from "./cases.js";
import { describeTask, processOf, sameProcess } from "./process.js";
import type { Assumptions } from "./reconstruct-machine.js";
import type { JudgeOptions } from "./verdict.js";

/** A verdict that a hint in the log leads to, with the re-run that shows it. */
export interface HintedVerdict {
  readonly verdict: Omit<Verdict, "checks">;
  readonly representative: Case;
}

interface HintContext {
  readonly report: OomReport;
  readonly set: CaseSet;
  readonly pickedPid: number;
  readonly options: JudgeOptions;
  /** The plain re-run's choice, which the log does not confirm. */
  readonly plain: { readonly pid: number; readonly name: string };
  /** Re-runs with an assumption. */
  readonly rerun: (assumed: Assumptions) => readonly Case[];
  /** The same; the case in which the log's choice comes out, or null. */
  readonly confirm: (assumed: Assumptions) => Case | null;
}

type Hint = (context: HintContext) => HintedVerdict | null;

/**
 * State that no log prints, each tried only where this log hints at it, most specific first. A hint that is evidence in
 * itself explains the choice; one that only makes it possible leaves it undecidable.
 */
const hints: readonly Hint[] = [
  oomOrigin,
  vforkTwin,
  forkedLater,
  sharedMm,
  killedBefore,
  rootWithoutCapability,
  childInItsPlace,
];

/** Looks for a hint under which the re-run gives the log's choice; null when there is none. */
export function explainByHints(
  report: OomReport,
  set: CaseSet,
  pickedPid: number,
  options: JudgeOptions,
): HintedVerdict | null {
  const plain = set.cases[0].replay.chosen;
  if (plain === null) return null;
  const rerun = (assumed: Assumptions): readonly Case[] =>
    runCases(report, set.era, options.pageSizeBytes, options.totalPages ?? null, assumed).cases;
  const confirm = (assumed: Assumptions): Case | null =>
    rerun(assumed).find((one) => picks(report, one, pickedPid)) ?? null;
  for (const hint of hints) {
    const found = hint({ report, set, pickedPid, options, plain, rerun, confirm });
    if (found !== null) return found;
  }
  return null;
}

function assuming(tasks: readonly (readonly [number, Partial<MachineTask> | null])[]): Assumptions {
  return new Map(tasks);
}

function explained(rule: ExplainedBy, lines: readonly number[], sentence: string, representative: Case): HintedVerdict {
  return { verdict: { kind: "explained", sentence, by: [{ rule, lines }] }, representative };
}

/** Functions that run with the oom-origin mark: swapoff reads swap back in, ksm splits pages on unmerge. */
export const ORIGIN_FUNCTIONS = /^(?:try_to_unuse|unuse_\w+|\w*swapoff|break_ksm|unmerge\w*)/;

function oomOrigin({ report, pickedPid, confirm }: HintContext): HintedVerdict | null {
  const { trigger } = report;
  const frame = report.stack.find(({ function: name }) => ORIGIN_FUNCTIONS.test(name));
  if (frame === undefined || trigger?.pid == null || !sameProcess(report, trigger.pid, pickedPid)) return null;
  const one = confirm(assuming([[pickedPid, { flags: { origin: true } }]]));
  if (one === null) return null;
  return explained(
    "oom-origin",
    [trigger.line, frame.line],
    `The invoker ${describeTask({ pid: pickedPid, name: trigger.name ?? "" })} was in ${frame.function}, which volunteers its task as the victim.`,
    one,
  );
}

/** Whether two rows can be one address space: the same sizes in every column. */
function sameSizes(a: TaskRow, b: TaskRow): boolean {
  return (
    a.totalVmPages === b.totalVmPages &&
    a.rssPages === b.rssPages &&
    a.swapPages === b.swapPages &&
    a.pgtablesBytes === b.pgtablesBytes &&
    a.nrPtes === b.nrPtes &&
    a.nrPmds === b.nrPmds
  );
}

/** A vfork child borrows its parent's memory, so both rows are equal, and it is not eligible while it does. */
function vforkTwin({ report, set, pickedPid, plain, confirm }: HintContext): HintedVerdict | null {
  const parent = processOf(report, pickedPid);
  if (parent === null || set.era.traits.vfork !== "tested") return null;
  const twins = report.tasks.filter((row) => row !== parent && sameSizes(row, parent));
  const [child] = twins;
  if (twins.length !== 1 || child === undefined || !sameProcess(report, child.pid, plain.pid)) return null;
  const one = confirm(assuming([[child.pid, { flags: { vfork: true } }]]));
  if (one === null) return null;
  return explained(
    "vfork-twin",
    [parent.line, child.line],
    `${describeTask(child)} has the same sizes as ${describeTask(parent)} in every column: a child in vfork, which borrows its parent's memory and is not eligible.`,
    one,
  );
}

/** The table is printed after the selection: equal younger tasks behind the victim were forked in between. */
function forkedLater({ report, set, pickedPid, confirm }: HintContext): HintedVerdict | null {
  const picked = processOf(report, pickedPid);
  const { ranking } = set.cases[0].replay;
  if (picked === null) return null;
  const own = ranking.find((task) => sameProcess(report, task.pid, pickedPid));
  if (own === undefined || own.points === null) return null;
  const position = report.tasks.indexOf(picked);
  const younger: TaskRow[] = [];
  for (const task of ranking) {
    if (task.points !== own.points || task === own) continue;
    const row = processOf(report, task.pid);
    if (row !== null && report.tasks.indexOf(row) > position && row.pid > picked.pid) younger.push(row);
  }
  if (younger.length === 0) return null;
  const one = confirm(assuming(younger.map((row) => [row.pid, null])));
  if (one === null) return null;
  return explained(
    "forked-later",
    [picked.line, ...younger.map((row) => row.line)],
    `${younger.length === 1 ? "One equal, younger task stands" : `${younger.length} equal, younger tasks stand`} behind ${describeTask(picked)} in the table: forked after the selection, before the printing.`,
    one,
  );
}

/** Up to v3.1 (and in RHEL 6) one process at -1000 protects all that share its memory; equal rows hint at it. */
function sharedMm({ report, set, plain, confirm }: HintContext): HintedVerdict | null {
  const row = processOf(report, plain.pid);
  if (row === null || set.era.traits.minAdjTest !== "shared-mm") return null;
  const protector = report.tasks.find((other) => other !== row && other.oomScoreAdj === -1000 && sameSizes(other, row));
  if (protector === undefined) return null;
  const one = confirm(assuming([[row.pid, { oomScoreAdj: -1000 }]]));
  if (one === null) return null;
  return explained(
    "mm-shared",
    [row.line, protector.line],
    `${describeTask(row)} has the same sizes as ${describeTask(protector)}, which is at -1000: sharing its memory, it is not eligible either.`,
    one,
  );
}

/**
 * A task that an earlier report killed may still be in the table, its memory already reaped and so passed over. Where
 * the kernel waits for a victim that is not yet reaped, a second kill shows that it was.
 */
function killedBefore(context: HintContext): HintedVerdict | null {
  const { report, pickedPid, options, plain, rerun } = context;
  const { killedBefore: pids } = options;
  if (pids === undefined || !pids.has(plain.pid)) return null;
  const dying = report.tasks.filter((row) => pids.has(row.pid) && !sameProcess(report, row.pid, pickedPid));
  const assumingDying = (oomSkip: boolean) =>
    rerun(assuming(dying.map((row) => [row.pid, { flags: { oomSkip, victim: true } }])));
  const cases = assumingDying(true);
  const one = cases.find((each) => picks(report, each, pickedPid));
  const picked = processOf(report, pickedPid);
  if (one === undefined || picked === null) return null;
  const isWaitedFor = assumingDying(false).every(({ replay: { chosen } }) => chosen === null);
  if (isWaitedFor && cases.every((each) => picks(report, each, pickedPid))) {
    return {
      verdict: {
        kind: "agrees",
        sentence: `The re-run of the kernel's rule picks ${describeTask(picked)}, as the log says: ${describeTask(plain)}, which an earlier report killed, was passed over, for the kernel waits for a victim whose memory is not yet reaped.`,
      },
      representative: one,
    };
  }
  return {
    verdict: {
      kind: "undecidable",
      sentence: `${describeTask(plain)} was killed by an earlier report and is still in the table; the log does not show whether it was already passed over.`,
      missing: [`whether the memory of pid ${plain.pid} was already reaped (MMF_OOM_SKIP)`],
      possibleVictims: [
        { pid: picked.pid, name: picked.name, when: `pid ${plain.pid} was already reaped` },
        { ...plain, when: `pid ${plain.pid} was not yet reaped` },
      ],
    },
    representative: one,
  };
}

/** Up to v4.16 CAP_SYS_ADMIN earns a bonus; uid 0 only hints at it. */
function rootWithoutCapability({ report, set, pickedPid, plain, confirm }: HintContext): HintedVerdict | null {
  const picked = processOf(report, pickedPid);
  if (picked === null || set.era.traits.rootBonus === "none") return null;
  const roots = report.tasks.filter((row) => row.uid === 0 && row === picked);
  if (roots.length === 0) return null;
  const one = confirm(assuming([[picked.pid, { capabilities: [] }]]));
  if (one === null) return null;
  return {
    verdict: {
      kind: "undecidable",
      sentence: `${describeTask(picked)} runs as uid 0; whether it has CAP_SYS_ADMIN, which earns a bonus on this kernel, is not in the log and decides.`,
      missing: [`the effective capabilities of pid ${picked.pid}`],
      possibleVictims: [
        { pid: picked.pid, name: picked.name, when: "it lacks CAP_SYS_ADMIN (a container, a dropped capability)" },
        { ...plain, when: `pid ${picked.pid} has CAP_SYS_ADMIN` },
      ],
    },
    representative: one,
  };
}

/** Up to v5.0 a child may die for its parent; without the `Kill process` line the log does not name the parent. */
function childInItsPlace({ report, set, pickedPid, plain }: HintContext): HintedVerdict | null {
  const killed = report.kills[0];
  if (report.chosen !== null || killed === undefined || set.era.traits.childSacrifice === "none") return null;
  return {
    verdict: {
      kind: "undecidable",
      sentence: `The line that names the choice is not in this log: ${describeTask(killed)} died for itself or in the place of its parent.`,
      missing: ["the `Kill process` line", "who is the parent of whom"],
      possibleVictims: [
        { pid: pickedPid, name: killed.name, when: `it is a child of ${describeTask(plain)}` },
        { ...plain, when: `${describeTask(killed)} is not its child` },
      ],
    },
    representative: set.cases[0],
  };
}
