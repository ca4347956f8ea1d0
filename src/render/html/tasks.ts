import type { Analysis } from "../../model/analysis.js";
import type { Int64 } from "../../model/units.js";
import type { Cell } from "../columns/column.js";
import { reportTables } from "../columns/index.js";
import { counted, grouped } from "../quantity.js";
import { logText } from "./blocks.js";
import { type Child, type Element, h } from "./element.js";

/** Rows that stand in a page without scripts. */
const SHOWN = 100;

/** A column of the table of tasks. */
export interface TaskColumn {
  /** Of the export, too. */
  readonly name: string;
  readonly title: string;
  readonly meaning: string;
  readonly isText: boolean;
  /** Its place in a row. */
  readonly index: number;
}

/** The tasks of a report: columns that say something, and all rows with what the export has of them. */
export interface TaskTable {
  readonly columns: readonly TaskColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Columns in the order in which they are read, with their short titles; those of the report itself are left out. */
const titles: readonly (readonly [string, string])[] = [
  ["place", "place"],
  ["name", "name"],
  ["pid", "pid"],
  ["points", "points"],
  ["rss_pages", "rss"],
  ["rss_anon_pages", "anon"],
  ["rss_file_pages", "file"],
  ["rss_shmem_pages", "shmem"],
  ["swap_pages", "swap"],
  ["pgtables_bytes", "pgtables B"],
  ["nr_ptes", "nr_ptes"],
  ["nr_pmds", "nr_pmds"],
  ["total_vm_pages", "total_vm"],
  ["oom_score_adj", "adj"],
  ["oom_adj", "oom_adj"],
  ["uid", "uid"],
  ["tgid", "tgid"],
  ["kill_role", "killed as"],
  ["reason", "not eligible"],
  ["line", "line"],
];

export function taskTable(analysis: Analysis): TaskTable {
  const { columns, partOf } = reportTables.tasks;
  const rows = partOf(
    analysis,
    titles.map(([name]) => name),
  );
  const shown = titles.flatMap(([name, title], index): TaskColumn[] => {
    const column = columns.find((one) => one.name === name);
    if (column === undefined || rows.every((row) => (row[index] ?? null) === null)) return [];
    return [{ name, title, meaning: column.meaning, isText: column.type === "text", index }];
  });
  return { columns: shown, rows };
}

/** A cell as it is shown. */
export function taskCell(value: Cell, { name, isText }: TaskColumn): Child {
  if (value === null) return "";
  if (name === "name") return logText(String(value));
  if (isText || name === "pid" || name === "tgid" || name === "uid" || name === "line") return String(value);
  return grouped(value as Int64);
}

/** The table of tasks, as far as it is short. */
export function tasksHtml(analysis: Analysis): Element | null {
  const { columns, rows } = taskTable(analysis);
  if (rows.length === 0) return null;
  const rest = rows.length - SHOWN;
  return h(
    "section",
    { id: "tasks", class: "tasks", "aria-labelledby": "tasks-title" },
    h("h2", { id: "tasks-title" }, "Tasks"),
    h("p", { class: "aside" }, `${counted(rows.length, "row")}, sizes in pages where no unit is named`),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "group", "aria-label": "Table of tasks" },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            columns.map((column) =>
              h(
                "th",
                { scope: "col", class: column.isText ? undefined : "right", title: column.meaning },
                column.title,
              ),
            ),
          ),
        ),
        h(
          "tbody",
          {},
          rows.slice(0, SHOWN).map((row) =>
            h(
              "tr",
              {},
              columns.map((column) =>
                h("td", { class: column.isText ? undefined : "right" }, taskCell(row[column.index] ?? null, column)),
              ),
            ),
          ),
        ),
      ),
    ),
    rest > 0
      ? h("p", { class: "aside" }, `${counted(rest, "more row")}: the page shows them where scripts run.`)
      : null,
  );
}
