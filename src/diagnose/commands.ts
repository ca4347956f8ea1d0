import { shellWord } from "./text.js";

/** Commands that show more of the same, by what is looked at. For the advice of rules. */

/** Who holds memory now, shared pages counted once (Pss). */
export const lookAtProcesses =
  "Look who holds memory: `ps -eo pid,ppid,user,oom_score_adj,rss,args --sort=-rss | head -30`, and for one process `grep Pss: /proc/PID/smaps_rollup`.";

/** The counters of the machine. */
export const lookAtCounters =
  "Look at the counters: `cat /proc/meminfo; grep -E 'nr_|oom|pgsteal|pgscan' /proc/vmstat`.";

/** Zones and free lists. */
export const lookAtZones = "Look at the zones: `cat /proc/zoneinfo /proc/buddyinfo /proc/pagetypeinfo`.";

/** The files of a memory cgroup. */
export function lookAtCgroup(path: string | null, isV1: boolean): string {
  const at = path === null ? "PATH" : path;
  return isV1
    ? `Look at the cgroup: \`cd ${shellWord(`/sys/fs/cgroup/memory${at}`)} && cat memory.limit_in_bytes memory.max_usage_in_bytes memory.stat memory.kmem.usage_in_bytes\`.`
    : `Look at the cgroup: \`cd ${shellWord(`/sys/fs/cgroup${at}`)} && cat memory.max memory.current memory.peak memory.stat memory.events memory.swap.max\`.`;
}
