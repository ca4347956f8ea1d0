import type { EraLine, EraTable, RuleSet } from "../model/era-table.js";
import { type Block, type Document, paragraph, type Section } from "./document.js";
import { type Plain, plain } from "./json/plain.js";
import { SCHEMA_VERSION } from "./json/to-json.js";
import { printMarkdown } from "./markdown/print.js";
import { type PrintOptions, printDocument } from "./text/print.js";
import { strong, type Words } from "./words.js";

const TITLE = "Who is killed, by kernel";

/** The rule table for a terminal. */
export function renderErasText(table: EraTable, options: PrintOptions): string {
  return printDocument(documentOf(table, narrowRules(table.ruleSets)), options);
}

/** The rule table as a page of Markdown. */
export function renderErasMarkdown(table: EraTable): string {
  const page = printMarkdown(documentOf(table, wideRules(table.ruleSets)), TITLE);
  // Printed as a part of a page: here it is one.
  return page.replace(/^#(#+ )/gm, "$1");
}

/** `oomlog eras --json`. */
export function toErasJson(table: EraTable): Plain {
  return plain({ schemaVersion: SCHEMA_VERSION, ...table });
}

function documentOf({ newestKernelRead, lines }: EraTable, rules: Block): Document {
  return {
    answer: [
      {
        label: "Rules",
        words: [
          `as read in the kernels up to ${newestKernelRead}; T is totalpages, adj is oom_score_adj, divisions truncate. `,
          "A rule set holds until the next one.",
        ],
      },
      {
        label: "Commits",
        words: ["named where they are confirmed; elsewhere the version is what was read in the source."],
      },
    ],
    sections: [{ title: "Rule sets", blocks: [rules] }, ...lines.map(changesSection)],
  };
}

/** Every column of its own, where there is room. */
function wideRules(sets: readonly RuleSet[]): Block {
  const titles = ["rules", "since", "points", "root", "bounds", "scan of", "of equals", "dies in its place"];
  return {
    kind: "table",
    columns: titles.map((title) => ({ title, align: "left" })),
    rows: sets.map(({ id, since, points, root, bounds, scan, tie, child }) => ({
      cells: [id, since, points, root, bounds, scan, tie, child].map((text): Words => [text]),
    })),
  };
}

/** The whole rule in a sentence that wraps. */
function narrowRules(sets: readonly RuleSet[]): Block {
  return {
    kind: "table",
    columns: [
      { title: "rules", align: "left" },
      { title: "since", align: "left" },
      { title: "how", align: "left" },
    ],
    rows: sets.map(({ id, since, points, root, bounds, scan, tie, child }) => ({
      cells: [
        [strong(id)],
        [since],
        [`${points}. Root: ${root}. Bounds: ${bounds}. Scan: ${scan}. Of equals: ${tie}. In its place: ${child}.`],
      ],
    })),
  };
}

const lineTitles: Readonly<Record<string, string>> = {
  mainline: "Changes of mainline",
  stable: "Stable releases that differ from their number",
  el5: "RHEL 5",
  el6: "RHEL 6",
  el7: "RHEL 7",
  el8: "RHEL 8",
  el9: "RHEL 9",
  el10: "RHEL 10",
};

function changesSection({ name, changes }: EraLine): Section {
  return {
    title: lineTitles[name] ?? name,
    blocks:
      changes.length === 0
        ? [paragraph("None.")]
        : [
            {
              kind: "table",
              columns: [
                { title: "era", align: "left" },
                { title: "rules", align: "left" },
                { title: "change", align: "left" },
              ],
              rows: changes.map(({ era, rules, change }) => ({ cells: [[era], [rules], [change]] })),
            },
          ],
  };
}
