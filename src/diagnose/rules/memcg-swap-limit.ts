import { toNumber } from "../../model/units.js";
import { chargeBatchPages } from "../evidence/cgroup.js";
import { rule } from "../rule.js";

/** The v2 swap limit is used up. */
export const memcgSwapLimit = rule({
  id: "memcg-swap-limit",
  layer: "limit",
  group: "context",
  basis: "fact",
  needs: ["memcg"],
  meaning: "The cgroup's swap limit is used up too: its anonymous memory can leave RAM no more.",
  evaluate(_facts, { report, pageSizeBytes, text }) {
    const swap = report.memcg?.limits.find(({ name }) => name === "swap");
    if (swap === undefined || swap.unlimited || toNumber(swap.limitKb) === 0) return null;
    const batchKb = (chargeBatchPages * pageSizeBytes) / 1024;
    if (toNumber(swap.usageKb) < toNumber(swap.limitKb) - batchKb) return null;
    const limit = { name: "swap limit", value: toNumber(swap.limitKb), unit: "kB", lines: [swap.line] } as const;
    return {
      title: `The cgroup's swap limit of ${text.size(limit)} is used up`,
      confidence: "high",
      severity: "notice",
      evidence: [limit, { name: "swap usage", value: toNumber(swap.usageKb), unit: "kB", lines: [swap.line] }],
      advice: ["Raise memory.swap.max if the cgroup may be slower rather than killed."],
    };
  },
});
