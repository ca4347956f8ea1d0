import type { GlossaryEntry, GlossarySection } from "../model/glossary.js";
import type { Document } from "./document.js";
import { type PrintOptions, printDocument } from "./text/print.js";
import { muted, type Words } from "./words.js";

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
        "What the kernel compares tasks by (oom_badness). Since v3.5 pages of rss, swap and page tables, and oom_score_adj thousandths of totalpages; v2.6.36 to v3.4 thousandths; before that a heuristic over address space, children, run time and nice.",
    },
    {
      term: "totalpages",
      unit: "pages",
      meaning:
        "What oom_score_adj and the printed score are thousandths of: RAM and swap of the machine or of the allowed nodes, or the limit of the memory cgroup and the swap that it may use.",
    },
    {
      term: "eligible",
      meaning:
        "May be chosen. Not: init, kernel threads, tasks at oom_score_adj -1000, outside the cgroup or the nodes, or already reaped.",
    },
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

/** Sections of a glossary for a terminal. */
export function renderGlossary(sections: readonly GlossarySection[], options: PrintOptions): string {
  const document: Document = {
    answer: [],
    sections: sections.map(({ title, entries }) => ({
      title,
      blocks: [{ kind: "facts", facts: entries.map((entry) => ({ label: entry.term, words: meaningOf(entry) })) }],
    })),
  };
  return printDocument(document, options);
}

function meaningOf({ meaning, unit, since, until }: GlossaryEntry): Words {
  const versions =
    since !== undefined && until !== undefined
      ? `${since} to ${until}`
      : since !== undefined
        ? `since ${since}`
        : until !== undefined
          ? `up to ${until}`
          : null;
  const facts = [unit ?? null, versions].filter((fact) => fact !== null);
  return [meaning, facts.length === 0 ? "" : muted(` [${facts.join("; ")}]`)];
}
