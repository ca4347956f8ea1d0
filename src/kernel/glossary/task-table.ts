import type { GlossarySection } from "../../model/glossary.js";

/** Columns of the task table, and the fields of a kill line. */
export const taskTableGlossary: GlossarySection = {
  title: "Task table and kill lines",
  entries: [
    {
      term: "pid",
      meaning: "Id of the thread whose memory the row shows, as the host sees it: ids within containers differ.",
    },
    { term: "tgid", meaning: "Id of the process. It differs from pid where the first thread has exited." },
    { term: "uid", meaning: "Real user id, as the host sees it." },
    {
      term: "total_vm",
      unit: "pages",
      meaning: "Address space: what was mapped, not what is used. It does not count, but up to v2.6.35.",
    },
    {
      term: "rss",
      unit: "pages",
      meaning: "Memory in use: anonymous, file and shared memory together. Memory shared by processes counts in each.",
    },
    { term: "rss_anon", unit: "pages", meaning: "Anonymous memory in use: heap, stack. Since v6.8." },
    { term: "rss_file", unit: "pages", meaning: "Pages of mapped files in use. Since v6.8." },
    { term: "rss_shmem", unit: "pages", meaning: "Shared memory and tmpfs pages in use. Since v6.8." },
    { term: "pgtables_bytes", unit: "bytes", meaning: "Page tables of the process. Since v4.15." },
    { term: "nr_ptes", unit: "pages", meaning: "Page-table pages of the lowest level, v3.6 to v4.14." },
    { term: "nr_pmds", unit: "pages", meaning: "Page-table pages of the second level, v4.0 to v4.14." },
    { term: "swapents", unit: "pages", meaning: "Pages in swap. Since v3.6." },
    { term: "cpu", meaning: "The processor that the task last ran on, up to v3.5." },
    {
      term: "oom_score_adj",
      meaning:
        "What the administrator set, -1000 to 1000: each unit adds a thousandth of totalpages. -1000 is never chosen.",
    },
    {
      term: "oom_adj",
      meaning: "The setting before oom_score_adj, -16 to 15; -17 is never chosen. Printed up to v3.5.",
    },
    { term: "name", meaning: "Name of the task, cut to 15 bytes. The task chooses it; it need not be its program's." },
    {
      term: "score",
      meaning: "The chosen task's points, since v2.6.36 in thousandths of totalpages. Printed up to v5.0.",
    },
    { term: "total-vm", unit: "kB", meaning: "Address space of the killed process: its total_vm." },
    { term: "anon-rss", unit: "kB", meaning: "Anonymous memory of the killed process when it was killed." },
    { term: "file-rss", unit: "kB", meaning: "Pages of mapped files of the killed process." },
    { term: "shmem-rss", unit: "kB", meaning: "Shared memory and tmpfs pages of the killed process. Since v4.5." },
    {
      term: "pgtables",
      unit: "kB",
      meaning: "Page tables of the killed process. Since v5.4; the first v5.4 releases print bytes.",
    },
  ],
};
