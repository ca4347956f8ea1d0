import { TOTAL_NOT_IN_LOG, type TotalPages } from "../model/machine.js";
import type { Constraint, Counter, MemcgLimit, OomReport } from "../model/report.js";
import type { KernelTraits } from "../model/traits.js";
import { fromBigInt, maxBigInt, minBigInt, toBigInt } from "../model/units.js";
import { counterOf, kbToPages, sumZonePages, totalOf, totalSwapPages } from "./log-facts.js";
import type { InferredConstraint } from "./reconstruct-constraint.js";
import { wordBitsOf } from "./word-bits.js";

/** A `totalpages` that the log allows, with its bounds and the lines it was made from. */
export interface TotalCandidate {
  readonly constraint: Constraint;
  readonly totalPages: TotalPages;
  readonly lines: readonly number[];
  /** What the log would have to print to make the bounds meet; null when they do. */
  readonly unknown: string | null;
}

/**
 * Upper bounds of what a log does not print, a machine's swap or the holes of a node: 64 TiB of 4 KiB pages, and where the
 * kernel's `long` has 32 bits the most that the arithmetic holds. No real machine comes near; they keep the range finite.
 */
const MOST_PAGES = { 32: 1n << 30n, 64: 1n << 34n } as const;

function mostPages(report: OomReport): bigint {
  return MOST_PAGES[wordBitsOf(report.kernel.arch) ?? 64];
}

/**
 * The totals that a report allows for `totalpages`, the expected one first. Empty for the eras that use none.
 *
 * The alternatives are what a printed score is tried against when the expected one does not reproduce it: before v5.2
 * no line tells a cpuset or a memory policy from an unconstrained OOM.
 */
export function totalCandidates(
  report: OomReport,
  traits: KernelTraits,
  inferred: InferredConstraint,
  pageSizeBytes: number,
): readonly TotalCandidate[] {
  if (traits.pointsRule === "legacy") return [];
  const found = shownTotals(report, traits, inferred, pageSizeBytes);
  return found.length > 0 ? found : [unknownTotal(report, inferred)];
}

function shownTotals(
  report: OomReport,
  traits: KernelTraits,
  inferred: InferredConstraint,
  pageSizeBytes: number,
): readonly TotalCandidate[] {
  if (inferred.constraint === "CONSTRAINT_MEMCG") {
    const memcg = memcgTotal(report, traits, pageSizeBytes);
    return memcg === null ? [] : [memcg];
  }
  const system = systemTotal(report, traits, pageSizeBytes);
  const restricted = restrictedTotals(report, traits, inferred, pageSizeBytes);
  const expectsNodes =
    inferred.constraint === "CONSTRAINT_CPUSET" || inferred.constraint === "CONSTRAINT_MEMORY_POLICY";
  const ordered = expectsNodes
    ? [...restricted, ...(system === null ? [] : [system])]
    : [...(system === null ? [] : [system]), ...restricted];
  return traits.constraintPrinted === "right" && ordered.length > 1 ? ordered.slice(0, 1) : ordered;
}

/** Without any total in the log: not below the memory of the largest task, which lies within it. */
function unknownTotal(report: OomReport, inferred: InferredConstraint): TotalCandidate {
  const largest = report.tasks.reduce((most, row) => {
    return maxBigInt(most, toBigInt(row.rssPages) + toBigInt(row.swapPages ?? 0));
  }, 1n);
  return {
    constraint: inferred.constraint ?? "CONSTRAINT_NONE",
    totalPages: { min: fromBigInt(largest), max: fromBigInt(largest + mostPages(report)), source: TOTAL_NOT_IN_LOG },
    lines: [],
    unknown: "totalpages",
  };
}

function exactly(value: bigint, source: string): TotalPages {
  return { min: fromBigInt(value), max: fromBigInt(value), source };
}

/** CONSTRAINT_NONE: `totalram_pages + total_swap_pages`. */
function systemTotal(report: OomReport, traits: KernelTraits, pageSizeBytes: number): TotalCandidate | null {
  const totalram = totalramParts(report, traits);
  if (totalram === null) return null;
  const swap = totalSwapPages(report, pageSizeBytes);
  return {
    constraint: "CONSTRAINT_NONE",
    totalPages: exactly(
      sumOfParts(totalram, pageSizeBytes) + (swap?.value ?? 0n),
      `${totalram.source} + ${swap === null ? "no swap is printed" : "Total swap"}`,
    ),
    lines: [...[...totalram.add, ...totalram.subtract].map(({ line }) => line), ...(swap?.lines ?? [])],
    unknown: null,
  };
}

