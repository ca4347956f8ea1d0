import { parseInt64 } from "../../model/units.js";
import type { Rule } from "../rule.js";

export const protectionRules: readonly Rule[] = [
  {
    // Since v6.19, cgroup v2: `Memory cgroup min protection 0kB -- low protection 0kB`.
    name: "protection",
    starts: ["Memory cgroup min protection "],
    read(text, line, draft) {
      const match = /^Memory cgroup min protection (\d{1,20})kB -- low protection (\d{1,20})kB/.exec(text);
      if (match?.[1] === undefined || match[2] === undefined || draft.ended) return "other";
      draft.protection = { minKb: parseInt64(match[1]), lowKb: parseInt64(match[2]), line: line.line };
      return "read";
    },
  },
];
