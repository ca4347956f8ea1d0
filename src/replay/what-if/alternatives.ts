import type { MachineTask, Scenario } from "../../model/machine.js";
import type { OomReport } from "../../model/report.js";
import type { KernelTraits } from "../../model/traits.js";
import { fromBigInt, type Int64, toBigInt } from "../../model/units.js";
import { missingColumns, mostHiddenPages, withHiddenPages } from "../missing-columns.js";
import { pointsAlone } from "../points-alone.js";
import { describeTask } from "../process.js";
import { checksScore, scoreOf } from "../score.js";

/** One of two things that can be so of a task. */
export interface Option {
  readonly change: (task: MachineTask) => MachineTask;
  /** In words: when it is so. */
  readonly when: string;
}

/** Something of a task that the log does not tell, between two ends. */
export interface Unknown {
  /** What the log would have to tell. */
  readonly missing: string;
  /** Whether an era's rule reads it. */
  readonly matters: (traits: KernelTraits) => boolean;
  /** The first is what a replay assumes. Points rise or fall from one to the other, whatever lies between. */
  readonly options: readonly [Option, Option];
}

/** What is not known of single tasks, by thread group. Independent of each other. */
export type Alternatives = ReadonlyMap<number, readonly Unknown[]>;

/** What a report leaves open of its tasks, as far as its own choice does not rule it out. */
export function unknownsOf(report: OomReport, scenario: Scenario, picked: number | null): Alternatives {
  return withUnknowns(new Map(), [
    ...hiddenColumns(report, scenario, picked),
    ...capabilities(report, scenario, picked),
  ]);
}

/** Adds an unknown each to those of some tasks. */
export function withUnknowns(alternatives: Alternatives, added: Iterable<readonly [number, Unknown]>): Alternatives {
  const all = new Map(alternatives);
  for (const [tgid, unknown] of added) all.set(tgid, [...(all.get(tgid) ?? []), unknown]);
  return all;
}

const unchanged = (task: MachineTask): MachineTask => task;

/** Tables of v2.6.36 to v3.5 and RHEL 6 show neither swap entries nor page tables, which the points count. */
function hiddenColumns(report: OomReport, scenario: Scenario, picked: number | null): [number, Unknown][] {
  const missing = missingColumns(report, scenario.traits);
  if (missing.length === 0) return [];
  const columns = missing.join(" and ");
  const { pageSizeBytes, tasks } = scenario.machine;
  const total = exactTotal(scenario);
  const rowOf = new Map(report.tasks.map((row) => [row.pid, row]));
  const upperOf = (task: MachineTask): bigint => {
    const row = rowOf.get(task.pid);
    return row === undefined ? 0n : mostHiddenPages(report, row, missing, pageSizeBytes);
  };
  const pointsWith = (task: MachineTask, pages: bigint): bigint | null =>
    total === null ? null : pointsAlone(scenario, withHiddenPages(task, pages), total);
  const chosen = tasks.find((task) => task.tgid === picked && task.mm !== null);
  const chosenPages =
    chosen === undefined ? null : pagesByScore(report, scenario, upperOf(chosen), (pages) => pointsWith(chosen, pages));
  const most = chosen === undefined ? null : pointsWith(chosen, chosenPages?.max ?? upperOf(chosen));

  return tasks.flatMap((task): [number, Unknown][] => {
    if (task.mm === null) return [];
    const range =
      task === chosen && chosenPages !== null
        ? chosenPages
        : { min: 0n, max: mostPages(upperOf(task), (pages) => most === null || atMost(pointsWith(task, pages), most)) };
    if (range.min === range.max && range.min === 0n) return [];
    const option = (pages: bigint): Option => ({
      change: (one) => withHiddenPages(one, pages),
      when: `${describeTask(task)} has ${pages} pages of ${columns}`,
    });
    return [
      [
        task.tgid,
        {
          missing: `${columns} of each task`,
          matters: (traits) => traits.pointsRule !== "legacy",
          options: [option(range.min), option(range.max)],
        },
      ],
    ];
  });
}

