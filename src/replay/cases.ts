import type { Machine, Scenario } from "../model/machine.js";
import type { RankedTask, Replay } from "../model/replay.js";
import type { OomReport } from "../model/report.js";
import type { Era, KernelTraits } from "../model/traits.js";
import { type Int64, toBigInt } from "../model/units.js";
import { totalBreakpoints } from "./breakpoints.js";
import { allocatingTaskLine, pickedTask } from "./process.js";
import { type InferredConstraint, inferConstraint } from "./reconstruct-constraint.js";
import { type Assumptions, machineFromReport } from "./reconstruct-machine.js";
import { type TotalCandidate, totalCandidates } from "./reconstruct-totals.js";
import { replay } from "./replay.js";
import { scoreOf } from "./score.js";

/** One re-run: a scenario at one `totalpages`. */
export interface Case {
  readonly scenario: Scenario;
  readonly totalPages: Int64 | null;
  readonly replay: Replay;
}

/** All re-runs of a report on one era, over the range of what its log leaves open. */
export interface CaseSet {
  readonly era: Era;
  readonly inferred: InferredConstraint;
  readonly total: TotalCandidate | null;
  /** False when a printed score is reproduced by no total that the log allows. */
  readonly scoreFits: boolean | null;
  /** Never empty; the first stands for the set. */
  readonly cases: readonly [Case, ...Case[]];
}

/** Re-runs a report's selection with the rules of one era, at every `totalpages` that can change its outcome. */
export function runCases(
  report: OomReport,
  era: Era,
  pageSizeBytes: number,
  overrideTotalPages: Int64 | null,
  assumed?: Assumptions,
): CaseSet {
  const { traits } = era;
  const inferred = inferConstraint(report, traits, pageSizeBytes);
  const machine = machineFromReport(report, inferred, pageSizeBytes, assumed);
  const candidates = overrideTotalPages === null ? totalCandidates(report, traits, inferred, pageSizeBytes) : [];
  const sets = candidates.map((total) => casesAtTotal(report, era, inferred, machine, total));
  const fitting = sets.find((set) => set.scoreFits !== false);
  if (fitting !== undefined) return fitting;
  const [unfit] = sets;
  // No total gives the printed score: whatever is concluded must hold for all of them.
  if (unfit !== undefined) return { ...unfit, cases: [unfit.cases[0], ...sets.flatMap((set) => set.cases).slice(1)] };
  const total: TotalCandidate | null =
    overrideTotalPages === null
      ? null
      : {
          constraint: inferred.constraint ?? "CONSTRAINT_NONE",
          totalPages: { min: overrideTotalPages, max: overrideTotalPages, source: "given by the user" },
          lines: [],
          unknown: null,
        };
  return casesAtTotal(report, era, inferred, machine, total);
}

function casesAtTotal(
  report: OomReport,
  era: Era,
  inferred: InferredConstraint,
  machine: Machine,
  total: TotalCandidate | null,
): CaseSet {
  const { traits } = era;
  const scenario: Scenario = {
    machine,
    era: era.id,
    traits,
    constraint: total?.constraint ?? inferred.constraint ?? "CONSTRAINT_NONE",
    totalPages: total?.totalPages ?? { min: 0, max: 0, source: "not in the log" },
  };
  const totals: readonly (Int64 | null)[] =
    traits.pointsRule === "legacy" ? [null] : totalBreakpoints(scenario, totalsOfPrintedScore(report, scenario));
  const cases = totals.map((totalPages): Case => ({ scenario, totalPages, replay: replay(scenario, totalPages) }));
  const fits = fitsScore(report, traits, cases);
  const kept = fits.length > 0 ? fits : cases;
  const [first, ...rest] = kept;
  if (first === undefined) throw new Error("a scenario has at least one total");
  const scoreFits = report.chosen?.score === undefined || !checksScore(report, traits) ? null : fits.length > 0;
  return { era, inferred, total, scoreFits, cases: [first, ...rest] };
}

/**
 * Totals around which the printed score comes out, sampled: score = points × 1000 / T with points = base + adj × (T /
 * 1000) puts T between base × 1000 / (score − adj + 1) and base × 1000 / (score − adj), up to the truncation of T / 1000.
 */
function totalsOfPrintedScore(report: OomReport, scenario: Scenario): readonly bigint[] {
  const { chosen } = report;
  if (chosen?.score === undefined || !checksScore(report, scenario.traits)) return [];
  const task = scenario.machine.tasks.find((one) => one.pid === chosen.pid || one.tgid === chosen.pid);
  if (task === undefined) return [];
  const base = toBigInt(task.rssPages) + toBigInt(task.swapPages ?? 0) + toBigInt(task.nrPtes ?? 0);
  const share = toBigInt(chosen.score) - BigInt(task.oomScoreAdj ?? 0);
  if (share <= 0n) return [];
  const low = (base * 1000n) / (share + 2n);
  const high = (base * 1000n) / (share > 1n ? share - 1n : 1n);
  const samples = 64n;
  return Array.from({ length: Number(samples) + 1 }, (_, index) => low + ((high - low) * BigInt(index)) / samples);
}

/** Whether the printed score is one that the points of the chosen task can be held against. */
export function checksScore(report: OomReport, traits: KernelTraits): boolean {
  const { chosen } = report;
  if (chosen?.score === undefined || traits.pointsRule === "legacy") return false;
  // oom_kill_allocating_task prints score 0 whatever the task has.
  return allocatingTaskLine(report) === null;
}

function fitsScore(report: OomReport, traits: KernelTraits, cases: readonly Case[]): Case[] {
  const score = report.chosen?.score;
  if (score === undefined || !checksScore(report, traits)) return [...cases];
  return cases.filter((one) => {
    const task = rankedTask(one.replay.ranking, report, pickedTask(report)?.pid ?? -1);
    if (task?.points === undefined || task.points === null || one.totalPages === null) return false;
    const computed = scoreOf(task.points, one.totalPages, one.replay.pointsUnit);
    // Where the table lacks columns that count, the computed score is a lower bound.
    const exact = traits.taskTable !== "oom_adj+oom_score_adj";
    return exact ? toBigInt(score) === computed : toBigInt(score) >= computed;
  });
}

/**
 * The ranked process that a printed pid names: by its own pid, else by the thread group of its row (an exited leader's
 * row shows the thread's id and the leader's).
 */
export function rankedTask(ranking: readonly RankedTask[], report: OomReport, pid: number): RankedTask | undefined {
  const row = report.tasks.find((task) => task.pid === pid) ?? report.tasks.find((task) => task.tgid === pid);
  return ranking.find(
    (task) => task.pid === pid || (row !== undefined && (task.pid === row.pid || task.pid === row.tgid)),
  );
}
