import type { MemcgBlock, MemcgLimit, MemcgStats, OomReport } from "../../model/report.js";
import { toNumber } from "../../model/units.js";
import { amount, difference, inPages, named, type Quantity, sum, sumOfLines } from "../quantity.js";

/** Whose limit was hit: the victim's own cgroup's, or one above it that others share. */
export type MemcgLevel = "own" | "ancestor" | "unknown";

/** The cgroup whose limit was hit. */
export interface LimitPath {
  /** Null where the log does not name it. */
  readonly path: string | null;
  readonly level: MemcgLevel;
  /** Lines that name the cgroups. */
  readonly pathLines: readonly number[];
}

/** Usage of a memory cgroup against its limit, while rules still compute with it. All quantities are in pages. */
export interface MemcgSheet extends LimitPath {
  /** Which of the limits left no room. */
  readonly hit: MemcgLimit;
  readonly limit: Quantity;
  /** What is counted against that limit: memory, or memory and swap. */
  readonly limitUsage: Quantity;
  /** Memory that is charged. */
  readonly usage: Quantity;
  /** Swap charged to the cgroup; null where the report does not tell it. */
  readonly swapUsed: Quantity | null;
  readonly terms: ReadonlyMap<MemcgTerm, Quantity>;
  readonly within: ReadonlyMap<MemcgWithin, Quantity>;
  /** Usage that the statistics do not account for; null where they are missing or cut. */
  readonly residue: Quantity | null;
  /** What is left of the usage where the statistics lack the kernel's part; null where they have it, or are missing. */
  readonly untold: Quantity | null;
}

export type MemcgTerm = "anon" | "file" | "kernel" | "sock" | "hugetlb";
export type MemcgWithin =
  | "shmem"
  | "dirty"
  | "writeback"
  | "swapcached"
  | "slab"
  | "kernelStacks"
  | "pageTables"
  | "percpu"
  | "vmalloc"
  | "zswap";

/** Names of the same amount: `memory.stat` of v2 (bytes), the lines of v1 (KB), the totals of v1 since v6.5 (bytes). */
const termNames: readonly { readonly id: MemcgTerm; readonly names: readonly string[] }[] = [
  { id: "anon", names: ["anon", "total_rss", "rss"] },
  { id: "file", names: ["file", "total_cache", "cache"] },
  { id: "kernel", names: ["kernel"] },
  { id: "sock", names: ["sock"] },
  { id: "hugetlb", names: ["hugetlb"] },
];

const withinNames: readonly { readonly id: MemcgWithin; readonly names: readonly string[] }[] = [
  { id: "shmem", names: ["total_shmem", "shmem"] },
  { id: "dirty", names: ["file_dirty", "total_dirty", "dirty"] },
  { id: "writeback", names: ["file_writeback", "total_writeback", "writeback"] },
  { id: "swapcached", names: ["swapcached", "total_swapcached"] },
  { id: "slab", names: ["slab"] },
  { id: "kernelStacks", names: ["kernel_stack"] },
  { id: "pageTables", names: ["pagetables"] },
  { id: "percpu", names: ["percpu"] },
  { id: "vmalloc", names: ["vmalloc"] },
  { id: "zswap", names: ["zswap"] },
];

/** The parts that make up `kernel`, which v5.3 to v5.17 do not print as one. */
const kernelParts = ["kernel_stack", "pagetables", "sec_pagetables", "percpu", "slab"] as const;

/** The sheet of a report under a memory cgroup's limit; null where no limit is printed. */
export function memcgSheet(report: OomReport, pageSizeBytes: number): MemcgSheet | null {
  const { memcg } = report;
  const hit = memcg === null ? null : limitHit(memcg);
  if (memcg === null || hit === null) return null;
  const pages = (value: MemcgLimit["usageKb"], name: string): Quantity =>
    inPages({ name, ...amount(value), unit: "kB", lines: [hit.line] }, pageSizeBytes);
  const memory = memcg.limits.find((limit) => limit.name === "memory") ?? hit;
  const usage = inPages(
    { name: "memory usage", ...amount(memory.usageKb), unit: "kB", lines: [memory.line] },
    pageSizeBytes,
  );
  const stats = firstOfEach(memcg.stats);
  const lookup = (names: readonly string[]): Quantity | null => statistic(stats, names, pageSizeBytes);
  const terms = collect(termNames, lookup);
  const kernel = kmemUsage(memcg, pageSizeBytes) ?? terms.get("kernel") ?? kernelPart(lookup);
  if (kernel !== null) terms.set("kernel", kernel);
  const hasStatistics = terms.has("anon") && terms.has("file");
  return {
    ...limitPath(report),
    hit,
    limit: pages(hit.limitKb, `${hit.name} limit`),
    limitUsage: pages(hit.usageKb, `${hit.name} usage`),
    usage,
    swapUsed: swapUsed(memcg, memory, pageSizeBytes),
    terms,
    within: collect(withinNames, lookup),
    residue: hasStatistics && kernel !== null ? difference("residue", usage, ...terms.values()) : null,
    untold: hasStatistics && kernel === null ? difference("untold", usage, ...terms.values()) : null,
  };
}

