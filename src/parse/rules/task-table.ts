import { TableLayout } from "../table-layout.js";
import type { Rule } from "../rule.js";

export const taskTableRules: readonly Rule[] = [
  {
    name: "task-row",
    starts: ["["],
    read(text, line, draft) {
      const row = draft.layout?.readRow(text, line.line);
      if (!row) return "other";
      draft.tasks.push(row);
      if (draft.table !== null) draft.table.endLine = line.line;
      return "read";
    },
  },
  {
    // Since v4.19 and RHEL 8.4.
    name: "tasks-state",
    starts: ["Tasks state ("],
    opens: "fragment",
    holds: "Tasks state (",
    read(_text, line, draft) {
      if (draft.table !== null || draft.ended) return "next-report";
      draft.enter("table");
      draft.table = { line: line.line, endLine: line.line };
      return "read";
    },
  },
  {
    name: "table-header",
    starts: ["["],
    opens: "fragment",
    holds: " pid ",
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
