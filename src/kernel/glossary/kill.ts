import type { GlossarySection } from "../../model/glossary.js";

/** The lines that name who is chosen and who dies. */
export const killGlossary: GlossarySection = {
  title: "Kill lines",
  entries: [
    {
      term: "constraint",
      meaning:
        "What the selection was limited to. CONSTRAINT_NONE: the whole machine. CONSTRAINT_MEMCG: a memory cgroup. CONSTRAINT_CPUSET and CONSTRAINT_MEMORY_POLICY: some NUMA nodes. v5.0 and v5.1 always print NONE, by a bug.",
      since: "v5.0",
    },
    {
      term: "global_oom",
      meaning: "No memory cgroup's limit was hit: the machine, a cpuset or a memory policy ran out.",
      since: "v5.0",
    },
    {
      term: "oom_memcg",
      meaning: "The memory cgroup whose limit was hit. Not the victim's own when it lies above.",
      since: "v5.0",
    },
    { term: "task_memcg", meaning: "The memory cgroup of the victim.", since: "v5.0" },
    { term: "task", meaning: "Name of the chosen process.", since: "v5.0" },
    {
      term: "score",
      unit: "1/1000 of totalpages",
      meaning:
        "Points of the chosen task in thousandths of totalpages. The parent's, when a child dies in its place; 0 for vm.oom_kill_allocating_task. Above 1000 with a positive oom_score_adj.",
      until: "v5.0",
    },
    {
      term: "or sacrifice child",
      meaning: "Up to v5.0 a child with its own memory dies in the place of the chosen process.",
      until: "v5.0",
    },
    { term: "total-vm", unit: "kB", meaning: "Address space of the victim.", since: "v2.6.36" },
    {
      term: "vsz",
      unit: "kB",
      meaning: "Address space of the victim.",
      since: "v2.6.33",
      until: "v2.6.35",
    },
    {
      term: "anon-rss",
      unit: "kB",
      meaning: "Anonymous memory of the victim, read after the signal: it may have shrunk already.",
      since: "v2.6.33",
    },
    {
      term: "file-rss",
      unit: "kB",
      meaning: "File pages of the victim (shmem included up to v4.4).",
      since: "v2.6.33",
    },
    {
      term: "shmem-rss",
      unit: "kB",
      meaning: "Shared memory and tmpfs pages of the victim. They stay when others use them.",
      since: "v4.5",
    },
    {
      term: "pgtables",
      unit: "kB",
      meaning: "Page tables of the victim. The first releases of v5.4 print bytes and call them kB.",
      since: "v5.4",
    },
    { term: "CONSTRAINT_NONE", meaning: "The machine as a whole ran out of memory." },
    {
      term: "CONSTRAINT_CPUSET",
      meaning: "The nodes that the cpuset allows ran out of memory; others may have plenty.",
    },
    {
      term: "CONSTRAINT_MEMORY_POLICY",
      meaning: "The nodes of the memory policy (mbind, numactl) ran out of memory; others may have plenty.",
    },
    { term: "CONSTRAINT_MEMCG", meaning: "A memory cgroup reached its limit; the machine may have plenty." },
  ],
};

/** What follows the kill. */
export const afterKillGlossary: GlossarySection = {
  title: "After the kill",
  entries: [
    {
      term: "oom_reaper",
      meaning:
        "A kernel thread that frees the victim's anonymous memory before it has exited; since v5.18 it waits two seconds.",
      since: "v4.6",
    },
    {
      term: "reaped process",
      unit: "kB",
      meaning: "The reaper is done; the sizes are what it left.",
      since: "v4.6",
    },
    {
      term: "unable to reap",
      meaning: "The reaper could not get at the memory: the victim holds a lock. It comes back when the victim exits.",
    },
    {
      term: "memory.oom.group",
      meaning: "The cgroup is set to die as a whole: every process in it is killed, the victim named a second time.",
      since: "v4.19",
    },
    {
      term: "sharing same memory",
      meaning: "Another process with the victim's address space, killed with it.",
      since: "v2.6.37",
      until: "v4.3",
    },
    {
      term: "already exiting",
      meaning: "The chosen process was on its way out; nothing was killed.",
      since: "v5.9",
    },
    {
      term: "Out of memory and no killable processes...",
      meaning: "Nothing was eligible. A system-wide OOM then panics.",
    },
    {
      term: "System is deadlocked on memory",
      meaning: "The panic when nothing is eligible in a system-wide OOM.",
      since: "v4.19",
    },
    {
      term: "callbacks suppressed",
      meaning:
        "The kernel printed at most 10 reports in 5 seconds and left the others out; their kills are printed all the same.",
    },
  ],
};
