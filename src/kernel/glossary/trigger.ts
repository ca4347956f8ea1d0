import type { GlossarySection } from "../../model/glossary.js";

/** The lines that open a report, up to the call trace. */
export const triggerGlossary: GlossarySection = {
  title: "Opening lines",
  entries: [
    {
      term: "invoked oom-killer",
      meaning:
        "The named task asked for memory and got none. It is who noticed, not who used the memory, and often not who dies.",
    },
    {
      term: "gfp_mask",
      meaning:
        "What the request was allowed to do: which zones, whether to wait, whether to use disk. The bits moved between versions; names are printed beside them since v4.6. 0x0 is a page fault whose handler ran out of memory (up to v5.15).",
    },
    {
      term: "order",
      unit: "power of two",
      meaning: "The size of the request: 2^order pages in one piece. -1 is SysRq f (since v4.3; 0 before).",
    },
    {
      term: "nodemask",
      meaning: "NUMA nodes that a memory policy allows; (null) for no policy. In the oom-kill line since v5.0.",
      since: "v4.9",
      until: "v4.20",
    },
    {
      term: "oom_adj",
      unit: "-17 to 15",
      meaning:
        "The older adjustment: the points are shifted by that many bits, and -17 means never. Gone in favour of oom_score_adj.",
      until: "v3.6",
    },
    {
      term: "oomkilladj",
      unit: "-17 to 15",
      meaning: "The invoking task's oom_adj.",
      until: "v2.6.31",
    },
    {
      term: "oom_score_adj",
      unit: "-1000 to 1000",
      meaning:
        "What is added to a task's points: each unit is a thousandth of totalpages. -1000 means never, 1000 nearly always. In the trigger line it is the invoker's, in the table and the kill line the task's. Children inherit it.",
      since: "v2.6.36",
    },
    {
      term: "cpuset",
      meaning: "The last part of the path of the invoker's cpuset. In the oom-kill line since v5.0.",
      since: "v2.6.29",
    },
    {
      term: "mems_allowed",
      meaning: "NUMA nodes that the invoker's cpuset allows.",
      since: "v2.6.29",
    },
    {
      term: "COMPACTION is disabled!!!",
      meaning:
        "This kernel can not move pages together to make larger blocks, and the request was for more than one page.",
      since: "v4.9",
    },
    {
      term: "Comm",
      meaning: "Name of the running task: its first 15 bytes, which programs can set to anything.",
    },
    {
      term: "UID",
      meaning:
        "Effective user id of the running task, in the CPU line (since v6.11); in the kill line, the victim's (since v5.4).",
    },
    {
      term: "Tainted",
      meaning:
        "Letters for what makes a kernel hard to support: P proprietary module, O module from outside the tree, E unsigned module, W an earlier warning; more letters exist.",
    },
    {
      term: "Hardware name",
      meaning: "What the firmware calls the machine; names the hypervisor of a guest.",
      since: "v3.10",
    },
    {
      term: "Workqueue",
      meaning: "The invoker is a worker of the kernel, and this is what it worked for.",
    },
    {
      term: "Call Trace",
      meaning:
        "How the request came about, the innermost function first. A `?` marks a leftover of the stack that may not belong to it.",
    },
    {
      term: "SysRq : Manual OOM execution",
      meaning:
        "A person, or a program that writes to /proc/sysrq-trigger, asked for a kill. There need be no shortage.",
    },
  ],
};
