import type { Scenario } from "../model/machine.js";
import type { Replay } from "../model/replay.js";
import type { Constraint, OomReport } from "../model/report.js";
import type { Era, KernelDetection } from "../model/traits.js";
import { type Int64, toBigInt } from "../model/units.js";
import type { ExplainedBy, NoVictimReason, Verdict } from "../model/verdict.js";
import { boundOverTotals } from "./bound-over-totals.js";
import { type Case, type CaseSet, picks, runEras } from "./cases.js";
import { runChecks } from "./checks.js";
import { columnBounds } from "./column-bounds.js";
import { explainByHints, type HintedVerdict } from "./hints.js";
import {
  allocatingTaskLine,
  describeTask,
  type Picked,
  pickedTask,
  processesOf,
  processOf,
  sameProcess,
} from "./process.js";
import { inferConstraint } from "./reconstruct-constraint.js";
import { legacyVerdict, openVerdict, rowMissing, rowsMissing, withoutTable } from "./undecidable.js";

/** What the judgement may use besides the report itself. */
export interface JudgeOptions {
  readonly pageSizeBytes: number;
  /** `totalpages` given by the user. */
  readonly totalPages?: Int64;
  /** Pids that earlier reports of the same boot killed: a log hints in this way at a victim already reaped. */
  readonly killedBefore?: ReadonlySet<number>;
}

/** The replay of a report and what it says about the kernel's choice. */
export interface Judgement {
  readonly scenario: Scenario | null;
  readonly replay: Replay | null;
  /** The constraint that the selection ran under, or null when the report does not tell. */
  readonly constraint: Constraint | null;
  /** The era of the re-run: of those that the release leaves possible, the first with which the printed score comes out. */
  readonly era: Era;
  readonly verdict: Verdict;
}

/** Re-runs the selection of a report and holds it against the log. */
export function judge(report: OomReport, detection: KernelDetection, options: JudgeOptions): Judgement {
  const sets = caseSets(report, detection, options);
  const first = sets[0] ?? null;
  const era = first?.era ?? detection.era;
  const checks = runChecks(report, {
    traits: era.traits,
    pageSizeBytes: options.pageSizeBytes,
    set: first,
    afterKill: (options.killedBefore?.size ?? 0) > 0,
  });
  const shown = first?.cases[0] ?? null;
  const inferred = (first?.inferred ?? inferConstraint(report, era.traits, options.pageSizeBytes)).constraint;
  // What is only assumed so that the rule can be run is not told.
  const constraintOf = (by: Case | null): Constraint | null => {
    const replayed = by?.scenario.constraint ?? inferred;
    return replayed === "CONSTRAINT_NONE" ? inferred : replayed;
  };
  const conclude = (verdict: Omit<Verdict, "checks">, by: Case | null = shown): Judgement => ({
    scenario: by?.scenario ?? null,
    replay: by === null ? null : boundOverTotals(by.replay, by.scenario),
    constraint: constraintOf(by),
    era,
    verdict: { ...verdict, checks },
  });

  const picked = pickedTask(report);
  if (picked === null || neverKilled(report, detection)) {
    return conclude({ ...noVictim(report), ...(first === null ? {} : openPick(report, sets, first, options)) });
  }
  const allocating = allocatingTaskLine(report);
  if (allocating !== null) return conclude(allocatingTask(report, picked, allocating));
  if (first === null || shown === null || report.tasks.length === 0)
    return conclude(withoutTable(report, picked, era.traits));
  if (era.traits.pointsRule === "legacy") return conclude(legacyVerdict(report, picked, shown));
  if (processOf(report, picked.pid) === null) return conclude(rowMissing(picked, shown));
  const { verdict, representative } = held(report, sets, first, picked, detection, options);
  return conclude(verdict, representative);
}

/** The re-runs held against the task that the log names. */
function held(
  report: OomReport,
  sets: readonly CaseSet[],
  first: CaseSet,
  picked: Picked,
  detection: KernelDetection,
  options: JudgeOptions,
): HintedVerdict {
  const cases = sets.flatMap((set) => set.cases);
  const agreeing = cases.filter((one) => picks(report, one, picked.pid));
  const [shown] = first.cases;
  const representative = agreeing[0] ?? shown;
  const isCut = report.taskTable?.cut === true;
  const columns = columnBounds(report, first, picked.pid, options);
  if (columns?.kind === "undecidable") return { verdict: columns.verdict, representative };
  if (agreeing.length === cases.length && columns?.kind !== "impossible") {
    const found = confirmed(report, first, representative, picked);
    return { verdict: isCut && found.kind !== "differs" ? rowsMissing(picked) : found, representative };
  }
  if (agreeing.length > 0 && agreeing.length < cases.length)
    return { verdict: openVerdict(sets, cases, report, picked), representative };

  const hint = explainByHints(report, first, picked.pid, options);
  if (hint === null) return { verdict: differs(report, first, shown, picked, detection), representative: shown };
  // Who volunteers is taken whatever the others have.
  const isWhole = !isCut || hint.verdict.by?.some(({ rule }) => rule === "oom-origin") === true;
  return isWhole || hint.verdict.kind === "undecidable" ? hint : { ...hint, verdict: rowsMissing(picked) };
}

