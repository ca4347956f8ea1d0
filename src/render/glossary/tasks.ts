import type { GlossaryEntry } from "./entry.js";

/** The task table. */
const columnTerms: readonly GlossaryEntry[] = [
  {
    term: "pid",
    part: "task table",
    meaning:
      "The thread whose memory the row shows, in the initial namespace: not the pid that a container sees. It differs from tgid when the first thread has exited.",
  },
  { term: "tgid", part: "task table", meaning: "The process: what programs call pid." },
  { term: "uid", part: "task table", meaning: "Real user id in the initial namespace." },
  {
    term: "total_vm",
    part: "task table",
    unit: "pages",
    meaning: "Address space, used or not. It says nothing about memory; the points count it up to v2.6.35 only.",
  },
  {
    term: "rss",
    part: "task table",
    unit: "pages",
    meaning:
      "Memory in use: anonymous, file and shmem pages. In pages, not kB. What several processes share counts in each.",
  },
  {
    term: "rss_anon",
    part: "task table",
    unit: "pages",
    meaning: "Anonymous part of rss: heap, stack.",
    since: "v6.8",
  },
  {
    term: "rss_file",
    part: "task table",
    unit: "pages",
    meaning: "File part of rss: program text, mapped files.",
    since: "v6.8",
  },
  {
    term: "rss_shmem",
    part: "task table",
    unit: "pages",
    meaning: "Shared part of rss: tmpfs, shared memory.",
    since: "v6.8",
  },
  {
    term: "nr_ptes",
    part: "task table",
    unit: "count",
    meaning: "Pages of page tables, lowest level.",
    since: "v3.6",
    until: "v4.14",
  },
  {
    term: "nr_pmds",
    part: "task table",
    unit: "count",
    meaning: "Pages of page tables, second level.",
    since: "v4.0",
    until: "v4.14",
  },
  { term: "pgtables_bytes", part: "task table", unit: "bytes", meaning: "Page tables of all levels.", since: "v4.15" },
  {
    term: "swapents",
    part: "task table",
    unit: "pages",
    meaning: "Pages in swap. tmpfs in swap is in no row.",
    since: "v3.6",
  },
  {
    term: "oom_score_adj",
    part: "task table",
    unit: "-1000 to 1000",
    meaning: "What is added to the points: each unit is a thousandth of totalpages. -1000 means never.",
    since: "v2.6.36",
  },
  {
    term: "oom_adj",
    part: "task table",
    unit: "-17 to 15",
    meaning: "The older adjustment; -17 means never.",
    until: "v3.5",
  },
  { term: "cpu", part: "task table", meaning: "Processor that the task last ran on.", until: "v3.5" },
  {
    term: "name",
    part: "task table",
    meaning: "First 15 bytes of the name, which programs can set to anything. The command line is not in the log.",
  },
];

/** The lines that name the victim. */
const killTerms: readonly GlossaryEntry[] = [
  {
    term: "constraint",
    part: "oom-kill line",
    meaning:
      "What the selection was limited to. CONSTRAINT_NONE: the whole machine. CONSTRAINT_MEMCG: a memory cgroup. CONSTRAINT_CPUSET and CONSTRAINT_MEMORY_POLICY: some NUMA nodes. v5.0 and v5.1 always print NONE, by a bug.",
    since: "v5.0",
  },
  {
    term: "global_oom",
    part: "oom-kill line",
    meaning: "No memory cgroup's limit was hit: the machine, a cpuset or a memory policy ran out.",
    since: "v5.0",
  },
  {
    term: "oom_memcg",
    part: "oom-kill line",
    meaning: "The memory cgroup whose limit was hit. Not the victim's own when it lies above.",
    since: "v5.0",
  },
  { term: "task_memcg", part: "oom-kill line", meaning: "The memory cgroup of the victim.", since: "v5.0" },
  { term: "task", part: "oom-kill line", meaning: "Name of the chosen process.", since: "v5.0" },
  {
    term: "score",
    part: "kill line",
    unit: "1/1000 of totalpages",
    meaning:
      "Points of the chosen task in thousandths of totalpages. The parent's, when a child dies in its place; 0 for vm.oom_kill_allocating_task. Above 1000 with a positive oom_score_adj.",
    until: "v5.0",
  },
  {
    term: "or sacrifice child",
    part: "kill line",
    meaning: "Up to v5.0 a child with its own memory dies in the place of the chosen process.",
    until: "v5.0",
  },
  { term: "total-vm", part: "kill line", unit: "kB", meaning: "Address space of the victim.", since: "v2.6.36" },
  {
    term: "vsz",
    part: "kill line",
    unit: "kB",
    meaning: "Address space of the victim.",
    since: "v2.6.33",
    until: "v2.6.35",
  },
  {
    term: "anon-rss",
    part: "kill line",
    unit: "kB",
    meaning: "Anonymous memory of the victim, read after the signal: it may have shrunk already.",
    since: "v2.6.33",
  },
  {
    term: "file-rss",
    part: "kill line",
    unit: "kB",
    meaning: "File pages of the victim (shmem included up to v4.4).",
    since: "v2.6.33",
  },
  {
    term: "shmem-rss",
    part: "kill line",
    unit: "kB",
    meaning: "Shared memory and tmpfs pages of the victim. They stay when others use them.",
    since: "v4.5",
  },
  {
    term: "pgtables",
    part: "kill line",
    unit: "kB",
    meaning: "Page tables of the victim. The first releases of v5.4 print bytes and call them kB.",
    since: "v5.4",
  },
];

