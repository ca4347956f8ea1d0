import { compareVersions, versionOf } from "../../kernel/version.js";
import type { OomReport } from "../../model/report.js";
import type { Context } from "../context.js";
import { firstWithV2, type Hierarchy, hierarchyOf } from "./hierarchy.js";

/** Something that advice may name (a file, a setting, an option), and the kernels that have it. */
export interface Facility {
  /** How advice names it. */
  readonly named: RegExp;
  /** The first mainline kernel that has it (commits unconfirmed). A distribution's kernel is taken by its number. */
  readonly since?: string;
  /** The first that no longer has it. */
  readonly until?: string;
  /** The cgroup hierarchy that it is of; absent: either, or none. */
  readonly hierarchy?: Hierarchy;
  /** It belongs to systemd: a machine without it has another init. */
  readonly systemd?: true;
  /** What of a report shows that the machine has it, whatever its kernel. */
  readonly shownBy?: (report: OomReport) => boolean;
}

/** Every one that advice names: a test holds all advice on real logs to it. */
export const facilities = {
  // Files of a process.
  smapsRollup: { named: /\bsmaps_rollup\b/, since: "4.14" },
  // All that have memory cgroups also have these (v2.6.25), and where the log names no kernel there is nothing older.
  smaps: { named: /\/smaps\b/ },
  oomScoreAdj: {
    named: /\/oom_score_adj\b/,
    since: "2.6.36",
    // Distributions have it on older kernels.
    shownBy: ({ trigger, tasks }) => typeof trigger?.oomScoreAdj === "number" || tasks[0]?.oomScoreAdj !== undefined,
  },
  oomAdj: { named: /\/oom_adj\b/, since: "2.6.11" },
  stack: { named: /\/proc\/(?:PID|\d+)\/stack\b/, since: "2.6.29" },
  fdinfo: { named: /\bdrm-/, since: "5.19" },
  mountinfo: { named: /\/mountinfo\b/, since: "2.6.26" },
  // The machine's.
  zoneinfo: { named: /\/proc\/zoneinfo\b/, since: "2.6.13" },
  pagetypeinfo: { named: /\/proc\/pagetypeinfo\b/, since: "2.6.24" },
  memProfiling: { named: /\bmem_profiling\b/, since: "6.10" },
  allocinfo: { named: /\/proc\/allocinfo\b/, since: "6.10" },
  compactMemory: { named: /\/compact_memory\b/, since: "2.6.35" },
  oomKillAllocatingTask: { named: /\bvm\.oom_kill_allocating_task\b/, since: "2.6.24" },
  panicOnOom: { named: /\bvm\.panic_on_oom\b/, since: "2.6.18" },
  dirtyBytes: { named: /\bvm\.dirty_(?:background_)?bytes\b/, since: "2.6.29" },
  watermarkBoostFactor: { named: /\bvm\.watermark_boost_factor\b/, since: "5.0" },
  lruGen: { named: /\/lru_gen\b/, since: "6.1" },
  zswap: { named: /\/zswap\b|\bzswap\./, since: "3.11" },
  zram: { named: /\bzramctl\b|\bzram\b/, since: "3.14" },
  hugepagesByNode: { named: /\/node\*\/hugepages\b/, since: "2.6.32" },
  pageOwner: { named: /\bpage_owner\b/, since: "3.19" },
  kmemleak: { named: /\bkmemleak=/, since: "2.6.31" },
  cma: { named: /\bcma=/, since: "3.5" },
  // Still taken since v6.9, which calls it slab_debug. Kernels before v6.8 may have another allocator than SLUB.
  slubDebug: { named: /\bslub_debug=/, since: "2.6.22" },
  allocCalls: { named: /\/sys\/kernel\/slab\/\S*alloc_calls\b/, since: "2.6.22", until: "5.14" },
  allocTraces: { named: /\/sys\/kernel\/debug\/slab\/\S*alloc_traces\b/, since: "5.14" },
  // Memory cgroups.
  cgroupMount: { named: /\/sys\/fs\/cgroup\b/, since: "2.6.36" },
  pidsMax: { named: /\bpids\.max\b/, since: "4.3" },
  memoryMax: { named: /\bmemory\.(?:max|current|events|high|low|swap\.max)\b/, since: "4.5", hierarchy: "v2" },
  memoryMin: { named: /\bmemory\.min\b/, since: "4.18", hierarchy: "v2" },
  memoryOomGroup: { named: /\bmemory\.oom\.group\b/, since: "4.19", hierarchy: "v2" },
  memoryPeak: { named: /\bmemory\.peak\b/, since: "5.19", hierarchy: "v2" },
  memoryLimit: { named: /\bmemory\.(?:max_usage|limit|usage)_in_bytes\b/, hierarchy: "v1" },
  memoryMemsw: { named: /\bmemory\.memsw\.\w+/, since: "2.6.32", hierarchy: "v1" },
  memoryKmem: { named: /\bmemory\.kmem\.\w+/, since: "3.8", hierarchy: "v1" },
  // systemd and its settings. Their versions are not in the log; that of its time goes with the kernel.
  systemd: { named: /\bsystemctl\b|\bsystemd-(?:cgtop|run)\b|\bOOMScoreAdjust=|\bLimitMEMLOCK=/, systemd: true },
  tasksMax: { named: /\bTasksMax=/, since: "4.3", systemd: true },
  // Since systemd 231, which bounds v1 by it as well; MemoryLimit= is that of all versions that manage v1.
  systemdMemoryMax: { named: /\bMemoryMax=/, since: "4.5", systemd: true },
  systemdMemorySwapMax: { named: /\bMemorySwapMax=/, since: "4.5", hierarchy: "v2", systemd: true },
  systemdMemoryLimit: { named: /\bMemoryLimit=/, hierarchy: "v1", systemd: true },
} as const satisfies Record<string, Facility>;

