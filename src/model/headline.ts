import type { Analysis } from "./analysis.js";
import { cgroupPattern } from "./cgroup-pattern.js";
import type { Finding } from "./finding.js";
import type { Constraint, Kill, OomReport, TaskRow } from "./report.js";
import { toNumber } from "./units.js";

/** Which limit was hit, in a word. `sysrq`: none, somebody asked for a kill. `unknown`: the log does not tell. */
export type LimitKind = "machine" | "memcg" | "cpuset" | "mempolicy" | "sysrq" | "unknown";

/** What an analysis comes to in a few words: what triage groups by, and what a table shows of a report. */
export interface Headline {
  readonly limit: LimitKind;
  /**
   * The cgroup that the report is about, without ids ({@link cgroupPattern}): the one whose limit was hit, else the
   * victim's. Null for the root cgroup, which says nothing, and where none is printed.
   */
  readonly cgroup: string | null;
  /** The same with its ids. */
  readonly cgroupPath: string | null;
  /** What it is in words, without ids; null where the path does not tell. */
  readonly cgroupName: string | null;
  /** Who died first; where nobody did, null. */
  readonly victim: { readonly pid: number; readonly name: string } | null;
  /** Resident memory and swap of the victim in bytes: by the task table, else by the kill line; null without both. */
  readonly victimBytes: number | null;
  /** Everybody who died, each process once. */
  readonly kills: readonly Kill[];
  /** Id of the top finding, or null when no known cause fits. */
  readonly cause: string | null;
  /** The first sentence of what it means. */
  readonly causeMeaning: string | null;
  /** What the top finding answers; null without one. */
  readonly causeLayer: Finding["layer"] | null;
  /** The victim did not hold the memory. */
  readonly collateral: boolean;
}

const limits: Readonly<Record<Constraint, LimitKind>> = {
  CONSTRAINT_NONE: "machine",
  CONSTRAINT_CPUSET: "cpuset",
  CONSTRAINT_MEMORY_POLICY: "mempolicy",
  CONSTRAINT_MEMCG: "memcg",
};

/** The headline of an analysis. */
export function headlineOf(analysis: Analysis): Headline {
  const { report, findings } = analysis;
  const [top] = findings;
  const kills = distinctKills(report);
  const [victim] = kills;
  const path = report.cgroup.oomMemcg ?? report.cgroup.taskMemcg;
  const cgroupPath = path === null || path === "/" || path === "" ? null : path;
  return {
    limit: limitOf(analysis),
    cgroup: cgroupPath === null ? null : cgroupPattern(cgroupPath),
    cgroupPath,
    cgroupName: cgroupPath === null ? null : nameOf(analysis),
    victim: victim === undefined ? null : { pid: victim.pid, name: victim.name },
    victimBytes: victim === undefined ? null : sizeOfKilled(victim, analysis),
    kills,
    cause: top?.id ?? null,
    causeMeaning: top?.meaning.split(/(?<=\.) /, 1)[0] ?? null,
    causeLayer: top?.layer ?? null,
    collateral: findings.some(({ id }) => id === "collateral-victim"),
  };
}

function nameOf({ cgroups }: Analysis): string | null {
  const identity = cgroups?.oomMemcg ?? cgroups?.taskMemcg ?? null;
  if (identity === null || identity.kind === "unknown") return null;
  return cgroupPattern(identity.name).replaceAll(" <id>", "");
}

/** Which limit a report is about. */
export function limitOf({ report, findings }: Pick<Analysis, "report" | "findings">): LimitKind {
  // Kernels up to v4.2 do not mark a report of SysRq; its trace tells.
  if (report.sysrq !== null || report.trigger?.order === -1 || findings.some(({ id }) => id === "sysrq-f")) {
    return "sysrq";
  }
  return report.constraint === null ? "unknown" : limits[report.constraint];
}

/** Each process that died, once: a group kill names the victim a second time. */
export function distinctKills({ kills }: Pick<OomReport, "kills">): Kill[] {
  return [...new Map(kills.map((kill) => [kill.pid, kill])).values()];
}

function sizeOfKilled(kill: Kill, { report, accounting }: Analysis): number | null {
  const row = rowOf(kill.pid, report.tasks);
  const pageSizeBytes = accounting?.pageSizeBytes ?? report.kernel.pageSizeBytes;
  if (row !== undefined && pageSizeBytes !== null) {
    return (toNumber(row.rssPages) + toNumber(row.swapPages ?? 0)) * pageSizeBytes;
  }
  if (kill.anonRssKb === undefined) return null;
  return (toNumber(kill.anonRssKb) + toNumber(kill.fileRssKb ?? 0) + toNumber(kill.shmemRssKb ?? 0)) * 1024;
}

/** The table row of a process, by its pid or, for an exited leader, its thread group. */
function rowOf(pid: number, tasks: readonly TaskRow[]): TaskRow | undefined {
  return tasks.find((task) => task.pid === pid) ?? tasks.find((task) => task.tgid === pid);
}
