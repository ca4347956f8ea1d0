import type { TaskRow } from "../../model/report.js";
import { toNumber } from "../../model/units.js";
import { countOfLines, type Quantity, sum, sumOfLines } from "../quantity.js";

/** A process of the task table, with all rows that share its address space. */
export interface Process {
  readonly row: TaskRow;
  /** Rows that show the same address space again (vfork, CLONE_VM): their sizes are this process's. */
  readonly twins: readonly TaskRow[];
  readonly name: string;
  /** Resident pages. */
  readonly rss: Quantity;
  /** Swap entries; null where the table has no such column. */
  readonly swap: Quantity | null;
  /** rss and swap. */
  readonly size: Quantity;
  readonly oomScoreAdj: number;
}

/** All processes of one name. */
export interface NameGroup {
  readonly name: string;
  readonly processes: readonly Process[];
  readonly size: Quantity;
  /** The largest of them. */
  readonly largest: Process;
}

/** The task table, added up. */
export interface TaskSums {
  /** Largest first. */
  readonly processes: readonly Process[];
  /** Largest sum first. */
  readonly groups: readonly NameGroup[];
  /** Rows of the table; one for each address space where twins are merged. */
  readonly rows: Quantity;
  /** Sum of rss over these rows, each as printed. */
  readonly rss: Quantity;
  readonly swap: Quantity | null;
  /** Since v6.8; null before. */
  readonly rssAnon: Quantity | null;
  readonly rssShmem: Quantity | null;
}

/**
 * Adds up a task table; null without rows.
 *
 * @param mergeTwins Takes two neighbouring rows of the same sizes for one address space.
 */
export function taskSums(
  rows: readonly TaskRow[],
  { mergeTwins = false }: { readonly mergeTwins?: boolean } = {},
): TaskSums | null {
  const [first] = rows;
  if (first === undefined) return null;
  const processes = processesOf(rows, mergeTwins).sort((a, b) => b.size.value - a.size.value);
  const counted = mergeTwins ? processes.map(({ row }) => row) : rows;
  const rss = columnSum(counted, "rss", (row) => row.rssPages);
  if (rss === null) return null;
  return {
    processes,
    groups: byName(processes),
    rows: countOfLines(
      "rows",
      counted.map(({ line }) => line),
    ),
    rss,
    swap: columnSum(counted, "swapents", (row) => row.swapPages),
    rssAnon: columnSum(counted, "rss_anon", (row) => row.rssAnonPages),
    rssShmem: columnSum(counted, "rss_shmem", (row) => row.rssShmemPages),
  };
}

function columnSum(
  rows: readonly TaskRow[],
  column: string,
  value: (row: TaskRow) => TaskRow["rssPages"] | undefined,
): Quantity | null {
  const parts = rows.flatMap((row): Quantity[] => {
    const pages = value(row);
    return pages === undefined ? [] : [{ name: column, value: toNumber(pages), unit: "pages", lines: [row.line] }];
  });
  return parts.length === 0 ? null : sumOfLines(`${column} of all rows`, column, parts);
}

/**
 * One process per row, or per address space: a row with the same sizes in every column as the row before it can show
 * the same pages once more. Three equal rows or more are workers that were forked alike, and counted each.
 */
function processesOf(rows: readonly TaskRow[], mergeTwins: boolean): Process[] {
  const processes: Process[] = [];
  const seen = new Set<number>();
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at];
    // A row that is printed twice (a log pasted twice) is one process.
    if (row === undefined || seen.has(row.pid)) continue;
    seen.add(row.pid);
    const twin = mergeTwins ? twinOf(rows, at) : undefined;
    if (twin !== undefined) seen.add(twin.pid);
    processes.push(processOfRow(row, twin === undefined ? [] : [twin]));
  }
  return processes;
}

function twinOf(rows: readonly TaskRow[], at: number): TaskRow | undefined {
  const [row, twin, third] = rows.slice(at, at + 3);
  if (row === undefined || twin === undefined || !sameSizes(row, twin)) return undefined;
  return third !== undefined && sameSizes(row, third) ? undefined : twin;
}

function sameSizes(a: TaskRow, b: TaskRow): boolean {
  return (
    a.pid !== b.pid &&
    a.rssPages === b.rssPages &&
    a.totalVmPages === b.totalVmPages &&
    a.swapPages === b.swapPages &&
    a.pgtablesBytes === b.pgtablesBytes &&
    a.nrPtes === b.nrPtes &&
    a.nrPmds === b.nrPmds
  );
}

function processOfRow(row: TaskRow, twins: readonly TaskRow[]): Process {
  const who = `${row.name} (pid ${row.pid})`;
  const rss: Quantity = { name: `rss of ${who}`, value: toNumber(row.rssPages), unit: "pages", lines: [row.line] };
  const swap: Quantity | null =
    row.swapPages === undefined
      ? null
      : { name: `swapents of ${who}`, value: toNumber(row.swapPages), unit: "pages", lines: [row.line] };
  return {
    row,
    twins,
    name: row.name,
    rss,
    swap,
    size: swap === null ? rss : sum(`rss and swap of ${who}`, rss, swap),
    oomScoreAdj: row.oomScoreAdj ?? Math.trunc(((row.oomAdj ?? 0) * 1000) / 17),
  };
}

function byName(processes: readonly Process[]): NameGroup[] {
  const groups = new Map<string, [Process, ...Process[]]>();
  for (const process of processes) {
    const group = groups.get(process.name);
    if (group === undefined) groups.set(process.name, [process]);
    else group.push(process);
  }
  return [...groups]
    .map(([name, members]) => ({ name, processes: members, size: groupSize(name, members), largest: members[0] }))
    .sort((a, b) => b.size.value - a.size.value);
}

/** rss and swap of all of them. */
export function groupSize(name: string, members: readonly [Process, ...Process[]]): Quantity {
  if (members.length === 1) return members[0].size;
  const rss = sumOfLines(
    `rss of all ${name}`,
    "rss",
    members.map((process) => process.rss),
  );
  const swaps = members.flatMap((process) => process.swap ?? []);
  if (swaps.length === 0) return rss;
  return sum(`rss and swap of all ${name}`, rss, sumOfLines(`swapents of all ${name}`, "swapents", swaps));
}
