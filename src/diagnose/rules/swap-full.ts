import { percent } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["swap-full"];

/** Swap ran out too. */
export const swapFull = rule({
  id: "swap-full",
  layer: "reclaim",
  group: "context",
  basis: "fact",
  needs: ["swap"],
  meaning: "Swap was full as well. It delayed the kill; it did not cause it.",
  evaluate({ swap }, context) {
    if (swap.total.value <= 0 || swap.free.value < 0) return null;
    const free = percent("free part of swap", swap.free, swap.total);
    if (free.value >= bounds.free.value) return null;
    return {
      title: `Swap is full: ${share(free)} of ${context.text.size(swap.total)} is free`,
      confidence: "high",
      severity: "notice",
      evidence: [free],
      advice: ["More swap buys time, not memory: find what grows first."],
    };
  },
});
