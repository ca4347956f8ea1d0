import type { Context } from "../context.js";
import { Lacking, type SwapFacts } from "../facts.js";
import { difference, percent, type Quantity } from "../quantity.js";
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
    const unowned = inNoRow(swap, context);
    return {
      title: `Swap is full: ${share(free)} of ${context.text.size(swap.total)} is free`,
      confidence: "high",
      severity: "notice",
      ...(unowned === null
        ? {}
        : {
            meaning: `${context.text.size(unowned)} of what is in it belong to no row of the table: tmpfs files and shared memory, or tasks that the log does not show.`,
          }),
      evidence: [free, ...(unowned === null ? [] : [unowned])],
      advice: ["More swap buys time, not memory: find what grows first."],
    };
  },
});

/** Used swap that the rows do not account for; null where it is little, or rows are missing. */
function inNoRow(swap: SwapFacts, context: Context): Quantity | null {
  const tasks = context.fact("tasks");
  if (tasks instanceof Lacking || tasks.cut || tasks.swap === null || tasks.rows.value < bounds.rows.value) return null;
  const unowned = difference("used swap in no row", swap.used, tasks.swap);
  const mebibytes = (unowned.value * context.pageSizeBytes) / 1024 / 1024;
  const part = percent("part of used swap in no row", unowned, swap.used);
  return part.value < bounds.unowned.value || mebibytes < bounds.size.value ? null : unowned;
}
