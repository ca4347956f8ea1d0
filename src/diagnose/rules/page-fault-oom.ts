import { marksOf } from "../evidence/zones.js";
import { rule } from "../rule.js";

/** The page-fault handler raised the OOM killer, not the allocator. */
export const pageFaultOom = rule({
  id: "page-fault-oom",
  layer: "kind",
  group: "kind",
  basis: "inference",
  needs: ["zones"],
  meaning:
    "A fault handler reported out of memory by itself (gfp_mask 0) while zones had memory: a charge to a memory cgroup failed inside the fault, a swap entry was corrupt, or a driver returned VM_FAULT_OOM. It is not a shortage. Kernels since v5.16 retry instead of killing.",
  evaluate({ zones }, { report }) {
    const { request, roomy } = zones;
    if (!request.fromPageFault || roomy.length === 0 || report.trigger === null) return null;
    return {
      title: "A page fault raised the OOM killer, with memory free: it is not a shortage",
      confidence: "high",
      evidence: [
        { name: "gfp_mask", value: report.trigger.gfpMask ?? "", lines: [report.trigger.line] },
        ...marksOf(roomy),
      ],
      advice: [
        "Look at the lines before it: `Bad swap`, a memory cgroup's kill, `SLUB: Unable to allocate`. Fix that.",
        "Update to a kernel since v5.16, or a stable release with that change.",
      ],
    };
  },
});
