import { parseInt64 } from "../../model/units.js";
import type { Rule } from "../rule.js";

/** Unreclaimable slab, printed when it exceeds all LRU pages (since v4.15). */
export const slabRules: readonly Rule[] = [
  {
    name: "slab-title",
    starts: ["Unreclaimable slab info:", "excessive unreclaimable slab but cannot dump stats"],
    read(_text, line, draft) {
      if (!draft.isBefore("table")) return "other";
      draft.enter("slab");
      draft.slab ??= { line: line.line, rows: [] };
      return "read";
    },
  },
  {
    name: "slab-header",
    starts: ["Name "],
    read(text, _line, draft) {
      return draft.phase === "slab" && /^Name +Used +Total *$/.test(text) ? "read" : "other";
    },
  },
  {
    // `%-17s %10luKB %10luKB`.
    name: "slab-row",
    read(text, line, draft) {
      if (draft.slab === null || draft.phase !== "slab") return "other";
      const match = /^(\S.{0,63}?) +(\d{1,20})KB +(\d{1,20})KB *$/.exec(text);
      if (match?.[1] === undefined || match[2] === undefined || match[3] === undefined) return "other";
      draft.slab.rows.push({
        name: match[1],
        usedKb: parseInt64(match[2]),
        totalKb: parseInt64(match[3]),
        line: line.line,
      });
      return "read";
    },
  },
];