/** What follows the kill. */
const afterTerms: readonly GlossaryEntry[] = [
  {
    term: "oom_reaper",
    part: "after the kill",
    meaning:
      "A kernel thread that frees the victim's anonymous memory before it has exited; since v5.18 it waits two seconds.",
    since: "v4.6",
  },
  {
    term: "reaped process",
    part: "after the kill",
    unit: "kB",
    meaning: "The reaper is done; the sizes are what it left.",
    since: "v4.6",
  },
  {
    term: "unable to reap",
    part: "after the kill",
    meaning: "The reaper could not get at the memory: the victim holds a lock. It comes back when the victim exits.",
  },
  {
    term: "memory.oom.group",
    part: "after the kill",
    meaning: "The cgroup is set to die as a whole: every process in it is killed, the victim named a second time.",
    since: "v4.19",
  },
  {
    term: "sharing same memory",
    part: "after the kill",
    meaning: "Another process with the victim's address space, killed with it.",
    since: "v2.6.37",
    until: "v4.3",
  },
  {
    term: "already exiting",
    part: "after the kill",
    meaning: "The chosen process was on its way out; nothing was killed.",
    since: "v5.9",
  },
  {
    term: "Out of memory and no killable processes...",
    part: "after the kill",
    meaning: "Nothing was eligible. A system-wide OOM then panics.",
  },
  {
    term: "System is deadlocked on memory",
    part: "after the kill",
    meaning: "The panic when nothing is eligible in a system-wide OOM.",
    since: "v4.19",
  },
  {
    term: "callbacks suppressed",
    part: "after the kill",
    meaning:
      "The kernel printed at most 10 reports in 5 seconds and left the others out; their kills are printed all the same.",
  },
];

/** Settings and words that an explanation uses. */
const ownTerms: readonly GlossaryEntry[] = [
  {
    term: "points",
    part: "oomlog",
    meaning:
      "What the kernel ranks tasks by (oom_badness): since v3.5 pages of rss, swap and page tables, and oom_score_adj in thousandths of totalpages; v2.6.36 to v3.4 thousandths; before that a heuristic over address space, children, run time and nice.",
  },
  {
    term: "totalpages",
    part: "oomlog",
    unit: "pages",
    meaning:
      "What oom_score_adj and the printed score are thousandths of: RAM and swap of the machine, of the nodes, or the limit of the memory cgroup and the swap that it may use.",
  },
  { term: "runner-up", part: "oomlog", meaning: "The eligible task with the most points after the chosen one." },
  {
    term: "not eligible",
    part: "oomlog",
    meaning:
      "A task that the kernel may not choose, whatever its size: init, kernel threads, oom_score_adj -1000, outside the cgroup or the nodes, already reaped.",
  },
  {
    term: "confirmed",
    part: "oomlog",
    meaning:
      "The re-run of the kernel's own rule on what the log shows chooses the process that the log names (verdict `agrees`).",
  },
  {
    term: "explained",
    part: "oomlog",
    meaning: "The victim is not the one with the most points, and a rule with evidence in this log says why.",
  },
  {
    term: "undecided",
    part: "oomlog",
    meaning: "The log lacks a fact that decides; more than one process remains possible (verdict `undecidable`).",
  },
  {
    term: "differs",
    part: "oomlog",
    meaning: "The log has all that is needed, and the rule gives another process than the log names.",
  },
  {
    term: "vm.panic_on_oom",
    part: "setting",
    meaning: "1: panic in place of a system-wide kill. 2: in place of any kill.",
  },
  { term: "vm.oom_kill_allocating_task", part: "setting", meaning: "Kill whoever asks, whatever its size; no scan." },
  { term: "vm.oom_dump_tasks", part: "setting", meaning: "0: no task table in reports. 1 since v2.6.36." },
  { term: "vm.min_free_kbytes", part: "setting", unit: "kB", meaning: "What the min watermarks of all zones sum to." },
];

export const taskTerms: readonly GlossaryEntry[] = [...columnTerms, ...killTerms, ...afterTerms, ...ownTerms];
