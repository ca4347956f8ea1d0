import type { GlossarySection } from "../../model/glossary.js";

/** Settings (`sysctl`) that shape a report. */
export const settingsGlossary: GlossarySection = {
  title: "Settings",
  entries: [
    { term: "vm.panic_on_oom", meaning: "1: panic in place of a system-wide kill. 2: in place of any kill." },
    {
      term: "vm.oom_kill_allocating_task",
      meaning: "Kill whoever asks, whatever its size; no scan.",
      since: "v2.6.24",
    },
    { term: "vm.oom_dump_tasks", meaning: "Whether reports have a task table. 1 by default since v2.6.36." },
    { term: "vm.min_free_kbytes", unit: "kB", meaning: "What the min watermarks of all zones sum to." },
    {
      term: "memory.min, memory.low",
      meaning: "Memory of a cgroup that is protected from reclaim, wholly or as far as possible.",
    },
  ],
};
