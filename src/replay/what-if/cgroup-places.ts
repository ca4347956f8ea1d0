import type { OomReport } from "../../model/report.js";
import { processesOf } from "../process.js";
import { matchesWhole } from "./pattern.js";

/** What a report tells of the cgroups of its tasks: the victim's, and the one that all candidates are in. */
export interface CgroupPlaces {
  /** The cgroup of a process, by thread group. */
  readonly exact: ReadonlyMap<number, string>;
  /** The cgroup that every task of the table is in, or in one below: the one whose limit was hit. */
  readonly within: string | null;
  /** A cgroup that a process is in, or in one below: of those who died as a group. */
  readonly members: ReadonlyMap<number, string>;
}

/** Whether a process is in a cgroup: `maybe` where no line tells. */
export type InCgroup = "yes" | "no" | "maybe";

/** The places that a report tells. */
export function placesOf(report: OomReport, picked: number | null): CgroupPlaces {
  const { taskMemcg, oomMemcg } = report.cgroup;
  const group = report.groupKill?.path ?? null;
  const members = report.kills.filter(({ role }) => role === "group-member");
  const rowOf = group === null ? null : processesOf(report);
  return {
    exact: new Map(picked === null || taskMemcg === null ? [] : [[picked, taskMemcg]]),
    within: report.constraint === "CONSTRAINT_MEMCG" ? oomMemcg : null,
    members: new Map(group === null ? [] : members.map(({ pid }) => [rowOf?.(pid)?.tgid ?? pid, group])),
  };
}

/** Whether a process is in a cgroup that matches a pattern, or in one below. */
export function isInCgroup(places: CgroupPlaces, tgid: number, pattern: string): InCgroup {
  const path = places.exact.get(tgid);
  if (path !== undefined) return coversPath(pattern, path) ? "yes" : "no";
  const above = places.members.get(tgid) ?? places.within;
  if (above === null) return "maybe";
  if (coversPath(pattern, above)) return "yes";
  return /[*?]/.test(pattern) || isBelow(pattern, above) ? "maybe" : "no";
}

/** Whether a pattern matches a path or one above it. */
function coversPath(pattern: string, path: string): boolean {
  const wanted = pattern.length > 1 ? pattern.replace(/\/$/, "") : pattern;
  if (wanted === "/") return true;
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
    if (matchesWhole(wanted, path.slice(0, end))) return true;
  }
  return false;
}

function isBelow(path: string, above: string): boolean {
  return above === "/" || path.startsWith(above.endsWith("/") ? above : `${above}/`);
}
