import { lookAtCgroup } from "../advice/commands.js";
import { percent } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["memcg-unaccounted"];

/** Usage of a memory cgroup that its statistics do not show. */
export const memcgUnaccounted = rule({
  id: "memcg-unaccounted",
  layer: "consumer",
  group: "context",
  basis: "inference",
  needs: ["memcg"],
  meaning:
    "Usage and statistics agree to a few kB on a cgroup at rest. The rest is swap cache, or memory of a victim that was killed just before and is still going.",
  evaluate({ memcg }, context) {
    const { residue, usage } = memcg;
    if (residue === null) return null;
    const part = percent("residue part of usage", residue, usage);
    const mebibytes = (residue.value * context.pageSizeBytes) / 1024 / 1024;
    if (part.value <= bounds.share.value || mebibytes <= bounds.size.value) return null;
    const swapcached = memcg.within.get("swapcached");
    const isSwapCache = swapcached !== undefined && swapcached.value * 2 >= residue.value;
    return {
      title: isSwapCache
        ? `${context.text.size(residue)}, ${share(part)} of the cgroup's usage, are swap cache: pages on their way from or to swap`
        : `${context.text.size(residue)}, ${share(part)} of the cgroup's usage, are in none of its statistics`,
      confidence: isSwapCache ? "medium" : "low",
      severity: "notice",
      evidence: [part, ...(swapcached === undefined ? [] : [swapcached])],
      advice: [`Compare usage and statistics while it runs. ${lookAtCgroup(memcg.path, context)}`],
    };
  },
});
