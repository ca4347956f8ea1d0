import type { Counter, MemcgBlock, MemcgLimit, MemcgStats } from "../../model/report.js";
import { fromBigInt, type Int64, toBigInt } from "../../model/units.js";
import { boolean, type Column, integer, type Table, text } from "./column.js";
import { ofReport, type ReportRow } from "./reports.js";
import { pairs } from "./tasks.js";

interface MemcgRow extends ReportRow {
  readonly path: string | null;
  /** The limits; absent for a cgroup below the one that was hit. */
  readonly block: MemcgBlock | undefined;
  readonly stats: MemcgStats | undefined;
}

const limitNames = ["memory", "memory+swap", "kmem", "swap"] as const;

/** Statistics that are amounts of memory: in KB up to v5.2, in bytes since. */
const amounts = [
  "anon",
  "file",
  "kernel",
  "kernel_stack",
  "pagetables",
  "sec_pagetables",
  "percpu",
  "sock",
  "vmalloc",
  "shmem",
  "zswap",
  "zswapped",
  "file_mapped",
  "file_dirty",
  "file_writeback",
  "swapcached",
  "anon_thp",
  "file_thp",
  "shmem_thp",
  "inactive_anon",
  "active_anon",
  "inactive_file",
  "active_file",
  "unevictable",
  "slab_reclaimable",
  "slab_unreclaimable",
  "slab",
  "hugetlb",
  "cache",
  "rss",
  "rss_huge",
  "mapped_file",
  "dirty",
  "writeback",
  "swap",
  "hierarchical_memory_limit",
  "hierarchical_memsw_limit",
] as const;

/** Statistics that count events. */
const events = [
  "workingset_refault_anon",
  "workingset_refault_file",
  "workingset_activate_anon",
  "workingset_activate_file",
  "pgfault",
  "pgmajfault",
  "pgscan",
  "pgsteal",
  "pgrefill",
  "pgpgin",
  "pgpgout",
] as const;

const known: ReadonlySet<string> = new Set([...amounts, ...events]);

export const memcg: Table<MemcgRow> = {
  name: "memcg",
  meaning:
    "One row for each cgroup that a memory cgroup block prints: the one whose limit was hit, with its limits; up to v5.2 those below it too.",
  columns: [
    ...ofReport<MemcgRow>((row) => row),
    integer("line", "The cgroup's line in the source.", ({ stats, block }) => stats?.line ?? block?.line),
    text("path", "Path of the cgroup.", ({ path }) => path),
    boolean("limit_hit", "Whether it is the one whose limit was hit.", ({ block }) => block !== undefined),
    ...limitNames.flatMap((name): Column<MemcgRow>[] => {
      const prefix = name.replace("+", "_");
      const of = ({ block }: MemcgRow): MemcgLimit | undefined => block?.limits.find((limit) => limit.name === name);
      return [
        integer(`${prefix}_usage_kb`, `What is charged, of \`${name}\`.`, (row) => of(row)?.usageKb),
        integer(`${prefix}_limit_kb`, `What may be charged, of \`${name}\`; null for no limit.`, (row) => {
          const limit = of(row);
          return limit?.unlimited === true ? null : limit?.limitKb;
        }),
        integer(`${prefix}_failcnt`, "How often that limit was hit.", (row) => of(row)?.failcnt),
      ];
    }),
    ...amounts.map(
      (name): Column<MemcgRow> =>
        integer(`${name}_bytes`, `Statistic \`${name}\`.`, ({ stats }) => bytes(counterOf(stats, name))),
    ),
    ...events.map(
      (name): Column<MemcgRow> =>
        integer(name, `Statistic \`${name}\`: a count.`, ({ stats }) => counterOf(stats, name)?.value),
    ),
    text("other", "Further statistics as printed, as `name=value`, joined by a blank.", ({ stats }) =>
      pairs(
        Object.fromEntries(
          (stats?.counters ?? []).filter(({ name }) => !known.has(name)).map(({ name, value }) => [name, value]),
        ),
      ),
    ),
  ],
};

function counterOf(stats: MemcgStats | undefined, name: string): Counter | undefined {
  return stats?.counters.find((counter) => counter.name === name);
}

function bytes(counter: Counter | undefined): Int64 | undefined {
  return counter?.unit === "kB" ? fromBigInt(toBigInt(counter.value) * 1024n) : counter?.value;
}

export function memcgRows(report: ReportRow): MemcgRow[] {
  const { memcg: block, cgroup } = report.analysis.report;
  if (block === null) return [];
  // The cgroup of the limit is printed first; since v5.3 it is the only one, and its title may lack the path.
  const own =
    cgroup.oomMemcg === null
      ? block.stats[0]
      : block.stats.find(({ path }) => path === null || path === cgroup.oomMemcg);
  const others = block.stats.filter((stats) => stats !== own);
  return [
    { ...report, path: own?.path ?? cgroup.oomMemcg, block, stats: own },
    ...others.map((stats) => ({ ...report, path: stats.path, block: undefined, stats })),
  ];
}
