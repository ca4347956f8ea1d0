import { distinctSelections, selectionKey } from "../../kernel/eras/table.js";
import type { MachineTask, Scenario, TotalPages } from "../../model/machine.js";
import type { OomReport } from "../../model/report.js";
import type { KernelDetection, KernelTraits } from "../../model/traits.js";
import type { Int64 } from "../../model/units.js";
import type { ProcessName } from "../../model/what-if.js";
import { runEras } from "../cases.js";
import { pickedTask, processOf } from "../process.js";
import { inferConstraint } from "../reconstruct-constraint.js";
import { machineFromReport } from "../reconstruct-machine.js";
import { totalCandidates } from "../reconstruct-totals.js";
import { replayWithoutSteps } from "../replay.js";
import { deriveTotals } from "../totals.js";
import { type Alternatives, unknownsOf } from "./alternatives.js";
import { type CgroupPlaces, placesOf } from "./cgroup-places.js";
import { choicesOf } from "./choices.js";
import { groupOf, type KilledGroup } from "./group.js";
import { type MemoryParts, memoryOfMachine, memoryOfReport } from "./memory-parts.js";
import { narrowByChoice } from "./narrow.js";
import { coursesOf } from "./possible.js";

/**
 * A selection that questions can be asked of: what a log shows of it, with everything that it leaves open kept open.
 * Edits make a new subject; this one never changes.
 */
export interface Subject {
  /** One scenario for each kernel that remains possible; the first stands for the subject. */
  readonly worlds: readonly [Scenario, ...Scenario[]];
  /** The total of the first scenario that one run takes: the replay's own, where an edit did not change it. */
  readonly plainTotal: Int64;
  /** What `totalpages` is made of, as far as it is known. */
  readonly memory: MemoryParts;
  /** What the log does not tell of single tasks, by process. */
  readonly alternatives: Alternatives;
  readonly places: CgroupPlaces;
  /** The cgroup that died as a whole, where one did. */
  readonly group: KilledGroup | null;
  /** Process that the log says was picked; null when it names none. */
  readonly picked: number | null;
  /** The same, where the table has no row of it: nothing can then be held against it. */
  readonly withoutRow: ProcessName | null;
  readonly rerun: Rerun;
  /** Processes that had as many points as {@link picked}, which came before them in the scan. */
  readonly equals: ReadonlySet<number>;
  readonly invoker: Invoker;
  /** Tasks of the table that were forked after the selection: there for the next one. */
  readonly forkedLater: readonly MachineTask[];
  /** `totalpages` of a scenario of this subject under other traits. */
  readonly totalOn: (scenario: Scenario, traits: KernelTraits) => TotalPages;
  readonly remarks: readonly string[];
}

/**
 * Whether a re-run gives the log's own pick: as a replay assumes it, only with something that the log leaves open, or not
 * at all. A log that names nobody is not contradicted.
 */
export type Rerun = "agrees" | "may-agree" | "disagrees";

/** What is known of the task that asked for memory. */
export type Invoker = "in-table" | "kernel-thread" | "unknown";

/**
 * What can be asked of a report: its scenario as the analysis has it, with the total of its replay (null for the rule that
 * uses none), and those of the other kernels that it may be of.
 * Where the log names who was picked, only what leads to that pick is kept.
 */
export function subjectOfReport(
  report: OomReport,
  scenario: Scenario,
  replayedTotal: Int64 | null,
  detection: KernelDetection,
): Subject {
  const picked = pickedProcess(report);
  const worlds = worldsOf(report, scenario, detection);
  const agreeing = worlds.flatMap(
    (world) => narrowByChoice(world, picked, () => unknownsOf(report, world, picked)) ?? [],
  );
  const [first = scenario, ...others] = agreeing.length > 0 ? agreeing.map((narrowed) => narrowed.scenario) : worlds;
  const isReplayed = agreeing[0] === undefined || first.traits === scenario.traits;
  const plainTotal = (isReplayed ? replayedTotal : agreeing[0]?.plainTotal) ?? first.totalPages.min;
  const places = placesOf(report, picked);
  const withoutRow = pickedWithoutRow(report);
  const subject: Subject = {
    worlds: [first, ...others],
    plainTotal,
    memory: memoryOfReport(report, first),
    alternatives: unknownsOf(report, first, picked),
    places,
    group: groupOf(report, first.machine, places),
    picked,
    withoutRow,
    rerun: "agrees",
    equals: equalsOf(first, plainTotal, picked),
    invoker: invokerOf(report, first),
    forkedLater: tasksBeside(report, first),
    totalOn: totalsFromReport(report),
    remarks: report.taskTable?.cut === true ? [ROWS_MISSING] : [],
  };
  if (agreeing.length > 0 || picked === null) return subject;
  const rerun = withoutRow === null && canPick(subject, picked) ? "may-agree" : "disagrees";
  return { ...subject, rerun, remarks: [...subject.remarks, ...(withoutRow === null ? [DISAGREES] : [])] };
}