/** The limit with the least room: v1 may run into memory+swap while memory has room. */
function limitHit({ limits }: MemcgBlock): MemcgLimit | null {
  const room = (limit: MemcgLimit): number => toNumber(limit.limitKb) - toNumber(limit.usageKb);
  let hit: MemcgLimit | null = null;
  for (const limit of limits) {
    // v5.0 to v5.2 print the v1 lines on v2 as well: zero there means nothing.
    const exists = limit.name === "memory" || (limit.name === "memory+swap" && toNumber(limit.usageKb) > 0);
    if (limit.unlimited || !exists) continue;
    if (hit === null || room(limit) < room(hit)) hit = limit;
  }
  return hit ?? limits.find((limit) => limit.name === "memory") ?? null;
}

function swapUsed(memcg: MemcgBlock, memory: MemcgLimit, pageSizeBytes: number): Quantity | null {
  const swap = memcg.limits.find((limit) => limit.name === "swap");
  const asKb = (limit: MemcgLimit, name: string): Quantity => ({
    name,
    ...amount(limit.usageKb),
    unit: "kB",
    lines: [limit.line],
  });
  if (swap !== undefined) return inPages(asKb(swap, "swap usage"), pageSizeBytes);
  const both = memcg.limits.find((limit) => limit.name === "memory+swap");
  if (both === undefined || toNumber(both.usageKb) < toNumber(memory.usageKb)) return null;
  return inPages(
    difference("swap usage", asKb(both, "memory+swap usage"), asKb(memory, "memory usage")),
    pageSizeBytes,
  );
}

/** A cgroup that is printed again is of a later report whose beginning the log lost: it would count twice. */
function firstOfEach(stats: readonly MemcgStats[]): readonly MemcgStats[] {
  const seen = new Set<string | null>();
  return stats.filter(({ path }) => {
    const isFirst = !seen.has(path);
    seen.add(path);
    return isFirst;
  });
}

/** A statistic in pages: the sum over the printed cgroups, each of which counts for itself alone up to v5.2. */
function statistic(stats: readonly MemcgStats[], names: readonly string[], pageSizeBytes: number): Quantity | null {
  for (const name of names) {
    const found = stats.flatMap(({ counters }) => counters.find((counter) => counter.name === name) ?? []);
    if (found.length === 0) continue;
    const parts = found.map(
      ({ value, unit, line }): Quantity => ({
        name,
        ...amount(value),
        // memory.stat prints amounts and events alike without unit; the names asked for here are all bytes.
        unit: unit === "count" ? "bytes" : unit,
        lines: [line],
      }),
    );
    return inPages(sumOfLines(parts.length === 1 ? name : `${name} of all cgroups`, name, parts), pageSizeBytes);
  }
  return null;
}

function collect<Id extends string>(
  rows: readonly { readonly id: Id; readonly names: readonly string[] }[],
  lookup: (names: readonly string[]) => Quantity | null,
): Map<Id, Quantity> {
  return new Map(
    rows.flatMap(({ id, names }): [Id, Quantity][] => {
      const quantity = lookup(names);
      return quantity === null ? [] : [[id, quantity]];
    }),
  );
}

/**
 * Kernel memory: the kmem counter on v1, which also holds what dying processes still have; else `kernel`; else the sum
 * of its parts.
 */
function kmemUsage({ limits }: MemcgBlock, pageSizeBytes: number): Quantity | null {
  const kmem = limits.find(({ name }) => name === "kmem");
  // Zero on v5.0 to v5.2 of the v2 hierarchy means nothing, and on v1 that nothing is accounted.
  if (kmem === undefined || toNumber(kmem.usageKb) === 0) return null;
  const usage: Quantity = { name: "kmem usage", ...amount(kmem.usageKb), unit: "kB", lines: [kmem.line] };
  return named("kernel", inPages(usage, pageSizeBytes));
}

/** Up to v6.4 one record of about 1 kB holds all statistics: the last of them, slab first, may be cut off. */
function kernelPart(lookup: (names: readonly string[]) => Quantity | null): Quantity | null {
  const [first, ...parts] = kernelParts.flatMap((name) => lookup([name]) ?? []);
  return first === undefined || lookup(["slab"]) === null ? null : sum("kernel", first, ...parts);
}

/** Which cgroup's limit was hit, as far as the report names it. */
export function limitPath(report: OomReport): LimitPath {
  const { oomMemcg, taskMemcg } = report.cgroup;
  const stats = report.memcg?.stats.find(({ path }) => path !== null);
  const path = oomMemcg ?? stats?.path ?? null;
  const lines = [report.summary?.line, report.memcg?.taskLine].filter((line) => line != null);
  const pathLines = oomMemcg !== null ? lines : stats === undefined ? [] : [stats.line];
  if (oomMemcg === null || taskMemcg === null) return { path, level: "unknown", pathLines };
  if (oomMemcg === taskMemcg) return { path, level: "own", pathLines };
  const isAncestor = oomMemcg === "/" || taskMemcg.startsWith(`${oomMemcg}/`);
  return { path, level: isAncestor ? "ancestor" : "unknown", pathLines };
}
