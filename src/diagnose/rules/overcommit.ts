import { lineLike } from "../evidence/log-text.js";
import { rule } from "../rule.js";

/** Address space was refused: strict overcommit. */
export const overcommit = rule({
  id: "overcommit",
  layer: "configuration",
  group: "context",
  basis: "fact",
  unproven: true,
  needs: [],
  meaning:
    "The kernel also refused address space beside the kill. How much address space processes have (total_vm) says nothing of a shortage: most of it is never touched.",
  evaluate(_facts, context) {
    const refused = lineLike(context, "refused", /not enough memory for the allocation/);
    if (refused === null) return null;
    return {
      title: "Address space was refused (vm.overcommit_memory)",
      confidence: "medium",
      severity: "info",
      evidence: [refused],
      advice: ["Look at the setting: `sysctl vm.overcommit_memory vm.overcommit_ratio; grep Commit /proc/meminfo`."],
    };
  },
});
