import { eraFor } from "../src/kernel/eras/resolve.js";
import type { Analysis } from "../src/model/analysis.js";
import type { Scenario as ReplayScenario } from "../src/model/machine.js";
import type { RankedTask, Replay } from "../src/model/replay.js";
import type { OomReport } from "../src/model/report.js";
import { toBigInt } from "../src/model/units.js";
import { replay } from "../src/replay/replay.js";
import { deriveTotals } from "../src/replay/totals.js";
import { aftermathVerdicts, factOf } from "./facts.js";
import { machineOfTruth } from "./machine.js";
import { counterErrorPages, oomScoreError, oomScoreOf } from "./oom-score.js";
import { leavesReport, type Scenario } from "./scenario.js";
import type { TrueTask, Truth } from "./truth.js";

/** What is held against each other, in the order of the table's marks. */
export const comparisons = ["victim", "checks", "badness", "machine"] as const;
export type Comparison = (typeof comparisons)[number];

/** Result of one comparison: how much was compared, and what was not as it should be. */
export interface Tally {
  readonly compared: number;
  readonly problems: readonly string[];
}

/** A run held against oomlog's analysis of its log and against the selection on the full machine. */
export interface Comparisons {
  readonly scenario: string;
  readonly kernelId: string;
  readonly release: string;
  readonly tallies: Readonly<Record<Comparison, Tally>>;
  readonly verdicts: readonly string[];
}

class Counter {
  compared = 0;
  readonly problems: string[] = [];

  check(holds: boolean, problem: () => string): void {
    this.compared++;
    if (!holds) this.problems.push(problem());
  }
}

/**
 * Compares a run with what oomlog makes of its log.
 *
 * - `victim`: every report is read, its verdict is one that the scenario's facts allow, the victim of the re-run is the
 *   kernel's, and the reports name all who died and nobody else.
 * - `checks`: no equation between printed numbers fails.
 * - `badness`: the points of each blocked task give its oom_score, within the kernel's own error.
 * - `machine`: the selection on the full machine gives the kernel's victim, where all that can be chosen block.
 */
export function compareRun(scenario: Scenario, truth: Truth, analyses: readonly Analysis[]): Comparisons {
  return {
    scenario: scenario.name,
    kernelId: truth.kernelId,
    release: truth.kernel,
    tallies: {
      victim: compareVictims(scenario, truth, analyses),
      checks: compareChecks(analyses),
      badness: compareBadness(truth, analyses),
      machine: compareMachine(truth, analyses),
    },
    verdicts: analyses.map(({ verdict }) => verdict.kind),
  };
}

function compareVictims(scenario: Scenario, truth: Truth, analyses: readonly Analysis[]): Tally {
  const counter = new Counter();
  const allowed = new Set(scenario.decidedBy.flatMap((fact) => [...factOf(fact).verdicts]));
  const rules = new Set(scenario.decidedBy.flatMap((fact) => [...factOf(fact).by]));
  const isShown = scenario.decidedBy.every((fact) => factOf(fact).shown);
  counter.check(analyses.length > 0 === leavesReport(scenario), () => `${analyses.length} reports in the log`);
  for (const [index, { report, replay: again, verdict }] of analyses.entries()) {
    const place = `line ${report.line}`;
    const isAftermath = index > 0 && report.memcg !== null && aftermathVerdicts.includes(verdict.kind);
    counter.check(isAftermath || allowed.has(verdict.kind), () => `${place}: ${verdict.kind}: ${verdict.sentence}`);
    for (const { rule } of verdict.by ?? []) counter.check(rules.has(rule), () => `${place}: explained by ${rule}`);
    const killed = report.kills[0];
    if (killed === undefined) continue;
    const victim = processOf(truth, killed.pid);
    if (verdict.kind === "agrees" || (verdict.kind === "explained" && isShown && !isAftermath)) {
      const predicted = again?.victim?.pid ?? null;
      counter.check(
        predicted !== null && processOf(truth, predicted) === victim,
        () => `${place}: the re-run kills ${predicted}, the kernel ${killed.pid}`,
      );
    }
    if (verdict.kind === "undecidable") {
      const possible = (verdict.possibleVictims ?? []).map(({ pid }) => pid);
      counter.check(
        possible.some((pid) => pid === null || processOf(truth, pid) === victim),
        () => `${place}: the kernel's victim ${killed.pid} is not among the possible ${possible.join(", ")}`,
      );
    }
  }
  compareDeaths(counter, truth, analyses);
  return counter;
}

/** The reports name those who died as init saw it, and those who share a victim's address space. */
function compareDeaths(counter: Counter, truth: Truth, analyses: readonly Analysis[]): void {
  if (truth.panicked) return;
  const printed = new Set(analyses.flatMap(({ report }) => report.kills.map(({ pid }) => processOf(truth, pid))));
  const died = new Set(truth.died.map(({ pid }) => pid));
  const known = new Set(truth.tasks.map(({ pid }) => pid));
  for (const pid of printed) counter.check(died.has(pid) || !known.has(pid), () => `the log kills ${pid}, which lives`);
  const goneMms = new Set(truth.tasks.filter(({ pid }) => printed.has(pid)).map(({ mm }) => mm));
  for (const { pid, name } of truth.died) {
    const task = truth.tasks.find((one) => one.pid === pid);
    const isSharer = task !== undefined && goneMms.has(task.mm);
    counter.check(printed.has(pid) || isSharer, () => `${pid} (${name}) died and no report says so`);
  }
}

