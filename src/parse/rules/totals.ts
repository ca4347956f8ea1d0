import type { Counter } from "../../model/report.js";
import { parseInt64, type Unit } from "../../model/units.js";
import type { ReportDraft } from "../draft.js";
import type { Rule } from "../rule.js";

/** The lines that close the memory block: page cache, swap, page totals. */
export const totalsRules: readonly Rule[] = [
  {
    // `N total pagecache pages`, `N pages RAM`, `N pages reserved`, …; before v2.6.28 `N pages of RAM`, `N reserved pages`.
    name: "page-total",
    read(text, line, draft) {
      const match = /^(-?\d{1,20}) ((?:total |reserved |free |slab )?pages?\b.*|[a-z ]{1,32} pages)$/.exec(text);
      if (match?.[1] === undefined || match[2] === undefined || match[2].length > 40) return "other";
      const name = match[2].trimEnd();
      if (!/^[A-Za-z/ -]+$/.test(name)) return "other";
      return total(draft, { name, value: parseInt64(match[1]), unit: "pages", line: line.line });
    },
  },
  {
    // v2.6.28 to v5.19: `Swap cache stats: add 1, delete 2, find 3/4`; before: `Swap cache: add 1, …, race 0+0`.
    name: "swap-cache",
    starts: ["Swap cache"],
    read(text, line, draft) {
      const match =
        /^Swap cache(?: stats)?: add (\d{1,20}), delete (\d{1,20}), find (\d{1,20})\/(\d{1,20})(?:, race (\d{1,20})\+(\d{1,20}))?/.exec(
          text,
        );
      if (!match) return "other";
      const names = ["add", "delete", "find success", "find total", "race 1", "race 2"];
      names.forEach((name, at) => {
        const value = match[at + 1];
        if (value !== undefined) {
          total(draft, { name: `swap cache ${name}`, value: parseInt64(value), unit: "count", line: line.line });
        }
      });
      return draft.isBefore("choice") ? "read" : "other";
    },
  },
  {
    // `Free swap  = 0kB`, `Total swap = 0kB`; before v2.6.28 `Free swap:            0kB`.
    name: "swap-total",
    starts: ["Free swap", "Total swap"],
    read(text, line, draft) {
      const match = /^(Free swap|Total swap)(?: *=|:) *(-?\d{1,20})(kB|KB)?/.exec(text);
      if (match?.[1] === undefined || match[2] === undefined) return "other";
      const unit: Unit = "kB";
      return total(draft, { name: match[1], value: parseInt64(match[2]), unit, line: line.line });
    },
  },
];

function total(draft: ReportDraft, counter: Counter): "read" | "other" {
  if (!draft.isBefore("choice") || (draft.memInfo === null && draft.memcg === null)) return "other";
  draft.touchMemInfo(counter.line);
  draft.totals.push(counter);
  return "read";
}
