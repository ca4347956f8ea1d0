import type { OomReport } from "../model/report.js";
import type { Quantity } from "./quantity.js";

/** What a later report of the same boot needs to know of an earlier one. */
export interface ReportDigest {
  readonly line: number;
  readonly uptimeSeconds: number | null;
  /** Wall time in seconds, or null. */
  readonly wallSeconds: number | null;
  /** What ran out: `system`, or the path of the memory cgroup. */
  readonly domain: string;
  /** Cgroup of the victim, or null. */
  readonly taskMemcg: string | null;
  readonly kills: readonly { readonly pid: number; readonly name: string; readonly line: number }[];
  /** The kills are one decision (`memory.oom.group`). */
  readonly group: boolean;
  /** Amounts that a leak makes grow, in pages, by name. */
  readonly series: ReadonlyMap<string, Quantity>;
}

/** Reports that are remembered: enough for a storm of two minutes that kills once a second. */
const mostReports = 128;

/** The earlier reports of one boot, the oldest first; bounded. */
export class History {
  #digests: ReportDigest[] = [];

  get earlier(): readonly ReportDigest[] {
    return this.#digests;
  }

  add(digest: ReportDigest): void {
    const last = this.#digests.at(-1);
    if (last !== undefined && (seconds(digest) ?? 0) < (seconds(last) ?? 0)) this.#digests = [];
    this.#digests.push(digest);
    if (this.#digests.length > mostReports) this.#digests.shift();
  }
}

/** Seconds on the clock that both of two digests of one boot have: since boot where known. */
function seconds({ uptimeSeconds, wallSeconds }: ReportDigest): number | null {
  return uptimeSeconds ?? wallSeconds;
}

/** Seconds from one report to a later one; null where they share no clock. */
export function secondsBetween(from: ReportDigest, to: ReportDigest): number | null {
  if (from.uptimeSeconds !== null && to.uptimeSeconds !== null) return to.uptimeSeconds - from.uptimeSeconds;
  if (from.wallSeconds !== null && to.wallSeconds !== null) return to.wallSeconds - from.wallSeconds;
  return null;
}

/** The digest of a report. */
export function digestOf(report: OomReport, series: ReadonlyMap<string, Quantity>): ReportDigest {
  const { oomMemcg, taskMemcg } = report.cgroup;
  return {
    line: report.line,
    uptimeSeconds: report.uptimeSeconds,
    wallSeconds: report.time === null ? null : Date.parse(report.time) / 1000,
    domain: report.constraint === "CONSTRAINT_MEMCG" ? (oomMemcg ?? "a memory cgroup") : "system",
    taskMemcg,
    kills: report.kills.map(({ pid, name, line }) => ({ pid, name, line })),
    group: report.groupKill !== null,
    series,
  };
}