const ROWS_MISSING = "Rows of the table may be missing from this log: what follows holds among those that are in it.";

const DISAGREES =
  "The re-run does not give the log's own victim: what follows holds for the rule, not for this machine.";

/** Whether a process is the choice with something that the log leaves open. */
function canPick(subject: Subject, picked: number): boolean {
  for (const course of coursesOf(subject)) {
    if (choicesOf(course, subject).some(({ tgid }) => tgid === picked)) return true;
  }
  return false;
}

/** Who was picked, where the table has no row of it. */
function pickedWithoutRow(report: OomReport): ProcessName | null {
  const picked = pickedTask(report);
  return picked === null || processOf(report, picked.pid) !== null ? null : { pid: picked.pid, name: picked.name };
}

/** What can be asked of a machine that is known in full. */
export function subjectOfMachine(scenario: Scenario): Subject {
  return {
    worlds: [scenario],
    plainTotal: scenario.totalPages.min,
    memory: memoryOfMachine(scenario),
    alternatives: new Map(),
    places: { exact: new Map(), within: null, members: new Map() },
    group: null,
    picked: null,
    withoutRow: null,
    rerun: "agrees",
    equals: new Set(),
    invoker: "in-table",
    forkedLater: [],
    totalOn: ({ machine }, traits) => {
      const total = deriveTotals(machine, traits).totalPages ?? 0;
      return { min: total, max: total, source: "the full machine" };
    },
    remarks: [],
  };
}

/** The scenario itself, and the same report by the rules of the other kernels that it may be of. */
function worldsOf(report: OomReport, scenario: Scenario, { candidates }: KernelDetection): Scenario[] {
  if (distinctSelections(candidates).length < 2) return [scenario];
  const { machine } = scenario;
  const given = isGiven(scenario.totalPages) ? scenario.totalPages.min : null;
  const others = runEras(report, candidates, machine.pageSizeBytes, given)
    .map(({ cases: [{ scenario: other }] }): Scenario => ({ ...other, machine }))
    .filter(({ traits }) => selectionKey(traits) !== selectionKey(scenario.traits));
  return [scenario, ...others];
}

/** The tasks of the table that the scenario leaves out, since the log hints that they did not exist yet. */
function tasksBeside(report: OomReport, { machine, traits }: Scenario): readonly MachineTask[] {
  const { pageSizeBytes } = machine;
  const known = new Set(machine.tasks.map(({ pid }) => pid));
  if (report.tasks.every(({ pid, tgid }) => known.has(pid) && known.has(tgid))) return [];
  const whole = machineFromReport(report, inferConstraint(report, traits, pageSizeBytes), pageSizeBytes);
  return whole.tasks.filter(({ pid }) => !known.has(pid));
}

function pickedProcess(report: OomReport): number | null {
  const picked = pickedTask(report);
  if (picked === null) return null;
  return processOf(report, picked.pid)?.tgid ?? picked.pid;
}

function equalsOf(scenario: Scenario, total: Int64, picked: number | null): ReadonlySet<number> {
  if (picked === null || scenario.traits.pointsRule === "legacy") return new Set();
  const { ranking } = replayWithoutSteps(scenario, total);
  const own = ranking.find(({ tgid }) => tgid === picked);
  return new Set(
    ranking.filter((task) => task.eligible && task !== own && task.points === own?.points).map(({ tgid }) => tgid),
  );
}

function invokerOf(report: OomReport, { machine }: Scenario): Invoker {
  const { current } = machine.invocation;
  if (current === undefined) return "unknown";
  if (machine.tasks.some((task) => task.pid === current)) return "in-table";
  const isKernelThread = report.stack.some(({ function: name, reliable }) => reliable && name === "kthread");
  return isKernelThread ? "kernel-thread" : "unknown";
}

function isGiven({ source }: TotalPages): boolean {
  return source === "given by the user";
}

function totalsFromReport(report: OomReport): Subject["totalOn"] {
  return (scenario, traits) => {
    const { machine, constraint, totalPages } = scenario;
    if (traits.pointsRule === "legacy") return { min: 0, max: 0, source: "not used by this rule" };
    if (isGiven(totalPages)) return totalPages;
    const { pageSizeBytes } = machine;
    const totalBy = (by: KernelTraits): TotalPages | undefined =>
      totalCandidates(report, by, inferConstraint(report, by, pageSizeBytes), pageSizeBytes).find(
        (one) => one.constraint === constraint,
      )?.totalPages;
    const own = totalBy(scenario.traits);
    const other = totalBy(traits) ?? own;
    if (other === undefined) return totalPages;
    // The same amounts count: what the report tells about their bounds holds on.
    return own !== undefined && own.min === other.min && own.max === other.max ? totalPages : other;
  };
}
