import { rule } from "../rule.js";

/** The cgroup may not use swap. */
export const memcgSwapDisabled = rule({
  id: "memcg-swap-disabled",
  layer: "reclaim",
  group: "context",
  basis: "fact",
  needs: ["memcg"],
  meaning: "The cgroup's swap limit is 0: its anonymous memory can not leave RAM.",
  evaluate(_facts, { report }) {
    const swap = report.memcg?.limits.find(({ name }) => name === "swap");
    if (swap === undefined || swap.unlimited || Number(swap.limitKb) !== 0) return null;
    return {
      title: "The memory cgroup may not use swap (memory.swap.max is 0)",
      confidence: "high",
      severity: "info",
      evidence: [{ name: "swap limit", value: 0, unit: "kB", lines: [swap.line] }],
      advice: [
        "Raise memory.swap.max (systemd `MemorySwapMax=`, Docker `--memory-swap`) if idle memory may be swapped out.",
      ],
    };
  },
});
