import type { Rule } from "../rule.js";

/** What the log itself says is not in it. */
export const lossRules: readonly Rule[] = [
  {
    // `** 33 printk messages dropped **`: the console or the reader was too slow.
    name: "messages-dropped",
    starts: ["** "],
    read(text, line, draft) {
      const match = /^\*\* (\d{1,10}) printk messages dropped \*\*/.exec(text);
      if (match === null || draft.ended) return "other";
      draft.dropped.push({ count: Number(match[1]), line: line.line });
      return "read";
    },
  },
];
