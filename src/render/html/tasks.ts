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
  /** What its numbers count; null where the title says it. */
  readonly unit: "pages" | "bytes" | null;
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

/**
 * Columns in the order in which they are read, with their short titles and units; those of the report itself are left out.
 * What is left of the width is cut: the line of the log, which leads to the evidence, stands before that.
 */
const titles: readonly (readonly [name: string, title: string, unit?: TaskColumn["unit"]])[] = [
  ["place", "place"],
  ["name", "name"],
  ["pid", "pid"],
  ["line", "line"],
  ["points", "points"],
  ["rss_pages", "rss", "pages"],
  ["rss_anon_pages", "anon", "pages"],
  ["rss_file_pages", "file", "pages"],
  ["rss_shmem_pages", "shmem", "pages"],
  ["swap_pages", "swap", "pages"],
  ["pgtables_bytes", "pgtables", "bytes"],
  ["nr_ptes", "nr_ptes", "pages"],
  ["nr_pmds", "nr_pmds", "pages"],
  ["total_vm_pages", "total_vm", "pages"],
  ["oom_score_adj", "adj"],
  ["oom_adj", "oom_adj"],
  ["uid", "uid"],
  ["tgid", "tgid"],
  ["kill_role", "killed as"],
  ["reason", "not eligible"],
];

export function taskTable(analysis: Analysis): TaskTable {
  const { columns, partOf } = reportTables.tasks;
  const rows = partOf(
    analysis,
    titles.map(([name]) => name),
  );
  const shown = titles.flatMap(([name, title, unit = null], index): TaskColumn[] => {
    const column = columns.find((one) => one.name === name);
    if (column === undefined || rows.every((row) => (row[index] ?? null) === null)) return [];
    const meaning = unit === null ? column.meaning : `${column.meaning} In ${unit}.`;
    return [{ name, title, unit, meaning, isText: column.type === "text", index }];
  });
  return { columns: shown, rows };
}

/** The title of a column, and below it the unit. */
export function taskHead({ title, unit }: TaskColumn): Child {
  return unit === null ? title : [title, " ", h("span", { class: "unit" }, unit)];
}

/** A uid as kill lines print it: the table prints a signed number. */
export function unsignedUid(value: Cell): string {
  return String(Number(value) >>> 0);
}

/** A cell as it is shown. */
export function taskCell(value: Cell, { name, isText }: TaskColumn): Child {
  if (value === null) return "";
  if (name === "name") return logText(String(value));
  if (name === "uid" && Number(value) < 0) return h("span", { title: `uid ${unsignedUid(value)}` }, String(value));
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
    h("p", { class: "aside" }, counted(rows.length, "row")),
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
                taskHead(column),
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
