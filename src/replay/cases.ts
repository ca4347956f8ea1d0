import { distinctSelections } from "../kernel/eras/table.js";
import { type Capability, type Machine, type MachineTask, type Scenario, TOTAL_NOT_IN_LOG } from "../model/machine.js";
import type { RankedTask, Replay } from "../model/replay.js";
import type { OomReport } from "../model/report.js";
import type { Era, KernelTraits } from "../model/traits.js";
import { fromBigInt, type Int64, maxBigInt, minBigInt, toBigInt } from "../model/units.js";
import { totalBreakpoints } from "./breakpoints.js";
import { narrowByScore } from "./narrow-by-score.js";
import { pickedTask, processOf, sameProcess } from "./process.js";
import { type InferredConstraint, inferConstraint } from "./reconstruct-constraint.js";
import { type Assumptions, machineFromReport } from "./reconstruct-machine.js";
import { type TotalCandidate, totalCandidates } from "./reconstruct-totals.js";
import { replay } from "./replay.js";
import { checksScore, scoreOf } from "./score.js";

/** One re-run: a scenario at one `totalpages`. */
export interface Case {
  readonly scenario: Scenario;
  readonly totalPages: Int64 | null;
  readonly replay: Replay;
}

/** Whether a re-run chooses the process of a pid or thread id. */
export function picks(report: OomReport, { replay: { chosen } }: Case, pid: number): boolean {
  return chosen !== null && sameProcess(report, chosen.pid, pid);
}

/** All re-runs of a report on one era, over the range of what its log leaves open. */
export interface CaseSet {
  readonly era: Era;
  readonly inferred: InferredConstraint;
  readonly total: TotalCandidate | null;
  /** False when a printed score is reproduced by no total that the log allows. */
  readonly scoreFits: boolean | null;
  /** True when the printed score shows that the picked process, of uid 0, got no root bonus. */
  readonly lacksCapability?: true;
  /** True when the printed score comes out with the root bonus at some totals, and without it at others. */
  readonly openCapability?: true;
  /** Never empty; the first stands for the set. */
  readonly cases: readonly [Case, ...Case[]];
}

/**
 * One set of re-runs per era whose selection differs from those before it; where a printed score comes out with some of
 * them only, these.
 */
