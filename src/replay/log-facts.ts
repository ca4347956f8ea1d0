import type { Counter, MemInfo, OomReport, ZoneInfo } from "../model/report.js";
import { type Int64, toBigInt } from "../model/units.js";

/** A value read from the log with the lines it came from. */
export interface Sourced<T> {
  readonly value: T;
  readonly lines: readonly number[];
}

/** The counter of a name, or undefined. */
export function counterOf(counters: readonly Counter[], name: string): Counter | undefined {
  return counters.find((counter) => counter.name === name);
}

/** `pages RAM`, `pages reserved`, `Total swap`, …: one of the totals that close the `Mem-Info:` block. */
export function totalOf(memInfo: MemInfo | null, name: string): Counter | undefined {
  return memInfo === null ? undefined : counterOf(memInfo.totals, name);
}

/** Pages of a printed size in kB. */
export function kbToPages(kb: Int64, pageSizeBytes: number): bigint {
  return (toBigInt(kb) * 1024n) / BigInt(pageSizeBytes);
}

/** Total swap of the machine in pages; null where the report does not print it. */
export function totalSwapPages(report: OomReport, pageSizeBytes: number): Sourced<bigint> | null {
  const total = totalOf(report.memInfo, "Total swap");
  return total === undefined ? null : { value: kbToPages(total.value, pageSizeBytes), lines: [total.line] };
}

/** Swap in use in pages; null where the report does not print it. Negative while swapoff runs. */
export function usedSwapPages(report: OomReport, pageSizeBytes: number): bigint | null {
  const total = totalOf(report.memInfo, "Total swap");
  const free = totalOf(report.memInfo, "Free swap");
  if (total === undefined || free === undefined) return null;
  return kbToPages(total.value, pageSizeBytes) - kbToPages(free.value, pageSizeBytes);
}

/** Sum of a kB counter over zones, in pages; null when a zone lacks it. */
export function sumZonePages(zones: readonly ZoneInfo[], name: string, pageSizeBytes: number): Sourced<bigint> | null {
  if (zones.length === 0) return null;
  let kb = 0n;
  const lines: number[] = [];
  for (const zone of zones) {
    const counter = counterOf(zone.counters, name);
    if (counter === undefined) return null;
    kb += toBigInt(counter.value);
    lines.push(counter.line);
  }
  return { value: (kb * 1024n) / BigInt(pageSizeBytes), lines };
}

/** A kernel node list (`0-1,3`) as numbers; null when it is not one. At most 1024 nodes. */
export function parseNodeList(text: string): readonly number[] | null {
  const nodes: number[] = [];
  for (const part of text.split(",")) {
    const range = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part);
    if (range === null) return null;
    const first = Number(range[1]);
    const last = Number(range[2] ?? range[1]);
    for (let node = first; node <= last && nodes.length < 1024; node++) nodes.push(node);
  }
  return nodes;
}
