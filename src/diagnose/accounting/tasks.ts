import type { TaskRow } from "../../model/report.js";
import { type Int64, toNumber } from "../../model/units.js";
import { adjOf } from "../../replay/selection.js";
import { amount, countOfLines, type Quantity, sum, sumOfColumn, sumOfLines } from "../quantity.js";

/** A process of the task table, with all rows that share its address space. */
export class Process {
  readonly row: TaskRow;
  /** Rows that show the same address space again (vfork, CLONE_VM): their sizes are this process's. */
  readonly twins: readonly TaskRow[];
  /** Pages of rss and swap. */
  readonly pages: number;
  #rss: Quantity | null = null;
  #swap: Quantity | null = null;
  #size: Quantity | null = null;

  constructor(row: TaskRow, twins: readonly TaskRow[]) {
    this.row = row;
    this.twins = twins;
    this.pages = toNumber(row.rssPages) + toNumber(row.swapPages ?? 0);
  }

  get name(): string {
    return this.row.name;
  }

  // Of thousands of processes a few are spoken of.

  /** Resident pages. */
  get rss(): Quantity {
    this.#rss ??= this.#column("rss", this.row.rssPages);
    return this.#rss;
  }

  /** Swap entries; null where the table has no such column. */
  get swap(): Quantity | null {
    const { swapPages } = this.row;
    if (swapPages !== undefined) this.#swap ??= this.#column("swapents", swapPages);
    return this.#swap;
  }

  /** rss and swap. */
  get size(): Quantity {
    const { rss, swap } = this;
    this.#size ??= swap === null ? rss : sum(`rss and swap of ${this.#who}`, rss, swap);
    return this.#size;
  }

  get oomScoreAdj(): number {
    return adjOf(this.row) ?? 0;
  }

  get #who(): string {
    return `${this.row.name} (pid ${this.row.pid})`;
  }

  #column(name: string, pages: TaskRow["rssPages"]): Quantity {
    return { name: `${name} of ${this.#who}`, ...amount(pages), unit: "pages", lines: [this.row.line] };
  }
}

/** All processes of one name. */
export class NameGroup {
  readonly name: string;
  /** Largest first. */
  readonly processes: readonly [Process, ...Process[]];
  /** Pages of rss and swap of all of them. */
  readonly pages: number;
  #size: Quantity | null = null;

  constructor(name: string, processes: readonly [Process, ...Process[]]) {
    this.name = name;
    this.processes = processes;
    this.pages = processes.reduce((total, { pages }) => total + pages, 0);
  }

  get size(): Quantity {
    this.#size ??= groupSize(this.name, this.processes);
    return this.#size;
  }

  get largest(): Process {
    return this.processes[0];
  }
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
  const processes = processesOf(rows, mergeTwins).sort((a, b) => b.pages - a.pages);
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
  const values: { readonly value: Int64; readonly line: number }[] = [];
  for (const row of rows) {
    const pages = value(row);
    if (pages !== undefined) values.push({ value: pages, line: row.line });
  }
  return sumOfColumn(`${column} of all rows`, column, values);
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
    processes.push(new Process(row, twin === undefined ? [] : [twin]));
  }
  return processes;
}

function twinOf(rows: readonly TaskRow[], at: number): TaskRow | undefined {
  const [row, twin, third] = [rows[at], rows[at + 1], rows[at + 2]];
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

function byName(processes: readonly Process[]): NameGroup[] {
  const groups = new Map<string, [Process, ...Process[]]>();
  for (const process of processes) {
    const group = groups.get(process.name);
    if (group === undefined) groups.set(process.name, [process]);
    else group.push(process);
  }
  return [...groups].map(([name, members]) => new NameGroup(name, members)).sort((a, b) => b.pages - a.pages);
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
