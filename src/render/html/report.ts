import type { Analysis } from "../../model/analysis.js";
import { answerOf } from "../content/answer.js";
import { cgroupMemorySection } from "../content/cgroup-memory.js";
import { circumstancesOf } from "../content/circumstances.js";
import { everythingSections } from "../content/everything.js";
import { freeBlocksSection } from "../content/free-blocks.js";
import { killSection } from "../content/kill.js";
import { machineMemorySection } from "../content/machine-memory.js";
import { marginSection } from "../content/margin.js";
import { notesSection } from "../content/notes.js";
import { rankingSection } from "../content/ranking.js";
import { rerunSection } from "../content/rerun.js";
import { traceSection } from "../content/trace.js";
import { type View, viewOf } from "../content/view.js";
import { zonesSection as zonesWords } from "../content/zones.js";
import type { Section } from "../document.js";
import { block, factList, section } from "./blocks.js";
import { cgroupTree } from "./cgroups.js";
import { type Child, type Element, h } from "./element.js";
import { findingsSection } from "./findings.js";
import { machineBar, memcgBar, swapBar } from "./memory.js";
import { rankingFigure } from "./ranking.js";
import { zonesFigure } from "./zones.js";

/** The answer, which stands first and alone on the first screen. */
export function answerHtml(analysis: Analysis): Element {
  const view = viewOf(analysis);
  return h(
    "header",
    { class: `answer verdict-${view.verdict.kind}` },
    factList(answerOf(view), "facts lead"),
    factList(circumstancesOf(view), "facts circumstances"),
  );
}

/** A report as a page: the answer, then the drawings and words that carry it. What is interactive is added by the page. */
export function reportHtml(analysis: Analysis): Element {
  const view = viewOf(analysis);
  return h("article", { class: "report" }, answerHtml(analysis), reportSections(view));
}

/** Everything below the answer. */
export function reportSections(view: View): Child[] {
  return [
    why(view),
    memory(view),
    zones(view),
    plainSection("blocks", freeBlocksSection(view, { verbose: true })),
    findingsSection(view),
    plainSection("path", traceSection(view)),
    plainSection("kill", killSection(view, { verbose: true })),
    plainSection("checks", rerunSection(view, { verbose: true })),
    plainSection("notes", notesSection(view)),
    rest(view),
  ];
}

function plainSection(id: string, content: Section | null): Element | null {
  return content === null ? null : section(id, content);
}

/** The ranking, how far ahead the first was, and the rule. */
function why(view: View): Element | null {
  const words = rankingSection(view, { verbose: false });
  const figure = rankingFigure(view);
  if (words === null || figure === null) return null;
  const formula = words.blocks[0]?.kind === "paragraph" ? [words.blocks[0]] : [];
  const margin = marginSection(view)?.blocks ?? [];
  return section(
    "ranking",
    { title: "Why this one", ...(words.aside === undefined ? {} : { aside: words.aside }), blocks: margin },
    ...formula.map(block),
    figure,
  );
}

function memory(view: View): Child {
  const { accounting, pageSizeBytes, report } = view;
  if (accounting === undefined || pageSizeBytes === null) return null;
  const cgroup = cgroupMemorySection(view);
  const tree = cgroupTree(view);
  const machine = machineMemorySection(view, { verbose: false });
  const withoutTables = (one: Section): Section => {
    const first = one.blocks.findIndex(({ kind }) => kind === "table");
    return { ...one, blocks: one.blocks.filter((_, index) => index !== first) };
  };
  const withoutFacts = (one: Section) => withoutTables(one).blocks.filter(({ kind }) => kind !== "facts");
  const swap = swapBar(report);
  return [
    cgroup === null
      ? null
      : section(
          "cgroup",
          // Paths and limits stand in the tree.
          tree === null ? withoutTables(cgroup) : { ...withoutTables(cgroup), blocks: withoutFacts(cgroup) },
          ...(tree === null ? [] : [tree]),
          ...(accounting.memcg === null || accounting.memcg.terms.length === 0
            ? []
            : [memcgBar(accounting.memcg, pageSizeBytes)]),
        ),
    machine === null || accounting.balance === null
      ? null
      : section(
          "memory",
          withoutTables(machine),
          machineBar(accounting.balance, pageSizeBytes),
          ...(swap === null ? [] : [swap]),
        ),
  ];
}

function zones(view: View): Element | null {
  const words = zonesWords(view, { verbose: true });
  const figure = zonesFigure(view.accounting?.watermarks ?? []);
  if (words === null || figure === null) return null;
  const table = words.blocks.filter(({ kind }) => kind === "table");
  return section(
    "zones",
    { ...words, blocks: words.blocks.filter(({ kind }) => kind !== "table") },
    figure,
    h("details", {}, h("summary", {}, "All marks in numbers"), table.map(block)),
  );
}

/** What else the report holds: for looking up. */
function rest(view: View): Element {
  return h(
    "details",
    { id: "everything", class: "everything" },
    h("summary", {}, "Everything else that was printed"),
    // The lines of the report have a section of their own.
    everythingSections({ ...view, report: { ...view.report, lines: [] } }).map((one, index) =>
      section(`everything-${index}`, one),
    ),
  );
}
