import type { GlossarySection } from "../../model/glossary.js";

/** The lines of a report that are not tables of numbers. */
export const reportGlossary: GlossarySection = {
  title: "Lines of a report",
  entries: [
    {
      term: "invoked oom-killer",
      meaning:
        "Opens a report. The task that it names asked for memory when none was left: it need not be the victim, and need not be the cause.",
    },
    { term: "gfp_mask", meaning: "What the failed request was and was not allowed to do, as bits; see the GFP flags." },
    {
      term: "order",
      meaning:
        "Size of the failed request: 2 to the power of it pages in one piece. -1 is an OOM kill asked for by SysRq.",
    },
    { term: "nodemask", meaning: "NUMA nodes of the request's memory policy; (null) is none." },
    { term: "cpuset", meaning: "The cpuset of the task that asked, which limits the nodes it may use." },
    { term: "mems_allowed", meaning: "NUMA nodes that the cpuset of the task that asked allows." },
    { term: "Mem-Info", meaning: "The state of the whole machine's memory at that moment." },
    {
      term: "Tainted",
      meaning:
        "Letters for what makes a kernel unusual: P proprietary, O out-of-tree, E unsigned module, W earlier warning.",
    },
    {
      term: "oom-kill:",
      meaning:
        "Sums the selection up since v5.0: constraint, cgroups, the chosen task. v5.0 and v5.1 print CONSTRAINT_NONE always.",
    },
    {
      term: "global_oom",
      meaning: "The machine, or what a cpuset or memory policy leaves of it, was out of memory; no cgroup limit.",
    },
    { term: "oom_memcg", meaning: "The memory cgroup whose limit was hit." },
    { term: "task_memcg", meaning: "The memory cgroup of the chosen task: oom_memcg itself or one below it." },
    {
      term: "Kill process … score …",
      meaning: "Who was chosen, up to v5.0. Nobody has died yet: a child may be taken in its place.",
    },
    { term: "Killed process …", meaning: "Who died. A kill has one such line for each process." },
    { term: "sharing same memory", meaning: "A process that uses the victim's memory dies with it." },
    {
      term: "memory.oom.group",
      meaning: "Since v4.19: the setting by which a cgroup dies as a whole when one of its processes is chosen.",
    },
    {
      term: "oom_reaper",
      meaning: "Since v4.6: frees the victim's memory while it is still dying. What is left afterwards is printed.",
    },
    { term: "CONSTRAINT_NONE", meaning: "The machine as a whole ran out of memory." },
    {
      term: "CONSTRAINT_CPUSET",
      meaning: "The nodes that the cpuset allows ran out of memory; others may have plenty.",
    },
    {
      term: "CONSTRAINT_MEMORY_POLICY",
      meaning: "The nodes of the task's memory policy (mbind, numactl) ran out of memory.",
    },
    { term: "CONSTRAINT_MEMCG", meaning: "A memory cgroup reached its limit; the machine may have plenty." },
    {
      term: "totalpages",
      unit: "pages",
      meaning: "Memory plus swap that the selection ran on: the scale of oom_score_adj.",
    },
  ],
};
