import { toNumber } from "../../model/units.js";
import { nearLimit } from "../evidence/cgroup.js";
import { rule } from "../rule.js";

/** The v1 limit on memory and swap together was hit, or nearly. */
export const memcgV1Memsw = rule({
  id: "memcg-v1-memsw",
  layer: "limit",
  group: "context",
  basis: "fact",
  needs: ["memcg"],
  meaning:
    "memory.memsw.limit_in_bytes bounds memory and swap together: more swap on the machine does not help this cgroup.",
  evaluate(_facts, context) {
    const both = context.report.memcg?.limits.find(({ name }) => name === "memory+swap");
    // v5.0 to v5.2 print the line on v2 as well, with zeros.
    if (both === undefined || both.unlimited || toNumber(both.usageKb) === 0) return null;
    const room = nearLimit(both, context);
    if (room === null) return null;
    const { limit, usage, reached, left } = room;
    const { text } = context;
    return {
      title: reached
        ? `Memory and swap together reached their limit of ${text.size(limit)}`
        : `Memory and swap together are ${text.size(left)} below their limit of ${text.size(limit)}`,
      confidence: "high",
      severity: "notice",
      evidence: [limit, usage, ...(reached ? [] : [left])],
      advice: ["Raise memory.memsw.limit_in_bytes (Docker `--memory-swap`) before the memory limit, or both."],
    };
  },
});