/** `totalram_pages` as a report tells it; null when it does not. */
export function totalramPages(report: OomReport, traits: KernelTraits, pageSizeBytes: number): bigint | null {
  const parts = totalramParts(report, traits);
  return parts === null ? null : sumOfParts(parts, pageSizeBytes);
}

function sumOfParts({ add, subtract }: TotalramParts, pageSizeBytes: number): bigint {
  const sum = (counters: readonly Counter[]): bigint =>
    counters.reduce(
      (pages, { value, unit }) => pages + (unit === "kB" ? kbToPages(value, pageSizeBytes) : toBigInt(value)),
      0n,
    );
  return sum(add) - sum(subtract);
}

/** Counters of a report that make up `totalram_pages`: to add up and to take off. */
export interface TotalramParts {
  readonly add: readonly Counter[];
  readonly subtract: readonly Counter[];
  readonly source: string;
}

/** How a report tells `totalram_pages`; null when it does not. Without traits, as most kernels print it. */
export function totalramParts(
  { memInfo }: Pick<OomReport, "memInfo">,
  traits: Pick<KernelTraits, "reservedPages"> | null,
): TotalramParts | null {
  const managed = (memInfo?.zones ?? []).map((zone) => counterOf(zone.counters, "managed"));
  const allManaged = managed.length > 0 ? managed.filter((counter) => counter !== undefined) : [];
  const hasManaged = allManaged.length > 0 && allManaged.length === managed.length;
  if (traits?.reservedPages === "last-zone" && hasManaged) {
    const source = "sum of managed (pages reserved counts one zone only on this kernel)";
    return { add: allManaged, subtract: [], source };
  }
  const ram = totalOf(memInfo, "pages RAM");
  const reserved = totalOf(memInfo, "pages reserved");
  const cma = totalOf(memInfo, "pages cma reserved");
  if (ram !== undefined && reserved !== undefined) {
    const withCma = traits?.reservedPages === "present-managed-cma" && cma !== undefined && toBigInt(cma.value) > 0n;
    // v3.19 to v4.1 subtract CMA from the printed number, which may wrap below zero.
    const signed: Counter = { ...reserved, value: fromBigInt(BigInt.asIntN(64, toBigInt(reserved.value))) };
    return {
      add: [ram],
      subtract: withCma ? [signed, cma] : [signed],
      source: withCma ? "pages RAM − (pages reserved + cma reserved)" : "pages RAM − pages reserved",
    };
  }
  return hasManaged ? { add: allManaged, subtract: [], source: "sum of managed over the zones shown" } : null;
}

/** Holes are not printed: what is allowed for them in a node's span, page structs (up to v3.7, seen: 1.6 %) included. */
const HOLES = { shareOfPresent: 50n, node0Bytes: 1n << 30n } as const;

/**
 * CONSTRAINT_CPUSET and CONSTRAINT_MEMORY_POLICY: swap and the pages of the allowed nodes. Beside the nodes that are known
 * to be allowed, those that may be: single ones of several, and all that are shown where others are hidden.
 */