function compareChecks(analyses: readonly Analysis[]): Tally {
  const counter = new Counter();
  for (const { report, verdict } of analyses)
    for (const { id, ok, expected, actual } of verdict.checks)
      if (ok !== null) counter.check(ok, () => `line ${report.line}: ${id}: ${expected}, not ${actual}`);
  return counter;
}

/** Only the first report of a run: the truth was read before it. */
function compareBadness(truth: Truth, analyses: readonly Analysis[]): Tally {
  const counter = new Counter();
  const ranking = analyses[0]?.replay?.ranking ?? [];
  const total = BigInt(truth.totalRamPages + truth.totalSwapPages);
  const grownMms = new Set(truth.tasks.filter(({ act }) => act !== null).map(({ mm }) => mm));
  for (const task of truth.tasks) {
    // What a task that acts holds has grown; one in vfork shows 0, which no log can tell; shared memory may be in swap.
    const maySwapShared = truth.totalSwapPages > 0 && task.rssShmemKb > 0;
    if (grownMms.has(task.mm) || task.vfork || maySwapShared) continue;
    const ranked = ranking.find(({ pid }) => processOf(truth, pid) === task.pid);
    if (ranked === undefined) continue;
    const predicted = oomScoreOf(pointsInMachine(ranked, task, total), total);
    const tolerance = oomScoreError(errorOf(truth, task), total);
    counter.check(
      Math.abs(predicted - task.oomScore) <= tolerance,
      () => `${task.pid} (${task.name}): oom_score ${task.oomScore} in /proc, ${predicted} from the log`,
    );
  }
  return counter;
}

/** By how many pages a task's counters may be off. */
function errorOf(truth: Truth, task: TrueTask | undefined): number {
  return counterErrorPages({
    release: truth.kernel,
    cpus: truth.cpus,
    threads: task?.threadIds.length ?? 1,
    swaps: truth.totalSwapPages > 0,
  });
}

/** The points as /proc counts them: oom_score_adj scaled by the machine's total, whatever the report was confined to. */
function pointsInMachine(ranked: RankedTask, task: TrueTask, total: bigint): bigint | null {
  if (task.oomScoreAdj === -1000) return null;
  const pages = ranked.parts
    .filter(({ name }) => name !== "oomScoreAdj")
    .reduce((sum, { value }) => sum + toBigInt(value), 0n);
  return pages + BigInt(task.oomScoreAdj) * (total / 1000n);
}

/** Replays each report on the machine as it was, less those who were killed before. */
function compareMachine(truth: Truth, analyses: readonly Analysis[]): Tally {
  const counter = new Counter();
  if (!truth.idle) return counter;
  const gone = new Set<number>();
  for (const { report } of analyses) {
    const alive = { ...truth, tasks: truth.tasks.filter(({ mm, pid }) => !gone.has(pid) && !gone.has(-mm)) };
    const result = replayOnMachine(alive, report);
    const killed = report.kills[0];
    const expected = killed === undefined ? null : processOf(truth, killed.pid);
    const actual = result.victim === null ? null : processOf(truth, result.victim.pid);
    counter.check(
      expected === actual || isTooCloseToCall(truth, result.ranking, expected, actual),
      () => `line ${report.line}: on the full machine ${nameOf(truth, actual)}, the kernel ${nameOf(truth, expected)}`,
    );
    for (const { pid } of report.kills) {
      const process = processOf(truth, pid);
      gone.add(process);
      const mm = truth.tasks.find((task) => task.pid === process)?.mm;
      if (mm !== undefined) gone.add(-mm);
    }
  }
  return counter;
}

/** Whether two tasks are so near each other that the error of the kernel's counters decides between them. */
function isTooCloseToCall(
  truth: Truth,
  ranking: readonly RankedTask[],
  expected: number | null,
  actual: number | null,
): boolean {
  const [a, b] = [expected, actual].map((pid) => {
    const points = ranking.find((task) => pid !== null && processOf(truth, task.pid) === pid)?.points ?? null;
    const task = truth.tasks.find((one) => one.pid === pid);
    return points === null ? null : { points: Number(points), error: errorOf(truth, task) };
  });
  if (a === null || a === undefined || b === null || b === undefined) return false;
  return a.error + b.error > 0 && Math.abs(a.points - b.points) <= a.error + b.error;
}

function replayOnMachine(truth: Truth, report: OomReport): Replay {
  const resolved = eraFor(truth.kernel);
  if (resolved === null) throw new Error(`${truth.kernel} is of no era`);
  const { id, traits } = resolved.era;
  const machine = machineOfTruth(truth, report);
  const { constraint, totalPages } = deriveTotals(machine, traits);
  const total = totalPages ?? 0;
  const scenario: ReplayScenario = {
    machine,
    era: id,
    traits,
    constraint,
    totalPages: { min: total, max: total, source: "the full machine" },
  };
  return replay(scenario, totalPages);
}

/** The process that a pid or thread id is of. */
function processOf(truth: Truth, pid: number): number {
  return truth.tasks.find((task) => task.threadIds.includes(pid))?.pid ?? pid;
}

function nameOf(truth: Truth, pid: number | null): string {
  if (pid === null) return "nobody";
  return `${pid} (${truth.tasks.find((task) => task.pid === pid)?.name ?? "?"})`;
}
