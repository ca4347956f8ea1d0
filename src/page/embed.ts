import {
  answerHtml,
  type Element,
  escapeHtml,
  h,
  logHtml,
  reportHtml,
  serialize,
  tasksHtml,
} from "../render/html/index.js";
import { decode, encode } from "./codec.js";
import { headOf, type PageReport, type ReportHead, shownAnalysis } from "./page-report.js";

/** Reports that are written out in full, for print and for browsers without scripts; of later ones the answer is. */
const FULL = 3;

/** A report as part of a page: what shows without scripts. */
export function staticReport(report: PageReport, index: number): string {
  const analysis = shownAnalysis(report);
  const heading = h("h2", { class: "source" }, `Report ${index + 1}`);
  const shown: Element[] =
    index < FULL
      ? [
          h(
            "div",
            { class: "static" },
            index === 0 ? [] : heading,
            reportHtml(analysis),
            tasksHtml(analysis),
            logHtml(report.lines),
          ),
        ]
      : [h("div", { class: "static" }, heading, answerHtml(analysis))];
  return `${serialize(shown)}\n`;
}

/** The text of a report's data, to be compressed. The lines stand in it once: as they stand in the log. */
export function reportData({ analysis, ...rest }: PageReport): string {
  return encode({ analysis: { ...analysis, report: { ...analysis.report, lines: [] } }, ...rest });
}

/** @throws SyntaxError when it is no report. */
export function readReportData(text: string): PageReport {
  return decode(text) as PageReport;
}

/** Data in a page: a head that can be read at once, and the report compressed with gzip, in base64. */
export function dataBlock(report: PageReport, gzippedBase64: string): string {
  const head = escapeHtml(encode(headOf(report.analysis)));
  return `<script type="text/plain" class="report-data" data-head="${head}">${gzippedBase64}</script>\n`;
}

/** @throws SyntaxError when it is none. */
export function readHead(text: string): ReportHead {
  return decode(text) as ReportHead;
}
