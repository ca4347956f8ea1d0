import type { GlossarySection } from "../model/glossary.js";

/** Words that the explanation itself uses. */
export const explanationGlossary: GlossarySection = {
  title: "Words of the explanation",
  entries: [
    { term: "victim", meaning: "Who died first. With memory.oom.group others of its cgroup follow." },
    { term: "chosen", meaning: "Who the scan picked. Up to v5.0 a child may die in its place." },
    {
      term: "re-run",
      meaning: "The kernel's own selection, computed again by the rules of its version on what the log shows.",
    },
    {
      term: "agrees",
      meaning: "Confirmed: the log has all that the rule needs, and the rule picks the logged victim.",
    },
    {
      term: "explained",
      meaning: "The victim is not the plain maximum, and a rule with evidence in this log accounts for it.",
    },
    {
      term: "undecidable",
      meaning: "Something that matters is not in the log. It is named, with the victims that remain possible.",
    },
    {
      term: "differs",
      meaning: "All that is needed is there, and the rule gives another victim: a sign of a wrong assumption.",
    },
    { term: "none", meaning: "Nobody was killed in this report: a panic, nobody to kill, or a victim still dying." },
    {
      term: "points",
      meaning:
        "What the kernel compares tasks by. Since v3.5 pages: rss, swap and page tables, and oom_score_adj thousandths of totalpages.",
    },
    { term: "eligible", meaning: "May be chosen. Kernel threads, PID 1 and tasks at oom_score_adj -1000 may not." },
    { term: "margin", meaning: "Points by which the choice is ahead of the next." },
    {
      term: "check",
      meaning: "An equation between numbers of the log. One that fails lowers the trust in the verdict.",
    },
    {
      term: "fragment",
      meaning: "Part of a report whose beginning is not in the log.",
    },
    {
      term: "rate-limited",
      meaning: "A kill whose report the kernel left out, since it prints no more than 10 in 5 seconds.",
    },
    {
      term: "claimed",
      meaning: "Nothing proves that the kernel wrote these lines; any program could have. Most text logs are so.",
    },
    {
      term: "unknown line",
      meaning: "A line within the report that no rule of the grammar knows. It is kept, and takes no part.",
    },
    { term: "foreign line", meaning: "A line within the report that something else has printed." },
  ],
};
