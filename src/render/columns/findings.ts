import type { Evidence, Finding } from "../../model/finding.js";
import { boolean, integer, type Table, text } from "./column.js";
import { ofReport, type ReportRow } from "./reports.js";

interface FindingRow extends ReportRow {
  readonly finding: Finding;
  readonly rank: number;
}

export const findings: Table<FindingRow> = {
  name: "findings",
  meaning: "One row for each finding of a report.",
  columns: [
    ...ofReport<FindingRow>((row) => row),
    integer("rank", "Place among the report's findings: 1 is the top one.", ({ rank }) => rank),
    text("id", "The diagnosis: a page of docs/diagnoses.", ({ finding }) => finding.id),
    text(
      "layer",
      "What it answers: kind, limit, consumer, reclaim, configuration, selection.",
      ({ finding }) => finding.layer,
    ),
    text("severity", "info, notice, problem.", ({ finding }) => finding.severity),
    text("confidence", "high, medium, low.", ({ finding }) => finding.confidence),
    text("basis", "fact: the log says it; inference: its numbers suggest it.", ({ finding }) => finding.basis),
    text("title", "What it says.", ({ finding }) => finding.title),
    text("meaning", "What it means.", ({ finding }) => finding.meaning),
    text("evidence", "Values and the lines they are from, one a line: `name = value unit (:lines)`.", ({ finding }) =>
      finding.evidence.map(evidenceText).join("\n"),
    ),
    text("contradicts", "What speaks against it, one a line.", ({ finding }) => finding.contradicts.join("\n")),
    text("advice", "What to do, one a line.", ({ finding }) => finding.advice.join("\n")),
    boolean("unproven", "No real log has shown it yet.", ({ finding }) => finding.unproven === true),
  ],
};

function evidenceText({ name, value, unit, lines }: Evidence): string {
  return `${name} = ${value}${unit === "" ? "" : ` ${unit}`}${lines.length === 0 ? "" : ` (:${lines.join(",")})`}`;
}

export function findingRows(report: ReportRow): FindingRow[] {
  return report.analysis.findings.map((finding, index) => ({ ...report, finding, rank: index + 1 }));
}
