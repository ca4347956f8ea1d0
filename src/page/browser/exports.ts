import Papa from "papaparse";
import type { Analysis } from "../../model/analysis.js";
import type { Note } from "../../model/note.js";
import { type Cell, type ColumnHead, csvText, reportTables } from "../../render/columns/index.js";
import { jsonText, plain, renderMarkdown, SCHEMA_VERSION, toJson } from "../../render/index.js";
import { counted } from "../../render/quantity.js";
import { type ShownReport, shownAnalysis } from "../page-report.js";
import { build, button } from "./dom.js";

/** A table as CSV, as `oomlog export` writes it. */
export function csvOf(columns: readonly ColumnHead[], rows: readonly (readonly Cell[])[]): string {
  const fields = columns.map(({ name }) => name);
  const data = rows.map((row) => row.map((value, at) => csvText(value, columns[at]?.type ?? "text")));
  return `${Papa.unparse({ fields, data }, { newline: "\r\n" })}\r\n`;
}

/** The document that `oomlog explain --json` prints for these reports. */
function jsonOf(reports: readonly ShownReport[], notes: readonly Note[]): string {
  const analyses = reports.map(({ analysis }) => jsonText(toJson(analysis, { verbose: false })));
  return `{"schemaVersion":${SCHEMA_VERSION},"analyses":[\n${analyses.join(",\n")}\n],"notes":${jsonText(plain(notes))}}\n`;
}

/** What can be saved beside the report that is shown. */
export interface Reports {
  readonly count: number;
  readonly notes: readonly Note[];
  loadAll(): Promise<readonly ShownReport[]>;
}

/** Buttons that save the report that is shown in other formats, and all reports of the page as JSON. */
export function exportMenu(report: ShownReport, { count, notes, loadAll }: Reports): HTMLElement {
  const { analysis } = report;
  const save = (name: string, type: string, text: () => string) => (): void =>
    download(`oom-${analysis.report.id}${name}`, type, text());
  const tables = (Object.keys(reportTables) as (keyof typeof reportTables)[])
    .filter((name) => hasRows(name, analysis))
    .map((name) => reportTables[name]);
  const menu = build("details", { class: "menu", id: "exports" });
  const summary = build("summary", {}, "Save as");
  const items = build("div", { class: "menu-items" });
  items.append(
    ...(count > 1 ? [build("p", { class: "aside" }, "This report")] : []),
    button(
      "JSON",
      save(".json", "application/json", () => jsonOf([report], notes)),
      { "data-export": "json" },
    ),
    button(
      "Markdown",
      save(".md", "text/markdown", () => renderMarkdown(shownAnalysis(report), { verbose: false, trace: false })),
      { "data-export": "markdown" },
    ),
    ...tables.map(({ name, columns, rowsOf }) =>
      button(
        `CSV: ${name}`,
        save(`-${name}.csv`, "text/csv", () => csvOf(columns, rowsOf(analysis))),
        { "data-export": `csv-${name}` },
      ),
    ),
  );
  if (count > 1) {
    const saveAll = async (): Promise<void> =>
      download("oom-reports.json", "application/json", jsonOf(await loadAll(), notes));
    items.append(
      build("p", { class: "aside" }, `All ${counted(count, "report")}`),
      button("JSON", () => void saveAll(), { "data-export": "json-all" }),
    );
  }
  menu.append(summary, items);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.removeAttribute("open");
    summary.focus();
  });
  return menu;
}

/** Whether a table has any row: those of tens of thousands of tasks, and of evidence on them, are not made for it. */
function hasRows(name: keyof typeof reportTables, analysis: Analysis): boolean {
  if (name === "tasks") return analysis.report.tasks.length > 0;
  if (name === "findings") return analysis.findings.length > 0;
  return reportTables[name].rowsOf(analysis).length > 0;
}

/** Hands a file to whoever looks at the page. */
export function download(name: string, type: string, text: BlobPart): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = build("a", { href: url, download: name }) as HTMLAnchorElement;
  link.click();
  // The download has begun by the time that a timer runs.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
