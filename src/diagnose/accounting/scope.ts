import type { Counter, MemInfo, NodeInfo, ZoneInfo } from "../../model/report.js";
import { toNumber } from "../../model/units.js";
import { amount, inPages, named, printed, product, type Quantity, sum, sumOfLines } from "../quantity.js";

/**
 * Where counters are looked up: the machine, a node or a zone. A counter that moved from one kind of line to another
 * between kernels is found wherever it stands.
 */
export interface Scope {
  /** The counter of the first name that is printed, in pages; null when none is. */
  pages(...names: readonly string[]): Quantity | null;
}

/** The whole machine: the global counters, else the sum over nodes, else over zones. */
export function machineScope(memInfo: MemInfo, pageSizeBytes: number): Scope {
  return scopeOf(pageSizeBytes, [
    { what: "", lines: [memInfo.counters] },
    { what: " of all nodes", lines: memInfo.nodes.map(({ counters }) => counters) },
    { what: " of all zones", lines: memInfo.zones.map(({ counters }) => counters) },
  ]);
}

/** One node: its own line (since v4.8), else the sum over its zones. */
export function nodeScope(node: NodeInfo | null, zones: readonly ZoneInfo[], pageSizeBytes: number): Scope {
  return scopeOf(pageSizeBytes, [
    { what: "", lines: node === null ? [] : [node.counters] },
    { what: " of its zones", lines: zones.map(({ counters }) => counters) },
  ]);
}

/** One zone: its own line. */
export function zoneScope(zone: ZoneInfo, pageSizeBytes: number): Scope {
  return scopeOf(pageSizeBytes, [{ what: "", lines: [zone.counters] }]);
}

/** The zones that a request may use, together: their own lines. */
export function eligibleScope(zones: readonly ZoneInfo[], pageSizeBytes: number): Scope {
  return scopeOf(pageSizeBytes, [{ what: " of the eligible zones", lines: zones.map(({ counters }) => counters) }]);
}

interface Level {
  /** Behind the name of a counter that was summed on this level. */
  readonly what: string;
  readonly lines: readonly (readonly Counter[])[];
}

function scopeOf(pageSizeBytes: number, levels: readonly Level[]): Scope {
  return {
    pages(...names) {
      for (const { what, lines } of levels) {
        for (const name of names) {
          const found = lines.flatMap((counters) => counters.find((counter) => counter.name === name) ?? []);
          if (found.length === 0) continue;
          const parts = found.map((counter) => printed(counter));
          return inPages(sumOfLines(`${name}${what}`, name, parts), pageSizeBytes);
        }
      }
      return null;
    },
  };
}

/** A total of the end of the memory block (`pages RAM`, `Total swap`) in pages. */
export function totalPages(memInfo: MemInfo, name: string, pageSizeBytes: number): Quantity | null {
  const found = memInfo.totals.find((counter) => counter.name === name);
  return found === undefined ? null : inPages(printed(found), pageSizeBytes);
}

/** Pages on the per-CPU lists (up to v4.0). */
export function perCpuPages(memInfo: MemInfo): Quantity | null {
  const parts = memInfo.perCpuLists.map(
    ({ usedPages, line }): Quantity => ({ name: "usd", value: usedPages, unit: "pages", lines: [line] }),
  );
  return parts.length === 0 ? null : named("per-CPU lists", sumOfLines("usd of all processors", "usd", parts));
}

/** Pages of all reserved huge pages, used or not; null on kernels that print none (before v3.10). */
export function hugePages(
  hugepages: MemInfo["hugepages"],
  which: "total" | "free",
  pageSizeBytes: number,
): Quantity | null {
  const name = `hugepages_${which}`;
  const [first] = hugepages;
  if (first === undefined) return null;
  const [some, ...more] = hugepages
    .filter((one) => toNumber(one[which]) > 0)
    .map((one) => {
      const place = `${one.node === null ? "" : ` of node ${one.node}`}, ${one.sizeKb} kB`;
      const pages: Quantity = {
        name: `${name}${place}`,
        ...amount(one[which]),
        unit: "count",
        lines: [one.line],
      };
      return product(`${name}${place} in pages`, pages, (toNumber(one.sizeKb) * 1024) / pageSizeBytes, "pages");
    });
  if (some === undefined) return { name, value: 0, unit: "pages", lines: [first.line] };
  return sum(`${name} in pages`, some, ...more);
}
