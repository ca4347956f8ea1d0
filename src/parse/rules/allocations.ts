import { fromBigInt, type Int64, parseInt64 } from "../../model/units.js";
import type { Rule } from "../rule.js";

const binaryUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/** Memory allocation profiling (since v6.10), at the end of the memory block. */
export const allocationRules: readonly Rule[] = [
  {
    name: "allocations-title",
    starts: ["Memory allocations"],
    read(text, line, draft) {
      if (!/^Memory allocations(?: \(.*\))?:$/.test(text.trimEnd()) || !draft.isBefore("table")) return "other";
      draft.touchMemInfo(line.line);
      draft.allocations ??= { line: line.line, rows: [] };
      return "read";
    },
  },
  {
    // `  3176243200   247900 mm/slub.c:2264 func:alloc_slab_page`; since v6.12 `    1.23 MiB     1234 …`.
    name: "allocation",
    starts: [" ", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    read(text, line, draft) {
      if (draft.allocations === null || draft.phase !== "memory") return "other";
      const match =
        /^ *(\d{1,20})(?:\.(\d{1,3}))? ?([KMGTPE]?i?B)? +(\d{1,20}) (\S+:\d+(?: \[[\w-]+\])?) func:(\S+)$/.exec(text);
      if (!match) return "other";
      const [, whole = "", fraction = "", unit = "B", calls = "", place = "", name = ""] = match;
      draft.touchMemInfo(line.line);
      draft.allocations.rows.push({
        bytes: inBytes(whole, fraction, unit),
        calls: parseInt64(calls),
        place,
        function: name,
        line: line.line,
      });
      return "read";
    },
  },
];

function inBytes(whole: string, fraction: string, unit: string): Int64 {
  const power = BigInt(Math.max(0, binaryUnits.indexOf(unit)) * 10);
  const scale = 10n ** BigInt(fraction.length);
  return fromBigInt((BigInt(whole + fraction) << power) / scale);
}