/** The pages of the chosen task that give the printed score; null without one. */
function pagesByScore(
  report: OomReport,
  scenario: Scenario,
  upper: bigint,
  pointsWith: (pages: bigint) => bigint | null,
): { readonly min: bigint; readonly max: bigint } | null {
  const total = exactTotal(scenario);
  const score = report.chosen?.score;
  if (score === undefined || total === null || !checksScore(report, scenario.traits)) return null;
  const scoreWith = (pages: bigint): bigint | null => {
    const points = pointsWith(pages);
    return points === null ? null : scoreOf(fromBigInt(points), total, scenario.traits.pointsRule);
  };
  const printed = toBigInt(score);
  const max = mostPages(upper, (pages) => atMost(scoreWith(pages), printed));
  const below = mostPages(upper, (pages) => atMost(scoreWith(pages), printed - 1n));
  const min = atMost(scoreWith(0n), printed - 1n) ? below + 1n : 0n;
  return min > max ? null : { min, max };
}

/** The most pages up to a bound with which a condition holds that more pages can only break; 0 when it never does. */
function mostPages(upper: bigint, holds: (pages: bigint) => boolean): bigint {
  if (upper <= 0n || holds(upper)) return upper < 0n ? 0n : upper;
  let low = 0n;
  let high = upper;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function atMost(value: bigint | null, bound: bigint): boolean {
  return value !== null && value <= bound;
}

/** Up to v4.16 CAP_SYS_ADMIN earns a bonus; a log tells the uid alone. */
function capabilities(report: OomReport, scenario: Scenario, picked: number | null): [number, Unknown][] {
  const { tasks } = scenario.machine;
  const total = exactTotal(scenario);
  const chosen = tasks.find((task) => task.tgid === picked && task.mm !== null);
  const most = total === null || chosen === undefined ? null : mostOfChosen(report, scenario, chosen, total);
  return tasks.flatMap((task): [number, Unknown][] => {
    if (task.mm === null || task.capabilities !== undefined || (task.uid ?? 0) !== 0) return [];
    const without = withoutCapabilities;
    if (total !== null && scenario.traits.rootBonus !== "none") {
      const points = pointsAlone(scenario, without(task), total);
      // With so many points it would have been picked, or would have had another score.
      if (task !== chosen && points !== null && most !== null && points > most && !isHidden(report, scenario))
        return [];
      if (task === chosen && points !== null && !fitsScore(report, scenario, points, total)) return [];
    }
    return [
      [
        task.tgid,
        {
          missing: "which tasks of uid 0 have CAP_SYS_ADMIN",
          matters: ({ rootBonus, pointsRule }) => rootBonus !== "none" && pointsRule !== "legacy",
          options: [
            { change: unchanged, when: `${describeTask(task)} has CAP_SYS_ADMIN, like most of uid 0` },
            { change: without, when: `${describeTask(task)} lacks CAP_SYS_ADMIN (a container, a dropped capability)` },
          ],
        },
      ],
    ];
  });
}

function withoutCapabilities(task: MachineTask): MachineTask {
  return { ...task, capabilities: [] };
}

/** The most points that the chosen task can have had. */
function mostOfChosen(report: OomReport, scenario: Scenario, chosen: MachineTask, total: Int64): bigint | null {
  const points = pointsAlone(scenario, chosen, total);
  if (chosen.capabilities !== undefined || (chosen.uid ?? 0) !== 0) return points;
  const without = pointsAlone(scenario, withoutCapabilities(chosen), total);
  return without !== null && fitsScore(report, scenario, without, total) ? without : points;
}

function isHidden(report: OomReport, scenario: Scenario): boolean {
  return missingColumns(report, scenario.traits).length > 0;
}

function fitsScore(report: OomReport, scenario: Scenario, points: bigint, total: Int64): boolean {
  const score = report.chosen?.score;
  if (score === undefined || isHidden(report, scenario) || !checksScore(report, scenario.traits)) return true;
  return scoreOf(fromBigInt(points), total, scenario.traits.pointsRule) === toBigInt(score);
}

/** `totalpages` where the log leaves one value. */
function exactTotal({ totalPages, traits }: Scenario): Int64 | null {
  return totalPages.min === totalPages.max && traits.pointsRule !== "legacy" ? totalPages.min : null;
}
