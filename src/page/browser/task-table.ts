import type { Analysis } from "../../model/analysis.js";
import type { Cell } from "../../render/columns/index.js";
import { h, taskCell, taskHead, taskTable, unsignedUid } from "../../render/html/index.js";
import { counted } from "../../render/quantity.js";
import { visible } from "../../render/visible.js";
import { build, find, mount } from "./dom.js";
import { virtualRows } from "./virtual-rows.js";

/** The table of tasks: all rows, sorted by any column, filtered by name, pid or uid. Null without a table. */
export function taskSection(analysis: Analysis): HTMLElement | null {
  const { columns, rows } = taskTable(analysis);
  if (rows.length === 0) return null;
  const kills = columns.find(({ name }) => name === "kill_role");
  const lineColumn = columns.find(({ name }) => name === "line");
  let sortedBy = columns.find(({ name }) => name === "place") ?? columns[0];
  let isDescending = false;
  let filter = "";
  let shown: (readonly Cell[])[] = [];

  const section = build(
    "section",
    { id: "tasks", class: "tasks", "aria-labelledby": "tasks-title" },
    h("h2", { id: "tasks-title" }, "Tasks"),
    h(
      "div",
      { class: "tools" },
      h(
        "label",
        {},
        "Filter ",
        h("input", {
          type: "search",
          id: "task-filter",
          placeholder: "name, pid or uid",
          autocomplete: "off",
          spellcheck: "false",
        }),
      ),
      h("output", { for: "task-filter", id: "task-count" }),
    ),
    h(
      "div",
      { class: "rows", tabindex: 0, role: "group", "aria-label": "Table of tasks, scrolls" },
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
                { scope: "col", class: column.isText ? undefined : "right", "data-name": column.name },
                h("button", { type: "button", title: column.meaning }, taskHead(column)),
              ),
            ),
          ),
        ),
        h("tbody", {}),
      ),
    ),
  );
  const scroller = find(".rows", section);
  const table = find("table", section);
  const count = find("#task-count", section);

  const virtual = virtualRows(scroller, find("tbody", section), drawRow, () =>
    build("tr", { class: "spacer", "aria-hidden": "true" }, h("td", { colspan: columns.length })),
  );

  function drawRow(index: number): HTMLElement {
    const row = shown[index] ?? [];
    const isMarked = kills !== undefined && (row[kills.index] ?? null) !== null;
    const line = lineColumn === undefined ? null : row[lineColumn.index];
    return mount(
      h(
        "tr",
        { class: isMarked ? "marked" : undefined, "aria-rowindex": index + 2 },
        columns.map((column) => {
          const value = row[column.index] ?? null;
          const content =
            column.name === "line" && line != null
              ? h("a", { class: "ref", href: `#L${line}`, "data-lines": String(line) }, String(line))
              : taskCell(value, column);
          return h("td", { class: column.isText ? undefined : "right" }, content);
        }),
      ),
    ) as HTMLElement;
  }

  function refresh(): void {
    shown = rows.filter((row) => matches(row));
    if (sortedBy !== undefined) {
      const { index } = sortedBy;
      const sign = isDescending ? -1 : 1;
      shown.sort((a, b) => compare(a[index] ?? null, b[index] ?? null, sign));
    }
    table.setAttribute("aria-rowcount", String(shown.length + 1));
    count.textContent =
      shown.length === rows.length
        ? counted(rows.length, "row")
        : `${counted(shown.length, "row")} of ${counted(rows.length, "row")}`;
    for (const head of section.querySelectorAll<HTMLElement>("th")) {
      const isSorted = head.dataset["name"] === sortedBy?.name;
      if (isSorted) head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    scroller.scrollTop = 0;
    virtual.refresh(shown.length);
  }

  const searched = columns.filter(({ name }) => name === "name" || name === "pid" || name === "uid");
  function matches(row: readonly Cell[]): boolean {
    if (filter === "") return true;
    return searched.some(({ name, index }) => {
      const value = row[index] ?? null;
      if (value === null) return false;
      if (name === "name") return visible(String(value)).toLowerCase().includes(filter);
      // A number is looked for as a whole: 12 is not in 4127.
      return String(value) === filter || (name === "uid" && unsignedUid(value) === filter);
    });
  }

  for (const head of section.querySelectorAll<HTMLElement>("th")) {
    find("button", head).addEventListener("click", () => {
      const column = columns.find(({ name }) => name === head.dataset["name"]);
      // Large values are looked for first; names and places from their start.
      isDescending =
        column === sortedBy ? !isDescending : !(column?.isText || column?.name === "place" || column?.name === "pid");
      sortedBy = column;
      refresh();
    });
  }
  find<HTMLInputElement>("#task-filter", section).addEventListener("input", (event) => {
    filter = (event.target as HTMLInputElement).value.trim().toLowerCase();
    refresh();
  });
  refresh();
  return section;
}

/** Order of two cells; those without a value come last, whichever way. */
function compare(a: Cell, b: Cell, sign: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "string" && typeof b === "string") return a < b ? -sign : a > b ? sign : 0;
  return a < b ? -sign : a > b ? sign : 0;
}
