import { toNumber } from "../../model/units.js";
import { nearLimit } from "../evidence/cgroup.js";
import { rule } from "../rule.js";

/** The v2 swap limit is used up, or nearly. */
export const memcgSwapLimit = rule({
  id: "memcg-swap-limit",
  layer: "limit",
  group: "context",
  basis: "fact",
  needs: ["memcg"],
  meaning: "The cgroup's anonymous memory can leave RAM no more: its swap limit leaves no room.",
  evaluate(_facts, context) {
    const swap = context.report.memcg?.limits.find(({ name }) => name === "swap");
    if (swap === undefined || swap.unlimited || toNumber(swap.limitKb) === 0) return null;
    const room = nearLimit(swap, context);
    if (room === null) return null;
    const { limit, usage, reached, left } = room;
    const { text } = context;
    return {
      title: reached
        ? `The cgroup's swap limit of ${text.size(limit)} is used up`
        : `The cgroup's swap limit of ${text.size(limit)} has ${text.size(left)} left`,
      confidence: "high",
      severity: "notice",
      evidence: [limit, usage, ...(reached ? [] : [left])],
      advice: ["Raise memory.swap.max if the cgroup may be slower rather than killed."],
    };
  },
});
