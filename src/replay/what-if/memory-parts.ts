import type { Scenario, TotalPages } from "../../model/machine.js";
import type { OomReport } from "../../model/report.js";
import { fromBigInt, type Int64, maxBigInt, minBigInt, toBigInt } from "../../model/units.js";
import { kbToPages, totalSwapPages } from "../log-facts.js";
import { totalramPages } from "../reconstruct-totals.js";

/** What `totalpages` is made of under a constraint, as far as it is known; null is unknown. */
export type MemoryParts =
  | { readonly kind: "machine"; readonly ramPages: bigint | null; readonly swapPages: bigint | null }
  | { readonly kind: "nodes"; readonly swapPages: bigint | null }
  | MemcgParts
  | { readonly kind: "unknown" };

export interface MemcgParts {
  readonly kind: "memcg";
  readonly limitPages: bigint;
  /** `memory.swap.max`; null without a limit. */
  readonly swapMaxPages: bigint | null;
  /** Limit of memory and swap together (v1); null without one. */
  readonly memswPages: bigint | null;
  /** Swap of the machine. */
  readonly machineSwapPages: bigint | null;
}

/** The parts that a report shows. */
export function memoryOfReport(report: OomReport, scenario: Scenario): MemoryParts {
  const { constraint, traits, machine } = scenario;
  const { pageSizeBytes } = machine;
  const swapPages = totalSwapPages(report, pageSizeBytes)?.value ?? null;
  if (constraint === "CONSTRAINT_NONE") {
    return { kind: "machine", ramPages: totalramPages(report, traits, pageSizeBytes), swapPages };
  }
  if (constraint !== "CONSTRAINT_MEMCG") return { kind: "nodes", swapPages };
  const limits = report.memcg?.limits ?? [];
  const pagesOf = (name: string): bigint | null => {
    const limit = limits.find((one) => one.name === name);
    // v5.0 to v5.2 print the v1 lines on v2 as well, with zero for what does not exist there.
    if (limit === undefined || limit.unlimited || (name === "memory+swap" && toBigInt(limit.limitKb) === 0n))
      return null;
    return kbToPages(limit.limitKb, pageSizeBytes);
  };
  const limitPages = limits.some(({ name }) => name === "memory") ? pagesOf("memory") : null;
  if (limitPages === null) return { kind: "unknown" };
  return {
    kind: "memcg",
    limitPages: maxBigInt(limitPages, 1n),
    swapMaxPages: pagesOf("swap"),
    memswPages: pagesOf("memory+swap"),
    machineSwapPages: swapPages,
  };
}

/** The parts of a machine that is known in full. */
export function memoryOfMachine({ machine, constraint }: Scenario): MemoryParts {
  const orNull = (value: Int64 | null | undefined): bigint | null => (value == null ? null : toBigInt(value));
  const swapPages = orNull(machine.totalSwapPages);
  if (constraint === "CONSTRAINT_NONE") return { kind: "machine", ramPages: orNull(machine.totalramPages), swapPages };
  if (constraint !== "CONSTRAINT_MEMCG") return { kind: "nodes", swapPages };
  const memcg = machine.memcgs?.find(({ id }) => id === machine.invocation.memcg);
  if (memcg === undefined) return { kind: "unknown" };
  return {
    kind: "memcg",
    limitPages: toBigInt(memcg.limitPages),
    swapMaxPages: orNull(memcg.swapMaxPages),
    memswPages: orNull(memcg.memswPages),
    machineSwapPages: swapPages,
  };
}

/** A range of pages. */
export interface PageRange {
  readonly min: bigint;
  readonly max: bigint;
}

/** The bounds of a total as exact integers. */
export function rangeOf({ min, max }: TotalPages): PageRange {
  return { min: toBigInt(min), max: toBigInt(max) };
}

/** A total with new bounds; never below one page. */
export function totalOf({ min, max }: PageRange, source: string): TotalPages {
  return { min: fromBigInt(maxBigInt(min, 1n)), max: fromBigInt(maxBigInt(max, 1n)), source };
}

/** A total that was moved by an edit. */
export function shifted(total: TotalPages, pages: bigint, why: string): TotalPages {
  const { min, max } = rangeOf(total);
  return totalOf({ min: min + pages, max: max + pages }, `${total.source}, ${why}`);
}

/** The swap in a memcg total: what is above the limit. */
export function swapShare(total: TotalPages, { limitPages }: MemcgParts): PageRange {
  const { min, max } = rangeOf(total);
  return { min: maxBigInt(min - limitPages, 0n), max: maxBigInt(max - limitPages, 0n) };
}

/** Swap that the limits of a cgroup leave to it; null when they set no bound. */
export function swapAllowance({ limitPages, swapMaxPages, memswPages }: MemcgParts): bigint | null {
  const byMemsw = memswPages === null ? null : maxBigInt(memswPages - limitPages, 0n);
  if (swapMaxPages === null || byMemsw === null) return swapMaxPages ?? byMemsw;
  return minBigInt(swapMaxPages, byMemsw);
}
