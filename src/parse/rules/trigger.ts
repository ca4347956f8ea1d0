import { isInt32 } from "../../model/units.js";
import type { Rule } from "../rule.js";

const invoked = " invoked oom-killer";
/** Bytes of a task name. */
const longestName = 15;
const integer = /^-?\d{1,10}$/;
/** No kernel allocates 2^31 pages at once: a number beyond was not printed by one. */
const highestOrder = 30;

/** The line that opens a report, and the lines that stand between it and the stack. */
export const triggerRules: readonly Rule[] = [
  {
    // `COMM invoked oom-killer: gfp_mask=0x…[(FLAGS)], [nodemask=…, ]order=0[, oom_adj=0][, oom_score_adj=0]`
    name: "trigger",
    opens: "report",
    mark: /oom-killer/,
    read(text, line, draft) {
      // The name may be anything, this text included: the last one is the kernel's.
      const at = text.lastIndexOf(invoked);
      if (at >= 0 && !/^(?::|: .*)?$/s.test(text.slice(at + invoked.length))) return "other";
      const bare = at < 0 && text.startsWith("oom-killer: "); // v2.6.18 to v2.6.19 print no name.
      if (at < 0 && !bare) return "other";
      const fields = readFields(bare ? text.slice("oom-killer: ".length) : text.slice(at + invoked.length + 2));
      const mask = /^(0x[0-9a-f]+)(?:\(([^)]*)\)?)?$/.exec(fields.get("gfp_mask") ?? "");
      // A line cut at its end still opens the report; a sentence about the killer does not.
      if (mask === null && (bare || at > longestName || text.length > at + invoked.length + 1)) return "other";
      if (draft.lines.length > 0 || draft.opening !== "report") return "next-report";
      draft.trigger = {
        name: bare ? null : text.slice(0, at),
        pid: null,
        gfpMask: mask?.[1] ?? null,
        gfpFlags: mask?.[2] === undefined ? null : mask[2].split("|").filter((flag) => flag !== ""),
        order: readOrder(fields.get("order")),
        nodemask: fields.get("nodemask") ?? null,
        oomScoreAdj: readInteger(fields.get("oom_score_adj")),
        oomAdj: readInteger(fields.get("oom_adj") ?? fields.get("oomkilladj")),
        line: line.line,
      };
      return "read";
    },
  },
  {
    // Kernels with the BPF killer patches.
    name: "oom-policy",
    starts: ["oom_policy=", " "],
    read(text, _line, draft) {
      return draft.phase === "head" && draft.trigger !== null && /^ *oom_policy=\S*$/.test(text) ? "read" : "other";
    },
  },
  {
    // v4.9, kernels without compaction, order > 0.
    name: "compaction-disabled",
    starts: ["COMPACTION is disabled"],
    read(text, line, draft) {
      if (draft.phase !== "head") return "other";
      draft.compactionDisabled = { line: line.line, text };
      return "read";
    },
  },
  {
    // v2.6.29 to v4.20: `COMM cpuset=NAME mems_allowed=0-1`.
    name: "cpuset",
    read(text, line, draft) {
      if (draft.phase !== "head") return "other";
      const end = text.lastIndexOf(" mems_allowed=");
      if (end < 0) return "other";
      const start = text.indexOf(" cpuset=");
      const memsAllowed = text.slice(end + " mems_allowed=".length);
      // A name's bytes may stand escaped (`#033`); more than that is another line, which lost its line break.
      if (start < 0 || start > Math.min(end, 4 * longestName) || !/^[\d,-]*$/.test(memsAllowed)) return "other";
      draft.cpuset = { name: text.slice(start + " cpuset=".length, end), memsAllowed, line: line.line };
      return "read";
    },
  },
];

/** `a=1, b=2` in any order. Node lists hold commas too, but no names behind them. */
function readFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const part of text.trimEnd().split(/, ?(?=[a-z_]+=)|,$/)) {
    const equals = part.indexOf("=");
    if (equals > 0) fields.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  return fields;
}

function readInteger(text: string | undefined): number | null {
  return text !== undefined && integer.test(text) && isInt32(Number(text)) ? Number(text) : null;
}

function readOrder(text: string | undefined): number | null {
  const order = readInteger(text);
  return order !== null && order >= -1 && order <= highestOrder ? order : null;
}
