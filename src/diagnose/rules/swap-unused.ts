import { has } from "../advice/facilities.js";
import { Lacking } from "../facts.js";
import { percent } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["swap-unused"];

/** Swap was free, and anonymous memory was not swapped out. */
export const swapUnused = rule({
  id: "swap-unused",
  layer: "reclaim",
  group: "context",
  basis: "inference",
  needs: ["swap", "request"],
  meaning:
    "Swap had room and there was anonymous memory to move. The log does not say why it was not: vm.swappiness 0, memory.swap.max 0, a slow swap device, pinned pages (VFIO, RDMA), or a burst that reclaim could not follow.",
  evaluate({ swap, request }, context) {
    const { anonymous } = swap;
    if (swap.total.value <= 0 || anonymous === null) return null;
    const free = percent("free part of swap", swap.free, swap.total);
    const freeMib = (swap.free.value * context.pageSizeBytes) / 1024 / 1024;
    const part = percent("anonymous share", anonymous, swap.ram);
    if (free.value < bounds.free.value || freeMib < bounds.size.value || part.value < bounds.anonymous.value)
      return null;
    const zones = context.fact("zones");
    const isShortage = zones instanceof Lacking || zones.roomy.length === 0;
    if (request.fromPageFault || request.order < 0 || context.report.sysrq !== null || !isShortage) return null;
    return {
      title: `${context.text.size(swap.free)} of swap, ${share(free)} of it, were free, with ${context.text.size(anonymous)} of anonymous memory in RAM`,
      confidence: "medium",
      severity: "notice",
      evidence: [free, part],
      advice: [
        has("memoryMax", context)
          ? "See why: `sysctl vm.swappiness; cat /proc/swaps; cat /sys/fs/cgroup/PATH/memory.swap.max`."
          : "See why: `sysctl vm.swappiness; cat /proc/swaps`.",
        "If it is 0 or 1: `sysctl -w vm.swappiness=60`.",
      ],
    };
  },
});
