import { toNumber } from "../../model/units.js";
import { chargeBatchPages } from "../evidence/cgroup.js";
import { rule } from "../rule.js";

/** The v1 limit on memory and swap together was hit. */
export const memcgV1Memsw = rule({
  id: "memcg-v1-memsw",
  layer: "limit",
  group: "context",
  basis: "fact",
  needs: ["memcg"],
  meaning:
    "Memory and swap together reached memory.memsw.limit_in_bytes: more swap on the machine does not help this cgroup.",
  evaluate(_facts, { report, pageSizeBytes, text }) {
    const both = report.memcg?.limits.find(({ name }) => name === "memory+swap");
    // v5.0 to v5.2 print the line on v2 as well, with zeros.
    if (both === undefined || both.unlimited || toNumber(both.usageKb) === 0) return null;
    const batchKb = (chargeBatchPages * pageSizeBytes) / 1024;
    if (toNumber(both.usageKb) < toNumber(both.limitKb) - batchKb) return null;
    const limit = { name: "memory+swap limit", value: toNumber(both.limitKb), unit: "kB", lines: [both.line] } as const;
    return {
      title: `Memory and swap together reached their limit of ${text.size(limit)}`,
      confidence: "high",
      severity: "notice",
      evidence: [limit, { name: "memory+swap usage", value: toNumber(both.usageKb), unit: "kB", lines: [both.line] }],
      advice: ["Raise memory.memsw.limit_in_bytes (Docker `--memory-swap`) beside the memory limit."],
    };
  },
});
