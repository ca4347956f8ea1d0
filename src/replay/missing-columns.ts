import type { MachineTask } from "../model/machine.js";
import type { OomReport, TaskRow } from "../model/report.js";
import type { KernelTraits } from "../model/traits.js";
import { fromBigInt, maxBigInt, minBigInt, toBigInt } from "../model/units.js";
import { add } from "./c-types.js";
import { counterOf, usedSwapPages } from "./log-facts.js";

/** What the points count and the table has no column for. */
export function missingColumns(report: OomReport, traits: KernelTraits): ("swap" | "page tables")[] {
  const columns = report.taskTable?.columns;
  if (columns === undefined || traits.pointsRule === "legacy") return [];
  const missing: ("swap" | "page tables")[] = [];
  if (!columns.includes("swapents")) missing.push("swap");
  const pageTables = columns.includes("nr_ptes") || columns.includes("pgtables_bytes");
  if (traits.pageTablesInPoints !== "none" && !pageTables) missing.push("page tables");
  return missing;
}

/** The most pages that a task can have in the missing columns. */
export function mostHiddenPages(
  report: OomReport,
  row: TaskRow,
  missing: readonly string[],
  pageSizeBytes: number,
): bigint {
  const totalVm = toBigInt(row.totalVmPages);
  let pages = 0n;
  if (missing.includes("swap")) {
    const used = usedSwapPages(report, pageSizeBytes);
    const room = maxBigInt(totalVm - toBigInt(row.rssPages), 0n);
    pages += used === null ? room : maxBigInt(minBigInt(used, room), 0n);
  }
  if (missing.includes("page tables")) {
    const all = report.memInfo === null ? undefined : counterOf(report.memInfo.counters, "pagetables");
    pages += all === undefined ? totalVm : minBigInt(toBigInt(all.value), totalVm);
  }
  return pages;
}

/** A task with pages in the missing columns. They stand as swap: the rules add up what they count. */
export function withHiddenPages(task: MachineTask, pages: bigint): MachineTask {
  return { ...task, swapPages: add(task.swapPages ?? 0, fromBigInt(pages)), nrPtes: task.nrPtes ?? 0 };
}