/** What the log leaves open of the re-run's pick where it names none to hold it against. */
function openPick(
  report: OomReport,
  sets: readonly CaseSet[],
  first: CaseSet,
  options: JudgeOptions,
): Pick<Verdict, "missing" | "possibleVictims"> {
  const { chosen } = first.cases[0].replay;
  const row = chosen === null ? null : processOf(report, chosen.pid);
  if (chosen === null || row === null || first.era.traits.pointsRule === "legacy") return {};
  const picked: Picked = { ...chosen, line: row.line, printedThread: null };
  const columns = columnBounds(report, first, picked.pid, options);
  const cases = sets.flatMap((set) => set.cases);
  const open = [
    ...(columns?.kind === "undecidable" ? [columns.verdict] : []),
    ...(cases.some((one) => !picks(report, one, picked.pid)) ? [openVerdict(sets, cases, report, picked)] : []),
    ...(report.taskTable?.cut === true ? [rowsMissing(picked)] : []),
  ];
  const [verdict, ...others] = open;
  if (verdict === undefined) return {};
  const isOther = ({ pid }: { readonly pid: number | null }): boolean => pid !== picked.pid;
  return {
    missing: [...new Set(open.flatMap(({ missing = [] }) => missing))],
    possibleVictims: [
      ...(verdict.possibleVictims ?? []),
      ...others.flatMap(({ possibleVictims = [] }) => possibleVictims.filter(isOther)),
    ],
  };
}

/** Without a table there is nobody to choose from: one era, for the path up to the scan; none where not even the limit is known. */
function caseSets(report: OomReport, detection: KernelDetection, options: JudgeOptions): CaseSet[] {
  const { pageSizeBytes, totalPages = null } = options;
  if (report.tasks.length > 0) return runEras(report, detection.candidates, pageSizeBytes, totalPages);
  const { constraint } = inferConstraint(report, detection.era.traits, pageSizeBytes);
  return constraint === null ? [] : runEras(report, [detection.era], pageSizeBytes, totalPages);
}

/** The re-run picks the task that the log names: what is left is who died for it. */
function confirmed(report: OomReport, set: CaseSet, one: Case, picked: Picked): Omit<Verdict, "checks"> {
  const name = describeTask(picked);
  const range = set.cases.length > 1 ? forEveryTotal(set) : "";
  const capability =
    set.lacksCapability === true ? " Its printed score has no root bonus in it: it runs without CAP_SYS_ADMIN." : "";
  const by: { rule: ExplainedBy; lines: readonly number[] }[] = [];
  const tied = tiedRows(report, one);
  if (tied.length > 1) by.push({ rule: "tie-order", lines: tied });
  if (report.groupKill !== null) by.push({ rule: "oom-group", lines: [report.groupKill.line] });
  const dead = report.kills[0];
  if (picked.printedThread !== null && (dead === undefined || sameProcess(report, dead.pid, picked.pid))) {
    return {
      kind: "explained",
      sentence: `The re-run of the kernel's rule picks ${name}${range}; the log's line names its thread ${picked.printedThread}, which no row shows.${capability}`,
      by: [{ rule: "thread-named", lines: [picked.line, ...(dead === undefined ? [] : [dead.line])] }, ...by],
    };
  }
  if (dead === undefined || dead.pid === picked.pid) {
    const cut = dead === undefined ? " Its kill line is not in this log." : "";
    return {
      kind: "agrees",
      sentence: `The re-run of the kernel's rule picks ${name}${range}, as the log says.${capability}${cut}`,
      ...(by.length === 0 ? {} : { by }),
    };
  }
  const lines = [picked.line, dead.line];
  if (sameProcess(report, dead.pid, picked.pid)) {
    // The kill line names the thread whose mm was used, the other line the leader or the first live thread.
    if (one.replay.victim?.pid === dead.pid) {
      return {
        kind: "agrees",
        sentence: `The re-run of the kernel's rule picks ${name}${range}, as the log says; the kill line names its thread ${dead.pid}.`,
        by: [...by, { rule: "thread-named", lines }],
      };
    }
    return {
      kind: "explained",
      sentence: `The re-run picks ${name}${range}; the kill line names another thread of the same process, ${dead.pid}.`,
      by: [{ rule: "thread-named", lines }, ...by],
    };
  }
  if (set.era.traits.childSacrifice !== "none") {
    return {
      kind: "explained",
      sentence: `The re-run picks ${name}${range}, as the log says; its child ${describeTask(dead)} was killed in its place, as kernels before v5.1 do.`,
      by: [{ rule: "child-sacrificed", lines }, ...by],
    };
  }
  return {
    kind: "differs",
    sentence: `The re-run picks ${name}, but ${describeTask(dead)} died, and this kernel kills no child in its parent's place.`,
    likelyReasons: ["the two lines belong to different reports", "a modified kernel"],
  };
}

