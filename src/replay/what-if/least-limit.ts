import type { Accounting, MemcgBalance, ZoneWatermarks } from "../../model/accounting.js";
import type { OomReport } from "../../model/report.js";
import { fromBigInt, type Int64, toBigInt } from "../../model/units.js";
import type { LeastLimit } from "../../model/what-if.js";
import { totalramPages } from "../reconstruct-totals.js";
import type { Subject } from "./subject.js";

const LATER_USE = "how much more memory the tasks would have gone on to use";
const RECLAIM = "what a later try would have reclaimed";

/**
 * The least memory with which the one request that failed would have been met. Null where the report has neither a memory
 * cgroup's usage nor zones.
 */
export function leastLimit(report: OomReport, accounting: Accounting | null, subject: Subject): LeastLimit | null {
  if (accounting === null) return null;
  if (report.sysrq !== null || report.trigger?.order === -1) {
    return nothing(
      "total RAM",
      null,
      "A person asked for this kill (sysrq f): no amount of memory would have spared it.",
    );
  }
  if (accounting.memcg !== null) return leastOfMemcg(report, accounting.memcg, accounting.pageSizeBytes);
  if (accounting.watermarks.length === 0) return null;
  return leastOfMachine(report, accounting, subject);
}

function nothing(
  of: LeastLimit["of"],
  nowBytes: Int64 | null,
  reason: string,
  lines: readonly number[] = [],
): LeastLimit {
  return { of, nowBytes, leastBytes: null, reason, cannotTell: [], lines };
}

/**
 * The file that sets each limit. v2 reports have a line for swap (since v5.3), v1 reports one for memory and swap together;
 * memory.oom.group is v2's.
 */
function fileOf(report: OomReport, { limitName }: MemcgBalance): LeastLimit["of"] {
  if (limitName === "memory+swap") return "memory.memsw.limit_in_bytes";
  const isV2 = report.groupKill !== null || (report.memcg?.limits ?? []).some(({ name }) => name === "swap");
  return isV2 ? "memory.max" : "memory.limit_in_bytes";
}

function leastOfMemcg(report: OomReport, balance: MemcgBalance, pageSizeBytes: number): LeastLimit {
  const { limit, limitUsage: usage, limitName } = balance;
  const of = fileOf(report, balance);
  const bytesOf = (pages: number): number => Math.round(pages * pageSizeBytes);
  const lines = [...new Set([...usage.lines, ...(limit?.lines ?? [])])];
  if (limit === null) return nothing(of, null, "The report shows no limit that was hit.", lines);
  const nowBytes = bytesOf(limit.pages);
  if (limitName === "kmem")
    return nothing(of, nowBytes, "The limit of kernel memory was hit, not that of memory.", lines);
  const request = requestPages(report);
  // The charge did not fit, so that more than the limit was needed, whatever was freed before the usage was printed.
  const leastPages = Math.max(usage.pages + request, limit.pages + 1);
  return {
    of,
    nowBytes,
    leastBytes: bytesOf(leastPages),
    reason: `Usage and the request of ${request} ${request === 1 ? "page" : "pages"} would have fitted.`,
    cannotTell: [LATER_USE, RECLAIM],
    lines,
  };
}

function requestPages({ trigger }: OomReport): number {
  return 2 ** Math.max(0, trigger?.order ?? 0);
}

/** The zone that lacks least to its min mark: the last that an allocation before the OOM killer is held against. */
function leastOfMachine(report: OomReport, accounting: Accounting, subject: Subject): LeastLimit {
  const { pageSizeBytes, watermarks } = accounting;
  const ram = totalramPages(report, subject.worlds[0].traits, pageSizeBytes);
  const nowBytes = ram === null ? null : fromBigInt(ram * BigInt(pageSizeBytes));
  const usable = watermarks.filter(({ eligible }) => eligible);
  const lines = [...new Set(usable.flatMap((zone) => zone.lines))];
  const order = Math.max(0, report.trigger?.order ?? 0);
  if (order > 0) {
    return nothing(
      "total RAM",
      nowBytes,
      `The request needs ${2 ** order} pages in one piece: free memory alone does not make them.`,
      lines,
    );
  }
  const [nearest] = usable
    .flatMap((zone) =>
      zone.reserveKb === null ? [] : [{ zone, lacksKb: lackOf(zone, zone.reserveKb, pageSizeBytes) }],
    )
    .sort((a, b) => a.lacksKb - b.lacksKb);
  if (nearest === undefined)
    return nothing("total RAM", nowBytes, "The log does not show the zones that the request may use.", lines);
  const name = zoneName(nearest.zone);
  if (nearest.lacksKb <= 0) {
    return nothing(
      "total RAM",
      nowBytes,
      `When the report was printed, zone ${name} had enough free memory again.`,
      lines,
    );
  }
  return {
    of: "total RAM",
    nowBytes,
    leastBytes: nowBytes === null ? null : fromBigInt(toBigInt(nowBytes) + BigInt(nearest.lacksKb) * 1024n),
    reason: `Zone ${name} lacked ${nearest.lacksKb} kB to its min mark for this request.`,
    cannotTell: [LATER_USE, RECLAIM, "which zone more memory would have come to"],
    lines: nearest.zone.lines,
  };
}

/** The kernel wants more than the mark and the reserve to stay free with the page gone. */
function lackOf({ usableKb, minKb }: ZoneWatermarks, reserveKb: number, pageSizeBytes: number): number {
  return Math.ceil(minKb + reserveKb + pageSizeBytes / 1024 - usableKb);
}

function zoneName({ node, zone }: ZoneWatermarks): string {
  return node === null ? zone : `${zone} of node ${node}`;
}
