import type { LogLine } from "../model/log-line.js";
import type { OtherEvent, OtherEventId } from "../model/other-event.js";

/** A thing that is mistaken for a kill of the kernel's OOM killer. A new one is a row. */
interface OtherEventRow {
  readonly id: OtherEventId;
  /** Texts one of which every such line holds: a line without any is not looked at further. */
  readonly holds: readonly string[];
  readonly pattern: RegExp;
  readonly title: string;
  readonly advice: string;
}

const otherEventRows: readonly OtherEventRow[] = [
  {
    id: "allocation-failure",
    holds: ["page allocation failure", "page allocation stalls"],
    pattern: /: page allocation (?:failure[:.]|stalls for \d)/,
    title: "an allocation failed or stalled; nobody was killed",
    advice:
      "Its memory block reads like a report's. Orders of 4 and above fail on healthy machines; the caller falls back.",
  },
  {
    id: "slub-failure",
    holds: ["SLUB: Unable to allocate", "slab_out_of_memory", "SLAB: Unable to allocate"],
    pattern: /SL[AU]B: Unable to allocate memory on node|slab_out_of_memory/,
    title: "a kernel object could not be allocated; nobody was killed",
    advice: "Often the kernel-memory limit of a memory cgroup: the name in parentheses behind the cache is the cgroup.",
  },
  {
    id: "page-fault-retried",
    holds: ["VM_FAULT_OOM leaked"],
    pattern: /Huh VM_FAULT_OOM leaked out to the #PF handler/,
    title: "a page fault ran out of memory and is retried; nobody was killed",
    advice: "Before v5.16 this raised the OOM killer. Look for a memory cgroup at its limit, or a failing driver.",
  },
  {
    id: "sysrq-ignored",
    holds: ["OOM request ignored"],
    pattern: /OOM request ignored/,
    title: "SysRq-f was pressed and ignored; nobody was killed",
    advice: "The killer was switched off, or no task may be killed.",
  },
  {
    id: "systemd-oomd",
    holds: ["due to memory pressure for", "due to memory used ("],
    pattern: /Killed \S+ due to memory (?:pressure for|used \()/,
    title: "systemd-oomd, a program, killed a whole cgroup",
    advice: "See `oomctl` and ManagedOOMMemoryPressure=, ManagedOOMSwap= of the units.",
  },
  {
    id: "systemd-report",
    holds: ["killed by the OOM killer", "Failed with result 'oom-kill'"],
    pattern: /has been killed by the OOM killer\.?|Failed with result 'oom-kill'/,
    title: "systemd reports a kill by the kernel or by systemd-oomd",
    advice: "The kill itself is in the kernel's log (or systemd-oomd's) at the same time.",
  },
  {
    id: "earlyoom",
    holds: ["low memory! at or below", "sending SIGTERM to process", "sending SIGKILL to process"],
    pattern: /low memory! at or below|sending SIG(?:TERM|KILL) to process \d+.*(?:oom_score|badness)/,
    title: "earlyoom, a program, killed a process",
    advice: "See its limits: `systemctl cat earlyoom`, /etc/default/earlyoom.",
  },
  {
    id: "nohang",
    holds: ["Implementing a corrective action"],
    pattern: /Implementing a corrective action/,
    title: "nohang, a program, killed a process",
    advice: "See /etc/nohang/nohang.conf.",
  },
  {
    id: "oomd",
    holds: ["oomd kill: "],
    pattern: /oomd kill: /,
    title: "oomd, a program, killed a cgroup",
    advice: "See its rule sets in /etc/oomd.json.",
  },
  {
    id: "lmkd",
    holds: ["lowmemorykiller", "lmkd", "Kill '"],
    pattern: /lowmemorykiller: (?:send sigkill to|Killing )|\bKill '[^']{1,128}' \(\d+\), uid \d+, oom_score_adj/,
    title: "Android's low memory killer ended an application",
    advice:
      "It acts before memory runs out, by levels of oom_score_adj: `dumpsys meminfo`, /sys/module/lowmemorykiller/parameters.",
  },
  {
    id: "talos-oomd",
    holds: ["OOMController"],
    pattern: /\[talos\] Sending SIGKILL to cgroup/,
    title: "Talos, a program, killed a cgroup",
    advice: "See its OOMConfig.",
  },
  {
    id: "openvz-ub",
    holds: ["Out of memory in UB", "OOM killed process"],
    pattern: /Out of memory in UB|OOM killed process .{0,64}\(pid=\d+, ve=/,
    title: "an OpenVZ kernel killed by its own rules (user beancounters)",
    advice: "See the failcnt column of /proc/user_beancounters.",
  },
  {
    id: "lkrg",
    holds: ["LKRG: "],
    pattern: /LKRG: .{0,256}\b[Kk]ill/,
    title: "LKRG, a security module, killed a process",
    advice: "It saw an attack or a false alarm, no shortage.",
  },
  {
    id: "hung-task",
    holds: ["blocked for more than"],
    pattern: /INFO: task .{1,64} blocked for more than \d+ seconds/,
    title: "a task hangs; nobody was killed",
    advice: "Stalls in reclaim often precede a kill: look at its trace.",
  },
  {
    id: "memory-high",
    holds: ["mem_cgroup_handle_over_high"],
    pattern: /mem_cgroup_handle_over_high/,
    title: "a task is slowed down because its cgroup is over memory.high; nobody was killed",
    advice: "See `high` in memory.events of its cgroup; raise memory.high.",
  },
  {
    id: "hugetlb-sigbus",
    holds: ["inadequate hugepage pool", "fault in hugetlb"],
    pattern: /killed due to inadequate hugepage pool|fault in hugetlb/,
    title: "a process died because no huge page was left (SIGBUS)",
    advice: "Reserve more: vm.nr_hugepages, or vm.nr_overcommit_hugepages.",
  },
  {
    id: "exit-137",
    holds: ["OOMKilled", "exit code 137", "exitCode", "exited with code 137", "status=9/KILL"],
    pattern: /\bOOMKilled\b|exit(?:ed with)?(?: |-)?code"?:? ?137\b|"exitCode": ?137\b|status=9\/KILL/i,
    title: "a container or service ended by SIGKILL (137)",
    advice:
      "SIGKILL has many senders. Only a kernel report or `oom_kill` in memory.events of its cgroup says that it was memory.",
  },
  {
    id: "userspace-text",
    holds: [
      "java.lang.OutOfMemoryError",
      "fatal error: runtime: out of memory",
      "Cannot allocate memory",
      "std::bad_alloc",
      "JavaScript heap out of memory",
    ],
    pattern:
      /java\.lang\.OutOfMemoryError|fatal error: runtime: out of memory|Cannot allocate memory|std::bad_alloc|JavaScript heap out of memory/,
    title: "a program was refused memory, or ran into a limit of its own, and said so itself",
    advice: "Look at its heap limit, `ulimit -v`, vm.overcommit_memory and vm.max_map_count.",
  },
  {
    id: "oom-disabled",
    holds: ["OOM killer disabled", "OOM killer enabled"],
    pattern: /^OOM killer (?:dis|en)abled\.?$/,
    title: "the OOM killer is switched off and on again around suspend",
    advice: "It is part of every suspend, no shortage.",
  },
];

/** Texts one of which stands in every line that {@link recognise} knows: for a fast search of large files. */
export const otherEventTexts: readonly string[] = otherEventRows.flatMap(({ holds }) => holds);

/** Longest line that is looked at: all of these texts are short. */
const longestLine = 16_384;

/** What a line outside of all reports tells of, where it is mistaken for the kernel's OOM killer; null otherwise. */
export function recognise(line: LogLine): OtherEvent | null {
  const { text } = line;
  if (text.length > longestLine) return null;
  const row = otherEventRows.find(
    ({ holds, pattern }) => holds.some((part) => text.includes(part)) && pattern.test(text),
  );
  if (row === undefined) return null;
  const { id, title, advice } = row;
  return { id, title, advice, text, line: line.line, host: line.host, wallUsec: line.wallUsec, trust: line.trust };
}
