import type { GlossaryEntry } from "./entry.js";

/** The lines that open a report. */
export const triggerTerms: readonly GlossaryEntry[] = [
  {
    term: "invoked oom-killer",
    part: "trigger line",
    meaning:
      "The named task asked for memory and got none. It is who noticed, not who used the memory, and often not who dies.",
  },
  {
    term: "gfp_mask",
    part: "trigger line",
    meaning:
      "What the request was allowed to do: which zones, whether to wait, whether to use disk. The bits moved between versions; names are printed beside them since v4.6. 0x0 is a page fault whose handler ran out of memory (up to v5.15).",
  },
  {
    term: "GFP_KERNEL",
    part: "trigger line",
    meaning: "A request of the kernel for itself. On 32-bit machines it can not use HighMem.",
  },
  {
    term: "GFP_HIGHUSER_MOVABLE",
    part: "trigger line",
    meaning: "A page for a program. It may come from every zone, CMA and Movable included.",
  },
  {
    term: "__GFP_*",
    part: "trigger line",
    meaning:
      "One bit of gfp_mask beside the named combinations: __GFP_ZERO wants the page cleared, __GFP_ACCOUNT charges it to a memory cgroup, …",
  },
  {
    term: "order",
    part: "trigger line",
    unit: "power of two",
    meaning: "The size of the request: 2^order pages in one piece. -1 is SysRq f (since v4.3; 0 before).",
  },
  {
    term: "nodemask",
    part: "trigger line",
    meaning: "NUMA nodes that a memory policy allows; (null) for no policy. In the oom-kill line since v5.0.",
    since: "v4.9",
    until: "v4.20",
  },
  {
    term: "oom_adj",
    part: "trigger line",
    unit: "-17 to 15",
    meaning:
      "The older adjustment: the points are shifted by that many bits, and -17 means never. Gone in favour of oom_score_adj.",
    until: "v3.6",
  },
  {
    term: "oomkilladj",
    part: "trigger line",
    unit: "-17 to 15",
    meaning: "oom_adj of the invoking task.",
    until: "v2.6.31",
  },
  {
    term: "oom_score_adj",
    part: "trigger line",
    unit: "-1000 to 1000",
    meaning:
      "What is added to a task's points: each unit is a thousandth of totalpages. -1000 means never, 1000 nearly always. In the trigger line it is the invoker's, in the table and the kill line the task's. Children inherit it.",
    since: "v2.6.36",
  },
  {
    term: "cpuset",
    part: "trigger line",
    meaning: "The last part of the path of the invoker's cpuset. In the oom-kill line since v5.0.",
    since: "v2.6.29",
  },
  {
    term: "mems_allowed",
    part: "trigger line",
    meaning: "NUMA nodes that the invoker's cpuset allows.",
    since: "v2.6.29",
  },
  {
    term: "COMPACTION is disabled!!!",
    part: "trigger line",
    meaning:
      "This kernel can not move pages together to make larger blocks, and the request was for more than one page.",
    since: "v4.9",
  },
  {
    term: "Comm",
    part: "trace",
    meaning: "Name of the running task: its first 15 bytes, which programs can set to anything.",
  },
  {
    term: "UID",
    part: "trace",
    meaning:
      "Effective user id of the running task, in the CPU line (since v6.11); in the kill line, the victim's (since v5.4).",
  },
  {
    term: "Tainted",
    part: "trace",
    meaning:
      "Letters for what makes a kernel hard to support: P proprietary module, O module from outside the tree, E unsigned module, W an earlier warning, …",
  },
  {
    term: "Hardware name",
    part: "trace",
    meaning: "What the firmware calls the machine; names the hypervisor of a guest.",
    since: "v3.10",
  },
  {
    term: "Workqueue",
    part: "trace",
    meaning: "The invoker is a worker of the kernel, and this is what it worked for.",
  },
  {
    term: "Call Trace",
    part: "trace",
    meaning:
      "How the request came about, the innermost function first. A `?` marks a leftover of the stack that may not belong to it.",
  },
  {
    term: "SysRq : Manual OOM execution",
    part: "trigger line",
    meaning: "A person, or a program that writes to /proc/sysrq-trigger, asked for a kill. There need be no shortage.",
  },
];
