import { inferLayout } from "../known-layouts.js";
import type { Rule } from "../rule.js";
import { TableLayout } from "../table-layout.js";

/** `[ pid ] uid tgid total_vm rss` and at least one number more. */
const rowShape = /^\[ *\d{1,10}\] +-?\d{1,10} +\d{1,10} +\d{1,20} +\d{1,20} +-?\d{1,20} /;

const tasksState = "Tasks state (memory values in pages)";

export const taskTableRules: readonly Rule[] = [
  {
    name: "task-row",
    starts: ["["],
    read(text, line, draft) {
      // What looks like a row after the ending is none of this table's.
      const row = draft.ended ? null : draft.layout?.readRow(text, line.line);
      // A trigger's task may be named like the beginning of a row.
      if (!row || row.name.startsWith("invoked oom-killer")) return "other";
      draft.tasks.push(row);
      if (draft.table !== null) draft.table.endLine = line.line;
      return "read";
    },
  },
  {
    // A row whose header is not in the log: read as the last table of this log was, or by the widths of its fields.
    name: "task-row-without-header",
    starts: ["["],
    opens: "fragment",
    mark: /^\[ *\d+\] +-?\d/,
    read(text, line, draft) {
      if (draft.layout !== null || !rowShape.test(text)) return "other";
      // The log may hold the tables of two kernels.
      const earlier = draft.earlierLayout?.readRow(text, line.line) ?? null;
      const layout = earlier === null ? inferLayout(text) : draft.earlierLayout;
      const row = earlier ?? layout?.readRow(text, line.line);
      if (!layout || !row) return "other";
      draft.enter("table");
      draft.layout = layout;
      draft.headerLost = true;
      draft.tasks.push(row);
      draft.table = { line: draft.table?.line ?? line.line, endLine: line.line };
      return "read";
    },
  },
  {
    // Since v4.19 and RHEL 8.4.
    name: "tasks-state",
    starts: ["Tasks state ("],
    opens: "fragment",
    mark: /^Tasks state \(/,
    read(text, line, draft) {
      if (draft.table !== null || draft.ended) return "next-report";
      draft.enter("table");
      draft.table = { line: line.line, endLine: line.line };
      // What the numbers are is read from no line: other words than those of all kernels read here are told.
      if (!text.startsWith(tasksState) && !tasksState.startsWith(text.trimEnd()))
        draft.unknownLines.push({ line: line.line, text });
      return "read";
    },
  },
  {
    name: "table-header",
    starts: ["["],
    opens: "fragment",
    mark: /^\s*\[ *pid *\] /,
    read(text, line, draft) {
      const layout = TableLayout.fromHeader(text);
      if (layout === null) return "other";
      if (draft.layout !== null || draft.ended) return "next-report";
      draft.enter("table");
      draft.layout = layout;
      if (draft.table === null) draft.table = { line: line.line, endLine: line.line };
      else draft.table.endLine = line.line;
      return "read";
    },
  },
];
