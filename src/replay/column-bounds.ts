import type { MachineTask } from "../model/machine.js";
import type { Replay } from "../model/replay.js";
import type { OomReport, TaskRow } from "../model/report.js";
import { fromBigInt, maxBigInt, toBigInt } from "../model/units.js";
import type { Verdict } from "../model/verdict.js";
import { type Case, type CaseSet, rankedTask, runCases } from "./cases.js";
import { missingColumns, mostHiddenPages } from "./missing-columns.js";
import { describeTask, processOf, sameProcess } from "./process.js";
import type { Assumptions } from "./reconstruct-machine.js";
import type { JudgeOptions } from "./verdict.js";

/** What the missing columns leave of the choice. */
export type ColumnBounds =
  | { readonly kind: "agrees" }
  | { readonly kind: "undecidable"; readonly verdict: Omit<Verdict, "checks"> }
  | { readonly kind: "impossible" };

/**
 * Bounds the choice where the table lacks columns that the points count: tables of v2.6.36 to v3.5 and RHEL 6 show
 * neither swap entries nor page tables. Null when nothing is missing.
 *
 * A task can have at most the machine's used swap in swap, and the machine's page tables as its page tables.
 */
export function columnBounds(
  report: OomReport,
  set: CaseSet,
  pickedPid: number,
  options: JudgeOptions,
): ColumnBounds | null {
  const missing = missingColumns(report, set.era.traits);
  if (missing.length === 0) return null;
  const upper = (row: TaskRow): bigint => mostHiddenPages(report, row, missing, options.pageSizeBytes);
  const picked = processOf(report, pickedPid);
  const isPicked = (row: TaskRow): boolean => row.pid === (picked?.pid ?? pickedPid);
  const isPickedIn = (choice: Replay["chosen"]): boolean =>
    choice !== null && sameProcess(report, choice.pid, pickedPid);
  const choiceAt = ({ totalPages }: Case, pages: (row: TaskRow) => bigint): Replay["chosen"] => {
    const assumed: Assumptions = new Map(
      report.tasks.map((row): [number, Partial<MachineTask>] => [row.pid, { swapPages: fromBigInt(pages(row)) }]),
    );
    const total = options.totalPages ?? totalPages;
    return runCases({ ...report, chosen: null }, set.era, options.pageSizeBytes, total, assumed).cases[0].replay.chosen;
  };

  // The ends of what the log leaves of the total.
  const ends = [...new Set([set.cases[0], set.cases.at(-1) ?? set.cases[0]])].map((one) => {
    const lowest = pagesImpliedByScore(report, one, pickedPid);
    return {
      worst: choiceAt(one, (row) => (isPicked(row) ? lowest : upper(row))),
      best: () => choiceAt(one, (row) => (isPicked(row) ? maxBigInt(upper(row), lowest) : 0n)),
    };
  });
  if (ends.every(({ worst }) => isPickedIn(worst))) return { kind: "agrees" };
  const choice = ends.find(({ worst }) => !isPickedIn(worst))?.worst ?? null;
  if (picked === null || choice === null || !ends.some(({ best }) => isPickedIn(best()))) return { kind: "impossible" };
  const columns = missing.join(" and ");
  return {
    kind: "undecidable",
    verdict: {
      kind: "undecidable",
      sentence: `This kernel's table has no columns for ${columns}, which its rule counts: ${describeTask(picked)} or ${describeTask(choice)} can be the choice.`,
      missing: missing.map((column) => `${column} of each task`),
      possibleVictims: [
        { pid: picked.pid, name: picked.name, when: `no other task has enough ${columns} to pass it` },
        {
          pid: choice.pid,
          name: choice.name,
          when: `it has enough ${columns} (up to ${upper(processOf(report, choice.pid) ?? picked)} pages are possible)`,
        },
      ],
    },
  };
}

/** Thousandths of the total and an `oom_score_adj`, each at most 1000: a score beyond was not printed by a kernel. */
const HIGHEST_SCORE = 2_000;

/** The fewest hidden pages of the picked task that give the printed score. */
function pagesImpliedByScore(report: OomReport, { replay, totalPages }: Case, pickedPid: number): bigint {
  const { chosen } = report;
  if (chosen?.score === undefined || totalPages === null || chosen.score > HIGHEST_SCORE) return 0n;
  const task = rankedTask(replay.ranking, report, pickedPid);
  if (task === undefined || task.points === null) return 0n;
  const total = toBigInt(totalPages);
  const missing =
    replay.pointsUnit === "pages"
      ? (toBigInt(chosen.score) * total + 999n) / 1000n - toBigInt(task.points)
      : ((toBigInt(chosen.score) - toBigInt(task.points)) * total) / 1000n - total / 1000n;
  return maxBigInt(missing, 0n);
}