export function runEras(
  report: OomReport,
  eras: readonly Era[],
  pageSizeBytes: number,
  overrideTotalPages: Int64 | null,
): CaseSet[] {
  const sets = distinctSelections(eras).map((era) => runCases(report, era, pageSizeBytes, overrideTotalPages));
  const fitting = sets.filter(({ scoreFits }) => scoreFits !== false);
  return fitting.length > 0 ? fitting : sets;
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
  const sets: CaseSet[] = [];
  for (const total of candidates) {
    const set = casesAtTotal(report, era, inferred, machine, total);
    if (set.scoreFits === true)
      return (
        withCapability(report, era, inferred, machine, candidates, total) ??
        withEither(report, era, inferred, machine, total, set)
      );
    if (set.scoreFits === null) return set;
    sets.push(set);
  }
  const decided = withoutCapability(report, era, inferred, machine, candidates);
  if (decided !== undefined) return decided;
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

/**
 * The set at a total with which the printed score comes out, where it does so only because the picked process, of uid 0,
 * has CAP_SYS_ADMIN: the score then shows that the bonus was taken off. Undefined where it shows no such thing.
 */
function withCapability(
  report: OomReport,
  era: Era,
  inferred: InferredConstraint,
  machine: Machine,
  candidates: readonly TotalCandidate[],
  total: TotalCandidate,
): CaseSet | undefined {
  const known = withCapabilities(report, era, machine, ["SYS_ADMIN"]);
  if (known === undefined || withoutCapability(report, era, inferred, machine, candidates) !== undefined)
    return undefined;
  return casesAtTotal(report, era, inferred, known, total);
}

/**
 * A set in which the printed score comes out with CAP_SYS_ADMIN of the picked process, of uid 0, together with the totals at
 * which it does without: no log tells which it is.
 */
function withEither(
  report: OomReport,
  era: Era,
  inferred: InferredConstraint,
  machine: Machine,
  total: TotalCandidate,
  set: CaseSet,
): CaseSet {
  const without = withCapabilities(report, era, machine, []);
  if (without === undefined || total.totalPages.min === total.totalPages.max) return set;
  const other = casesAtTotal(report, era, inferred, without, total);
  if (other.scoreFits !== true) return set;
  const own = set.cases[0].scenario.totalPages;
  const its = other.cases[0].scenario.totalPages;
  const min = fromBigInt(minBigInt(toBigInt(own.min), toBigInt(its.min)));
  const max = fromBigInt(maxBigInt(toBigInt(own.max), toBigInt(its.max)));
  if (min === own.min && max === own.max && min === its.min && max === its.max) return set;
  const widened = (one: Case): Case => ({ ...one, scenario: { ...one.scenario, totalPages: { ...own, min, max } } });
  const [first, ...rest] = set.cases;
  const pid = pickedTask(report)?.pid ?? -1;
  // Where the bonus alone is in the way of the log's choice, uid 0 is the hint that is told.
  const others = set.cases.some((one) => picks(report, one, pid)) ? other.cases : [];
  return { ...set, openCapability: true, cases: [widened(first), ...rest.map(widened), ...others.map(widened)] };
}

/** The machine with the capabilities of the picked process, where it is one of uid 0 and they count. */
function withCapabilities(
  report: OomReport,
  era: Era,
  machine: Machine,
  capabilities: readonly Capability[],
): Machine | undefined {
  const pid = pickedTask(report)?.pid;
  const row = pid === undefined ? null : processOf(report, pid);
  if (row === null || row.uid !== 0 || era.traits.rootBonus === "none") return undefined;
  const isPicked = ({ tgid }: MachineTask): boolean => tgid === row.tgid;
  if (machine.tasks.some((task) => isPicked(task) && task.capabilities !== undefined)) return undefined;
  return { ...machine, tasks: machine.tasks.map((task) => (isPicked(task) ? { ...task, capabilities } : task)) };
}

/**
 * The set in which the printed score comes out when the picked process, of uid 0, does not have CAP_SYS_ADMIN (root in a
 * container): the score then shows that no bonus was taken off. Undefined where there is none.
 */
function withoutCapability(
  report: OomReport,
  era: Era,
  inferred: InferredConstraint,
  machine: Machine,
  candidates: readonly TotalCandidate[],
): CaseSet | undefined {
  const without = withCapabilities(report, era, machine, []);
  if (without === undefined) return undefined;
  for (const total of candidates) {
    const set = casesAtTotal(report, era, inferred, without, total);
    if (set.scoreFits === true) return { ...set, lacksCapability: true };
  }
  return undefined;
}

function casesAtTotal(
  report: OomReport,
  era: Era,
  inferred: InferredConstraint,
  machine: Machine,
  total: TotalCandidate | null,
): CaseSet {
  const { traits } = era;
  const wide: Scenario = {
    machine,
    era: era.id,
    traits,
    constraint: total?.constraint ?? inferred.constraint ?? "CONSTRAINT_NONE",
    totalPages: total?.totalPages ?? { min: 0, max: 0, source: TOTAL_NOT_IN_LOG },
  };
  const { scenario, totals: totalsOfScore } = narrowByScore(wide, report);
  const totals: readonly (Int64 | null)[] =
    traits.pointsRule === "legacy" ? [null] : totalBreakpoints(scenario, totalsOfScore);
  const cases = totals.map((totalPages): Case => ({ scenario, totalPages, replay: replay(scenario, totalPages) }));
  const fits = fitsScore(report, traits, cases);
  const kept = fits.length > 0 ? fits : cases;
  const [first, ...rest] = kept;
  if (first === undefined) throw new Error("a scenario has at least one total");
  const scoreFits = report.chosen?.score === undefined || !checksScore(report, traits) ? null : fits.length > 0;
  return { era, inferred, total, scoreFits, cases: [first, ...rest] };
}

function fitsScore(report: OomReport, traits: KernelTraits, cases: readonly Case[]): Case[] {
  const score = report.chosen?.score;
  if (score === undefined || !checksScore(report, traits)) return [...cases];
  const picked = pickedTask(report)?.pid ?? -1;
  return cases.filter((one) => {
    const task = rankedTask(one.replay.ranking, report, picked);
    if (task?.points === undefined || task.points === null || one.totalPages === null) return false;
    const computed = scoreOf(task.points, one.totalPages, one.replay.pointsUnit);
    // Where the table lacks columns that count, the computed score is a lower bound.
    const exact = traits.taskTable !== "oom_adj+oom_score_adj";
    return exact ? toBigInt(score) === computed : toBigInt(score) >= computed;
  });
}

/** The ranked process that a printed id names: a pid, or a thread's that a row shows. */
export function rankedTask(ranking: readonly RankedTask[], report: OomReport, pid: number): RankedTask | undefined {
  const tgid = processOf(report, pid)?.tgid ?? pid;
  return ranking.find((task) => task.pid === pid || task.tgid === tgid);
}
