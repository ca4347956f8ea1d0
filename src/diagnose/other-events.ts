import type { LogLine } from "../model/log-line.js";
import { makeNote, type Note } from "../model/note.js";

/** A thing that is mistaken for a kill of the kernel's OOM killer. A new one is a row. */
export interface OtherEvent {
  readonly id: string;
  /** Who writes such lines: where the source says that a program wrote one, it is none of the kernel's. */
  readonly by: "kernel" | "program";
  /** What people call it. */
  readonly name: string;
  readonly pattern: RegExp;
  /** What it is, in words. */
  readonly title: string;
  /** Where to look, or what it means. */
  readonly advice: string;
}

export const otherEvents: readonly OtherEvent[] = [
  {
    id: "allocation-failure",
    by: "kernel",
    name: "page allocation failure",
    pattern: /: page allocation (?:failure[:.]|stalls for \d)/,
    title: "an allocation failed or stalled; nobody was killed",
    advice:
      "Its memory block reads like a report's. Orders of 4 and above fail on healthy machines; the caller falls back.",
  },
  {
    id: "slub-failure",
    by: "kernel",
    name: "slab allocation failure",
    pattern: /SL[AU]B: Unable to allocate memory on node|slab_out_of_memory/,
    title: "a kernel object could not be allocated; nobody was killed",
    advice: "Often the kernel-memory limit of a memory cgroup: the name in parentheses behind the cache is the cgroup.",
  },
  {
    id: "page-fault-retried",
    by: "kernel",
    name: "page fault without memory",
    pattern: /Huh VM_FAULT_OOM leaked out to the #PF handler/,
    title: "a page fault ran out of memory and is retried; nobody was killed",
    advice: "Before v5.16 this raised the OOM killer. Look for a memory cgroup at its limit, or a failing driver.",
  },
  {
    id: "sysrq-ignored",
    by: "kernel",
    name: "SysRq-f without a kill",
    pattern: /OOM request ignored/,
    title: "SysRq-f was pressed and ignored; nobody was killed",
    advice: "The killer was switched off, or no task may be killed.",
  },
  {
    id: "systemd-oomd",
    by: "program",
    name: "systemd-oomd",
    pattern: /Killed \S+ due to memory (?:pressure for|used \()/,
    title: "systemd-oomd, a program, killed a whole cgroup",
    advice: "See `oomctl` and ManagedOOMMemoryPressure=, ManagedOOMSwap= of the units.",
  },
  {
    id: "systemd-report",
    by: "program",
    name: "systemd",
    pattern: /has been killed by the OOM killer\.?|Failed with result 'oom-kill'/,
    title: "systemd reports a kill by the kernel or by systemd-oomd",
    advice: "The kill itself is in the kernel's log (or systemd-oomd's) at the same time.",
  },
  {
    id: "earlyoom",
    by: "program",
    name: "earlyoom",
    pattern: /low memory! at or below|sending SIG(?:TERM|KILL) to process \d+.*(?:oom_score|badness)/,
    title: "earlyoom, a program, killed a process",
    advice: "See its limits: `systemctl cat earlyoom`, /etc/default/earlyoom.",
  },
  {
    id: "nohang",
    by: "program",
    name: "nohang",
    pattern: /Implementing a corrective action/,
    title: "nohang, a program, killed a process",
    advice: "See /etc/nohang/nohang.conf.",
  },
  {
    id: "oomd",
    by: "program",
    name: "oomd",
    pattern: /oomd kill: /,
    title: "oomd, a program, killed a cgroup",
    advice: "See its rule sets in /etc/oomd.json.",
  },
  {
    id: "lmkd",
    by: "program",
    name: "lmkd",
    pattern: /lowmemorykiller: (?:send sigkill to|Killing )|\bKill '[^']{1,128}' \(\d+\), uid \d+, oom_score_adj/,
    title: "Android's low memory killer ended an application",
    advice:
      "It acts before memory runs out, by levels of oom_score_adj: `dumpsys meminfo`, /sys/module/lowmemorykiller/parameters.",
  },
  {
    id: "talos-oomd",
    by: "program",
    name: "Talos",
    pattern: /\[talos\] Sending SIGKILL to cgroup/,
    title: "Talos, a program, killed a cgroup",
    advice: "See its OOMConfig.",
  },
  {
    id: "openvz-ub",
    by: "kernel",
    name: "OpenVZ beancounters",
    pattern: /Out of memory in UB|OOM killed process .{0,64}\(pid=\d+, ve=/,
    title: "an OpenVZ kernel killed by its own rules (user beancounters)",
    advice: "See the failcnt column of /proc/user_beancounters.",
  },
  {
    id: "lkrg",
    by: "kernel",
    name: "LKRG",
    pattern: /LKRG: .{0,256}\b[Kk]ill/,
    title: "LKRG, a security module, killed a process",
    advice: "It saw an attack or a false alarm, no shortage.",
  },
  {
    id: "hung-task",
    by: "kernel",
    name: "hung task",
    pattern: /INFO: task .{1,64} blocked for more than \d+ seconds/,
    title: "a task hangs; nobody was killed",
    advice: "Stalls in reclaim often precede a kill: look at its trace.",
  },
  {
    id: "memory-high",
    by: "kernel",
    name: "memory.high throttling",
    pattern: /mem_cgroup_handle_over_high/,
    title: "a task is slowed down because its cgroup is over memory.high; nobody was killed",
    advice: "See `high` in memory.events of its cgroup; raise memory.high.",
  },
  {
    id: "hugetlb-sigbus",
    by: "kernel",
    name: "SIGBUS for want of huge pages",
    pattern: /killed due to inadequate hugepage pool|fault in hugetlb/,
    title: "a process died because no huge page was left (SIGBUS)",
    advice: "Reserve more: vm.nr_hugepages, or vm.nr_overcommit_hugepages.",
  },
  {
    id: "exit-137",
    by: "program",
    name: "exit status 137",
    pattern: /\bOOMKilled\b|\bexit(?:ed with)?[ -]code:? 137\b|"exitCode": ?137\b|status=9\/KILL/,
    title: "a container or service ended by SIGKILL (137)",
    advice:
      "SIGKILL has many senders. Only a kernel report or `oom_kill` in memory.events of its cgroup says that it was memory.",
  },
  {
    id: "userspace-text",
    by: "program",
    name: "out of memory in a program",
    pattern:
      /java\.lang\.OutOfMemoryError|fatal error: runtime: out of memory|Cannot allocate memory|std::bad_alloc|JavaScript heap out of memory/,
    title: "a program was refused memory, or ran into a limit of its own, and said so itself",
    advice: "Look at its heap limit, `ulimit -v`, vm.overcommit_memory and vm.max_map_count.",
  },
  {
    id: "oom-disabled",
    by: "kernel",
    name: "suspend",
    pattern: /^OOM killer (?:dis|en)abled\.?$/,
    title: "the OOM killer is switched off and on again around suspend",
    advice: "It is part of every suspend, no shortage.",
  },
];

/**
 * Texts one of which stands in every line of such an event: what a line without any costs is one search. Few and
 * frequent rather than many and exact.
 */
export const otherEventAnchors: readonly string[] = [
  "OOM",
  "oom",
  "mory",
  "_high",
  "huge",
  "alloc",
  "137",
  "/KILL",
  "SIGTERM",
  "SIGKILL",
  "Kill '",
  "LKRG",
  "corrective",
  "for more",
];

const anchored = new RegExp(otherEventAnchors.join("|"));

/** Longest line that is looked at: all of these texts are short. */
const longestLine = 16_384;

/** What a line tells of, where it is mistaken for the kernel's OOM killer; null otherwise. */
export function recognise({ text, trust }: Pick<LogLine, "text" | "trust">): OtherEvent | null {
  if (text.length > longestLine || !anchored.test(text)) return null;
  return (
    otherEvents.find(({ by, pattern }) => pattern.test(text) && (by === "program" || trust !== "userspace")) ?? null
  );
}

/** Lines that name who dies. */
const KILLS = /[Ss]ending SIG|\b[Kk]ill(?:ed|ing)?\b/;

/** Characters of a line that a note quotes. */
const QUOTED = 120;

function shortened(text: string): string {
  const trimmed = text.trim();
  return trimmed.length <= QUOTED ? trimmed : `${trimmed.slice(0, QUOTED - 1)}…`;
}

/** Counts what is mistaken for the kernel's OOM killer in a source, whatever the number of lines. */
export class OtherEventCounter {
  readonly #seen = new Map<OtherEvent, { readonly firstLine: number; text: string; count: number }>();

  push(line: LogLine): void {
    const event = recognise(line);
    if (event === null) return;
    const seen = this.#seen.get(event);
    if (seen === undefined) this.#seen.set(event, { firstLine: line.line, text: shortened(line.text), count: 1 });
    else {
      seen.count++;
      // Programs say that memory is low before they say whom they kill.
      if (event.by === "program" && !KILLS.test(seen.text) && KILLS.test(line.text)) seen.text = shortened(line.text);
    }
  }

  /** A note for each kind, the first to come first; counting starts anew. */
  notes(source: string): Note[] {
    const notes = [...this.#seen].map(([{ name, title, advice }, { firstLine, text, count }]) =>
      makeNote(
        "not-an-oom-kill",
        `${name} (${count} ${count === 1 ? "line" : "lines"}): ${title}: "${text}". ${advice}`,
        {
          source,
          line: firstLine,
        },
      ),
    );
    this.#seen.clear();
    return notes;
  }
}
