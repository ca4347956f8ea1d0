import type { GlossarySection } from "../../model/glossary.js";

/** Columns of the task table. */
export const taskTableGlossary: GlossarySection = {
  title: "Task table",
  entries: [
    {
      term: "pid",
      meaning:
        "The thread whose memory the row shows, in the initial namespace: not the pid that a container sees. It differs from tgid when the first thread has exited.",
    },
    { term: "tgid", meaning: "The process: what programs call pid." },
    { term: "uid", meaning: "Real user id in the initial namespace." },
    {
      term: "total_vm",
      unit: "pages",
      meaning: "Address space, used or not. It says nothing about memory; the points count it up to v2.6.35 only.",
    },
    {
      term: "rss",
      unit: "pages",
      meaning:
        "Memory in use: anonymous, file and shmem pages. In pages, not kB. What several processes share counts in each.",
    },
    {
      term: "rss_anon",
      unit: "pages",
      meaning: "Anonymous part of rss: heap, stack.",
      since: "v6.8",
    },
    {
      term: "rss_file",
      unit: "pages",
      meaning: "File part of rss: program text, mapped files.",
      since: "v6.8",
    },
    {
      term: "rss_shmem",
      unit: "pages",
      meaning: "Shared part of rss: tmpfs, shared memory.",
      since: "v6.8",
    },
    {
      term: "nr_ptes",
      unit: "count",
      meaning: "Pages of page tables, lowest level.",
      since: "v3.6",
      until: "v4.14",
    },
    {
      term: "nr_pmds",
      unit: "count",
      meaning: "Pages of page tables, second level.",
      since: "v4.0",
      until: "v4.14",
    },
    { term: "pgtables_bytes", unit: "bytes", meaning: "Page tables of all levels.", since: "v4.15" },
    {
      term: "swapents",
      unit: "pages",
      meaning: "Pages in swap. tmpfs in swap is in no row.",
      since: "v3.6",
    },
    {
      term: "oom_score_adj",
      unit: "-1000 to 1000",
      meaning: "What is added to the points: each unit is a thousandth of totalpages. -1000 means never.",
      since: "v2.6.36",
    },
    {
      term: "oom_adj",
      unit: "-17 to 15",
      meaning: "The older adjustment; -17 means never.",
      until: "v3.5",
    },
    { term: "cpu", meaning: "Processor that the task last ran on.", until: "v3.5" },
    {
      term: "name",
      meaning: "First 15 bytes of the name, which programs can set to anything. The command line is not in the log.",
    },
  ],
};
