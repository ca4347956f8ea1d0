import type { Scenario } from "../model/machine.js";
import type { Replay } from "../model/replay.js";
import type { Constraint, OomReport } from "../model/report.js";
import type { Era, KernelDetection } from "../model/traits.js";
import { type Int64, toBigInt } from "../model/units.js";
import type { ExplainedBy, NoVictimReason, Verdict } from "../model/verdict.js";
import { type Case, type CaseSet, picks, runEras } from "./cases.js";
import { runChecks } from "./checks.js";
import { columnBounds } from "./column-bounds.js";
import { explainByHints } from "./hints.js";
import { allocatingTaskLine, describeTask, type Picked, pickedTask, processOf, sameProcess } from "./process.js";
import { inferConstraint } from "./reconstruct-constraint.js";

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
    replay: by?.replay ?? null,
    constraint: constraintOf(by),
    era,
    verdict: { ...verdict, checks },
  });

  const picked = pickedTask(report);
  if (picked === null || neverKilled(report, detection)) return conclude(noVictim(report));
  const allocating = allocatingTaskLine(report);
  if (allocating !== null) return conclude(allocatingTask(report, picked, allocating));
  if (first === null || shown === null || report.tasks.length === 0) return conclude(withoutTable(report, picked));
  if (era.traits.pointsRule === "legacy") return conclude(legacy(report, picked, shown));
  if (processOf(report, picked.pid) === null) return conclude(rowMissing(picked, shown));

  const cases = sets.flatMap((set) => set.cases);
  const agreeing = cases.filter((one) => picks(report, one, picked.pid));
  const representative = agreeing[0] ?? shown;
  const columns = columnBounds(report, first, picked.pid, options);
  if (columns?.kind === "undecidable") return conclude(columns.verdict, representative);
  if (agreeing.length === cases.length && columns?.kind !== "impossible") {
    const found = confirmed(report, first, representative, picked);
    const isOpen = report.taskTable?.cut === true && found.kind === "agrees";
    return conclude(isOpen ? rowsMissing(picked) : found, representative);
  }
  if (agreeing.length > 0 && agreeing.length < cases.length)
    return conclude(open(sets, cases, report, picked), representative);

  const hint = explainByHints(report, first, picked.pid, options);
  if (hint !== null) return conclude(hint.verdict, hint.representative);
  return conclude(differs(report, first, shown, picked, detection));
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
  const tied: number[] = [];
  for (const task of one.replay.ranking) {
    if (!task.eligible || task.points !== best.points) break;
    const row = processOf(report, task.pid);
    if (row !== null) tied.push(row.line);
  }
  return tied;
}

/** The quantity that the log leaves open decides: more than one task can be the choice. */
function open(
  sets: readonly CaseSet[],
  cases: readonly Case[],
  report: OomReport,
  picked: Picked,
): Omit<Verdict, "checks"> {
  const possible = new Map<number, { pid: number; name: string; when: string }>();
  for (const one of cases) {
    const chosen = one.replay.chosen;
    if (chosen === null || possible.has(chosen.pid)) continue;
    const era = sets.length > 1 ? `, rules of ${one.scenario.era}` : "";
    possible.set(chosen.pid, { ...chosen, when: `totalpages is ${one.totalPages}${era}` });
  }
  const missing = [
    ...new Set(
      sets.flatMap((set) =>
        set.total === null ? ["totalpages"] : set.total.unknown === null ? [] : [set.total.unknown],
      ),
    ),
    ...(sets.length > 1 ? ["the kernel release"] : []),
  ];
  const others = [...possible.values()].filter((one) => !sameProcess(report, one.pid, picked.pid));
  return {
    kind: "undecidable",
    sentence: `The log leaves open ${missing.join(" and ")}: the rule picks ${describeTask(picked)} for some values and ${others.map(describeTask).join(", ")} for others.`,
    missing,
    possibleVictims: [...possible.values()],
  };
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

function withoutTable(report: OomReport, picked: Picked): Omit<Verdict, "checks"> {
  const why =
    report.rateLimited === true
      ? "the kill stands without its report (the kernel prints at most 10 in 5 seconds, or this log leaves it out)"
      : report.tableAbsent === true
        ? "the kernel printed no task table (vm.oom_dump_tasks is 0)"
        : "the task table is not in this log";
  return {
    kind: "undecidable",
    sentence: `The log does not show the other candidates: ${why}.`,
    missing: ["the task table"],
    possibleVictims: [
      { pid: picked.pid, name: picked.name, when: "it had the most points" },
      { pid: null, name: "any process that the log does not name", when: "it had more points than the one killed" },
    ],
  };
}

function rowMissing(picked: Picked, shown: Case): Omit<Verdict, "checks"> {
  const best = shown.replay.chosen;
  return {
    kind: "undecidable",
    sentence: `The task table has no row of ${describeTask(picked)}: a part of it is missing from this log.`,
    missing: [`the row of pid ${picked.pid} in the task table`],
    possibleVictims: [
      { pid: picked.pid, name: picked.name, when: "its row has the most points" },
      best === null
        ? { pid: null, name: "a process whose row is missing", when: "its row has more points" }
        : { ...best, when: "no missing row has more points" },
    ],
  };
}

/** The log itself shows that rows of the table are not in it. */
function rowsMissing(picked: Picked): Omit<Verdict, "checks"> {
  return {
    kind: "undecidable",
    sentence: `${describeTask(picked)} has the most points of the rows that are in this log, but rows were left out of the table.`,
    missing: ["rows of the task table"],
    possibleVictims: [
      { pid: picked.pid, name: picked.name, when: "no row that was left out has more points" },
      { pid: null, name: "a process whose row was left out", when: "it has more points" },
    ],
  };
}

/** Up to v2.6.35 the points depend on children, run time, nice and capabilities, which no log prints. */
function legacy(report: OomReport, picked: Picked, shown: Case): Omit<Verdict, "checks"> {
  const rival = shown.replay.ranking.find((task) => task.eligible && !sameProcess(report, task.pid, picked.pid));
  const possible = [
    {
      pid: picked.pid,
      name: picked.name,
      when: "its children, run time, nice and capabilities give it the most points",
    },
    ...(rival === undefined
      ? []
      : [{ pid: rival.pid, name: rival.name, when: "the same facts do not lower its points below the others" }]),
  ];
  if (rival === undefined) {
    return { kind: "agrees", sentence: `${describeTask(picked)} is the only candidate in the table.` };
  }
  return {
    kind: "undecidable",
    sentence:
      "This kernel's rule (up to v2.6.35) counts children, run time, nice and capabilities, which no log prints: the choice can not be re-run.",
    missing: ["children's total_vm", "cpu time and run time", "nice", "capabilities"],
    possibleVictims: possible,
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