function forEveryTotal(set: CaseSet): string {
  const { min, max } = set.cases[0].scenario.totalPages;
  if (min === max) return "";
  return isOpenEnded(set) ? ` for every totalpages from ${min} up` : ` for every totalpages in [${min}, ${max}]`;
}

/** Whether the log sets no upper bound: the machine's swap, or the total itself, is not in it. */
function isOpenEnded(set: CaseSet): boolean {
  const { min, max } = set.cases[0].scenario.totalPages;
  return toBigInt(max) - toBigInt(min) >= 1n << 30n;
}

/** Lines of the eligible rows that have as many points as the chosen one. */
function tiedRows(report: OomReport, one: Case): number[] {
  const best = one.replay.ranking[0];
  if (best === undefined || best.points === null) return [];
  const end = one.replay.ranking.findIndex(({ eligible, points }) => !eligible || points !== best.points);
  const tied = end < 0 ? one.replay.ranking : one.replay.ranking.slice(0, end);
  const rowOf = tied.length > 1 ? processesOf(report) : (pid: number) => processOf(report, pid);
  return tied.flatMap(({ pid }) => rowOf(pid)?.line ?? []);
}
/**
 * Up to v2.6.35 a choice whose task and children may not be killed is followed by the next scan, for ever: the log then
 * holds choices and no kill.
 */
function neverKilled(report: OomReport, detection: KernelDetection): boolean {
  return (
    detection.era.traits.childSacrifice === "first-killable" && report.chosen !== null && report.kills.length === 0
  );
}

function noVictim(report: OomReport): Omit<Verdict, "checks"> {
  const reason: NoVictimReason =
    report.panic !== undefined
      ? "panic"
      : report.alreadyExiting.length > 0
        ? "victim-still-dying"
        : report.noKillable !== null || report.chosen !== null
          ? "no-killable"
          : "not-printed";
  const sentences: Readonly<Record<NoVictimReason, string>> = {
    panic: `Nobody was killed: the kernel panicked (${report.panic?.message ?? ""}).`,
    "no-killable":
      report.chosen === null
        ? "Nobody was killed: the kernel found no process that it may kill."
        : `Nobody was killed: ${describeTask(report.chosen)} was picked, but neither it nor a child may be killed, and the kernel scans again.`,
    "victim-still-dying": "Nobody was killed: the chosen process was already exiting.",
    "not-printed":
      report.reaper[0] === undefined
        ? "The log names no victim: it ends, or was cut, before the kill line."
        : `The log has no kill line; its reaper's line names ${describeTask(report.reaper[0])}.`,
  };
  return { kind: "none", sentence: sentences[reason], reason };
}

function allocatingTask(report: OomReport, picked: Picked, line: number): Omit<Verdict, "checks"> {
  const lines = [...(report.trigger === null ? [] : [report.trigger.line]), line];
  const by: { rule: ExplainedBy; lines: readonly number[] }[] = [{ rule: "allocating-task", lines }];
  const killed = report.kills[0];
  const childDied = killed !== undefined && !sameProcess(report, picked.pid, killed.pid);
  if (childDied) by.push({ rule: "child-sacrificed", lines: [picked.line, killed.line] });
  const child = childDied ? `; its child ${describeTask(killed)} was killed in its place` : "";
  return {
    kind: "explained",
    sentence: `vm.oom_kill_allocating_task is set: the kernel took the task that asked for memory, ${describeTask(picked)}, whatever its size${child}.`,
    by,
  };
}
function differs(
  report: OomReport,
  set: CaseSet,
  shown: Case,
  picked: Picked,
  detection: KernelDetection,
): Omit<Verdict, "checks"> {
  const chosen = shown.replay.chosen;
  const reasons: string[] = [];
  const [odd] = Object.keys(report.tasks[0]?.other ?? {});
  if (odd !== undefined) {
    reasons.push(`a patched kernel: its table has the column ${odd}, which no kernel read here prints`);
  }
  if (set.scoreFits === false)
    reasons.push("the printed score fits no total that the log allows: another constraint than the log shows");
  if (detection.certainty !== "mainline" && detection.certainty !== "stable") {
    reasons.push("a kernel whose rules differ from the mainline version that it is based on");
  }
  reasons.push(
    "state that no log prints: a task already reaped, in vfork, or sharing its memory with a protected one",
    "sizes that changed between the selection and the printing of the table",
    "an edited log",
  );
  return {
    kind: "differs",
    sentence:
      chosen !== null && sameProcess(report, chosen.pid, picked.pid)
        ? `The re-run picks ${describeTask(chosen)}, as the log says, but whatever the columns hold that its table lacks, not with the score that the log prints.`
        : chosen === null
          ? `The re-run finds no eligible task, but the log says that ${describeTask(picked)} was picked.`
          : `The re-run picks ${describeTask(chosen)}, but the log says that ${describeTask(picked)} was picked.`,
    likelyReasons: reasons,
  };
}