function restrictedTotals(
  report: OomReport,
  traits: KernelTraits,
  inferred: InferredConstraint,
  pageSizeBytes: number,
): TotalCandidate[] {
  const zones = report.memInfo?.zones ?? [];
  const shown = [...new Set(zones.map((zone) => zone.node))].filter((node) => node !== null);
  const swap = totalSwapPages(report, pageSizeBytes);
  const sets: (readonly number[])[] = [];
  if (inferred.nodes !== null) sets.push(inferred.nodes.filter((node) => shown.includes(node)));
  if (shown.length > 1) sets.push(...shown.map((node) => [node]));
  else if (inferred.nodes === null && !isWholeMachine(report, traits, pageSizeBytes)) sets.push(shown);
  const totals: TotalCandidate[] = [];
  for (const nodes of sets) {
    const present = sumZonePages(
      zones.filter((zone) => zone.node !== null && nodes.includes(zone.node)),
      "present",
      pageSizeBytes,
    );
    if (present === null) continue;
    const base = present.value + (swap?.value ?? 0n);
    const hole = nodes.includes(0) ? HOLES.node0Bytes / BigInt(pageSizeBytes) : 0n;
    const slack = traits.nodeTotal === "spanned" ? present.value / HOLES.shareOfPresent + hole : 0n;
    totals.push({
      constraint: inferred.constraint === "CONSTRAINT_MEMORY_POLICY" ? "CONSTRAINT_MEMORY_POLICY" : "CONSTRAINT_CPUSET",
      totalPages: {
        min: fromBigInt(base),
        max: fromBigInt(base + slack),
        source: `sum of present of node ${nodes.join(",")} + Total swap${slack > 0n ? ", with what holes may add" : ""}`,
      },
      lines: [...present.lines, ...(swap?.lines ?? [])],
      unknown: slack > 0n ? "the spanned pages of the node (holes are not printed)" : null,
    });
  }
  return totals;
}

/** Whether the zones shown are all there are: they hold what the machine has. */
function isWholeMachine(report: OomReport, traits: KernelTraits, pageSizeBytes: number): boolean {
  const whole = totalramPages(report, traits, pageSizeBytes);
  const managed = sumZonePages(report.memInfo?.zones ?? [], "managed", pageSizeBytes);
  const shown = managed ?? sumZonePages(report.memInfo?.zones ?? [], "present", pageSizeBytes);
  return whole !== null && shown !== null && shown.value * 100n >= whole * 99n;
}

/** CONSTRAINT_MEMCG: the limit, and the swap that the cgroup may use. */
function memcgTotal(report: OomReport, traits: KernelTraits, pageSizeBytes: number): TotalCandidate | null {
  const limits = report.memcg?.limits ?? [];
  const memory = limits.find((limit) => limit.name === "memory");
  if (memory === undefined) return null;
  const limit = atLeastOne(kbToPages(memory.limitKb, pageSizeBytes));
  const machineSwap = totalSwapPages(report, pageSizeBytes);
  const swapBound = swapAllowance(limits, limit, pageSizeBytes);
  const most = mostPages(report);
  const swap = minBigInt(machineSwap?.value ?? most, swapBound?.pages ?? most);
  // Swappiness 0 leaves swap out of the total (since v3.7) and is not printed, so the limit alone is always the minimum.
  const min = traits.memcgTotal === "limit+swap" && machineSwap !== null ? limit + swap : limit;
  const max = limit + swap;
  const lines = [memory.line, ...(swapBound === null ? [] : [swapBound.line]), ...(machineSwap?.lines ?? [])];
  return {
    constraint: "CONSTRAINT_MEMCG",
    totalPages: {
      min: fromBigInt(min),
      max: fromBigInt(max),
      source:
        min === max
          ? "the limit of the memory cgroup (it may not use swap)"
          : "the limit of the memory cgroup, plus the swap that it may use",
    },
    lines,
    unknown:
      min === max
        ? null
        : machineSwap === null
          ? "the machine's total swap and its swappiness (not printed in a memory cgroup report)"
          : "the swappiness of the memory cgroup",
  };
}

/** Swap that the printed limits leave to the cgroup; null when they set no bound. */
function swapAllowance(
  limits: readonly MemcgLimit[],
  memoryLimit: bigint,
  pageSizeBytes: number,
): { readonly pages: bigint; readonly line: number } | null {
  const swap = limits.find((limit) => limit.name === "swap");
  if (swap !== undefined && !swap.unlimited) return { pages: kbToPages(swap.limitKb, pageSizeBytes), line: swap.line };
  const memsw = limits.find((limit) => limit.name === "memory+swap");
  // v5.0 to v5.2 print the v1 lines on v2 as well, with zero for what does not exist there.
  if (memsw !== undefined && !memsw.unlimited && toBigInt(memsw.limitKb) > 0n) {
    const pages = kbToPages(memsw.limitKb, pageSizeBytes) - memoryLimit;
    return { pages: pages > 0n ? pages : 0n, line: memsw.line };
  }
  return null;
}

function atLeastOne(pages: bigint): bigint {
  return pages > 0n ? pages : 1n;
}
