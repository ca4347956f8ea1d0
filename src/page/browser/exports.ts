import Papa from "papaparse";
import { type Cell, type ColumnHead, csvText, reportTables } from "../../render/columns/index.js";
import { jsonText, plain, renderMarkdown, SCHEMA_VERSION, toJson } from "../../render/index.js";
import { type PageReport, shownAnalysis } from "../page-report.js";
import { build, button } from "./dom.js";

/** A table as CSV, as `oomlog export` writes it. */
export function csvOf(columns: readonly ColumnHead[], rows: readonly (readonly Cell[])[]): string {
  const fields = columns.map(({ name }) => name);
  const data = rows.map((row) => row.map((value, at) => csvText(value, columns[at]?.type ?? "text")));
  return `${Papa.unparse({ fields, data }, { newline: "\r\n" })}\r\n`;
}

/** The document that `oomlog explain --json` prints for these reports. */
export function jsonOf(reports: readonly PageReport[]): string {
  const analyses = reports.map(({ analysis }) => jsonText(toJson(analysis, { verbose: false })));
  return `{"schemaVersion":${SCHEMA_VERSION},"analyses":[\n${analyses.join(",\n")}\n],"notes":${jsonText(plain([]))}}\n`;
}

/**
 * Buttons that save a report in other formats.
 *
 * @param loadAll Gives all reports of the page, where there are several.
 */
export function exportMenu(report: PageReport, loadAll: (() => Promise<PageReport[]>) | null): HTMLElement {
  const { analysis } = report;
  const save = (name: string, type: string, text: () => string) => (): void =>
    download(`oom-${analysis.report.id}${name}`, type, text());
  const tables = Object.values(reportTables).filter(({ rowsOf }) => rowsOf(analysis).length > 0);
  const menu = build("details", { class: "menu", id: "exports" });
  const summary = build("summary", {}, "Save as");
  const items = build("div", { class: "menu-items" });
  const saveAll = async (load: () => Promise<PageReport[]>): Promise<void> =>
    download("oom-reports.json", "application/json", jsonOf(await load()));
  items.append(
    button(
      "JSON",
      save(".json", "application/json", () => jsonOf([report])),
      { "data-export": "json" },
    ),
    ...(loadAll === null
      ? []
      : [button("JSON: all reports", () => void saveAll(loadAll), { "data-export": "json-all" })]),
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
  menu.append(summary, items);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.removeAttribute("open");
    summary.focus();
  });
  return menu;
}

/** Hands a file to whoever looks at the page. */
export function download(name: string, type: string, text: BlobPart): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = build("a", { href: url, download: name }) as HTMLAnchorElement;
  link.click();
  // The download has begun by the time that a timer runs.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