export type FacilityId = keyof typeof facilities;

/**
 * Whether the machine of the log has it, as far as its kernel tells. Where the log names no kernel, the oldest that
 * prints such a report must have it. An unknown hierarchy may be either.
 */
export function has(id: FacilityId, context: Context): boolean {
  return hasFacility(facilities[id], context);
}

/** @see has */
export function hasFacility(facility: Facility, context: Context): boolean {
  const { since, until, hierarchy, systemd, shownBy } = facility;
  const { kernel, report } = context;
  const actual = hierarchyOf(context);
  if (hierarchy !== undefined && actual !== null && actual !== hierarchy) return false;
  if (systemd === true && !usesSystemd(context)) return false;
  if (shownBy?.(report) === true) return true;
  // A log of v2 is of a kernel that has it.
  const { oldest } = kernel;
  const least = actual === "v2" && compareVersions(oldest, firstWithV2) < 0 ? firstWithV2 : oldest;
  if (since !== undefined && compareVersions(least, versionOf(since)) < 0) return false;
  return until === undefined || (kernel.newest !== null && compareVersions(kernel.newest, versionOf(until)) < 0);
}

/** Rows of a table of the whole machine: where systemd runs, one of them is its. */
const wholeTable = 20;

/** Distributions of kernels before this one have another init. */
const firstWithSystemd = versionOf("3.10");

function usesSystemd({ report, kernel }: Context): boolean {
  const { cgroup, tasks, taskTable, constraint } = report;
  const paths = [cgroup.oomMemcg, cgroup.taskMemcg];
  if (paths.some((path) => path !== null && /\.(?:slice|service|scope)(?:\/|$)/.test(path))) return true;
  if (tasks.some(({ name }) => /^\(?(?:systemd|sd-)/.test(name))) return true;
  const isWhole = constraint === "CONSTRAINT_NONE" && taskTable?.cut !== true && tasks.length >= wholeTable;
  return !isWhole && compareVersions(kernel.oldest, firstWithSystemd) >= 0;
}
