import type { Analysis } from "../model/analysis.js";
import { countOf } from "../model/count.js";
import { headlineOf } from "../model/headline.js";
import type { OomReport, TextLine } from "../model/report.js";
import { STATIC_START } from "../page/document.js";
import { notesBlock, staticReport } from "../page/embed.js";
import { pageReport } from "../page/make-report.js";
import { h, noReport, serialize, triageHtml } from "../render/html/index.js";
import type { Triager } from "../triage/index.js";
import { packedReport, readPageTemplate } from "./page-template.js";
import type { DocumentWriter } from "./writers.js";

/**
 * Writes a page of reports: first what shows without scripts, report by report as each closes, then the data.
 *
 * @param kernel The one given by the user, where the log is silent.
 * @param root The folder of the package.
 */
export function pageWriter(kernel: string | undefined, root: string): DocumentWriter {
  const { head, tail } = readPageTemplate(root);
  const linesOf = new WeakMap<OomReport, readonly TextLine[]>();
  const data: string[] = [];
  return {
    takeLines: ({ report }, lines) => void linesOf.set(report, lines),
    begin: () => `${head}${STATIC_START}`,
    each(analysis, index) {
      const { report } = analysis;
      const one = pageReport(analysis, linesOf.get(report) ?? report.lines, kernel);
      data.push(packedReport(one));
      return staticReport(one, index);
    },
    end(notes, nothing) {
      const { shown, data: ofNotes } = notesBlock(notes);
      return `${nothing === null ? "" : serialize([noReport(nothing)])}${shown}</main>\n${data.join("")}${ofNotes}${tail}`;
    },
  };
}

/** Kinds of report of which a page of incidents holds the first. */
const MOST_KINDS = 200;

/** Writes a page of incidents, with the first report of each kind that there is. */
export function triagePageWriter(
  triager: Triager,
  { top, kernel, root }: { readonly top: number; readonly kernel: string | undefined; readonly root: string },
): DocumentWriter {
  const { head, tail } = readPageTemplate(root);
  const linesOf = new WeakMap<OomReport, readonly TextLine[]>();
  const kinds = new Map<string, string>();
  const held = new Set<string>();
  let reports = 0;
  return {
    takeLines: ({ report }, lines) => void linesOf.set(report, lines),
    begin: () => "",
    each(analysis) {
      triager.push(analysis);
      reports++;
      const kind = kindOf(analysis);
      if (kinds.has(kind) || kinds.size >= MOST_KINDS) return "";
      const { report } = analysis;
      held.add(report.id);
      kinds.set(kind, packedReport(pageReport(analysis, linesOf.get(report) ?? report.lines, kernel)));
      return "";
    },
    end(notes, nothing) {
      const triage = triager.result();
      const rest =
        kinds.size < reports
          ? [
              h(
                "p",
                { class: "aside" },
                `The page holds ${countOf(kinds.size, "report")} of ${reports}: the first of each kind.`,
              ),
            ]
          : [];
      const incidents = triageHtml(triage, { top, held });
      const content = serialize([
        nothing === null ? { ...incidents, children: [...incidents.children, ...rest] } : noReport(nothing),
      ]);
      const { shown, data } = notesBlock([...notes, ...triage.notes]);
      return `${head}${STATIC_START}${content}${shown}</main>\n${[...kinds.values()].join("")}${data}${tail}`;
    },
  };
}

/** What triage groups by, and whether it would take the report for an example. */
function kindOf(analysis: Analysis): string {
  const { limit, cgroup, victim, cause, collateral } = headlineOf(analysis);
  return JSON.stringify([limit, cgroup, victim?.name, cause, collateral]);
}
