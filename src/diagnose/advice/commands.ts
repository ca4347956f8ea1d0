import type { Context } from "../context.js";
import { shellWord } from "../text.js";
import { has } from "./facilities.js";
import { hierarchyOf } from "./hierarchy.js";

// Commands that show more of the same, by what is looked at: those that the machine of the log has.

/** Who holds memory now, shared pages counted once (Pss). */
export function lookAtProcesses(context: Context): string {
  const pss = has("smapsRollup", context)
    ? "`grep Pss: /proc/PID/smaps_rollup`"
    : "`awk '/^Pss:/ {kb += $2} END {print kb}' /proc/PID/smaps`";
  return `Look who holds memory: \`ps -eo pid,ppid,user,rss,args --sort=-rss | head -30\`, and for one process ${pss}.`;
}

/** The counters of the machine. */
export const lookAtCounters =
  "Look at the counters: `cat /proc/meminfo; grep -E 'nr_|oom|pgsteal|pgscan' /proc/vmstat`.";

/** Zones and free lists. */
export const lookAtZones = "Look at the zones: `cat /proc/zoneinfo /proc/buddyinfo /proc/pagetypeinfo`.";

/** What bounds the number of tasks. */
export function boundTasks(context: Context): string {
  const ways = [
    ...(has("tasksMax", context) ? ["`TasksMax=` of the unit"] : []),
    "`ulimit -u` of the user",
    ...(has("pidsMax", context) ? ["pids.max of the cgroup"] : []),
  ];
  return `Bound their number: ${ways.join(", ")}.`;
}

/** What tells how large a cgroup has been. */
export function watchedFile(context: Context): string {
  const hierarchy = hierarchyOf(context);
  if (hierarchy === null) return "its use over time";
  if (hierarchy === "v1") return "memory.max_usage_in_bytes";
  return has("memoryPeak", context) ? "memory.peak" : "memory.current";
}

/** The files of a memory cgroup. */
export function lookAtCgroup(path: string | null, context: Context): string {
  const place = (mount: string): string => shellWord(`${mount}${path ?? "/PATH"}`);
  const look = (command: string): string => `Look at the cgroup: \`${command}\`.`;
  const hierarchy = hierarchyOf(context);
  // Before there was a directory for it, each distribution mounted it elsewhere.
  const mounted = (type: string): string =>
    `cd "$(awk '${type} {print $2; exit}' /proc/mounts)"${shellWord(path ?? "/PATH")}`;
  const isPlaced = has("cgroupMount", context);
  const v1 = isPlaced ? `cd ${place("/sys/fs/cgroup/memory")}` : mounted('$3 == "cgroup" && /memory/');
  if (hierarchy === null) {
    const any = isPlaced
      ? `{ ${v1} || cd ${place("/sys/fs/cgroup")}; }`
      : mounted('$3 == "cgroup" && /memory/ || $3 == "cgroup2"');
    return look(`${any} && grep -s . memory.*`);
  }
  if (hierarchy === "v1") {
    const kmem = has("memoryKmem", context) ? " memory.kmem.usage_in_bytes" : "";
    return look(`${v1} && cat memory.limit_in_bytes memory.max_usage_in_bytes memory.stat${kmem}`);
  }
  const peak = has("memoryPeak", context) ? " memory.peak" : "";
  return look(
    `cd ${place("/sys/fs/cgroup")} && cat memory.max memory.current${peak} memory.stat memory.events memory.swap.max`,
  );
}

/** What the kernel itself can tell of who took pages. */
export function nameTheCode(context: Context): string[] {
  const ways = [
    ...(has("allocinfo", context)
      ? [
          "`sort -g /proc/allocinfo | tail` where memory allocation profiling is on (boot with `sysctl.vm.mem_profiling=1`)",
        ]
      : []),
    ...(has("pageOwner", context)
      ? ["boot with `page_owner=on` and read /sys/kernel/debug/page_owner, where the kernel has it"]
      : []),
  ];
  return ways.length === 0 ? [] : [`Name the code: ${ways.join("; or ")}.`];
}
