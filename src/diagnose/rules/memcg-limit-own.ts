import { limitDraft } from "../evidence/cgroup-limit.js";
import { rule } from "../rule.js";

/** A cgroup ran into its own limit. */
export const memcgLimitOwn = rule({
  id: "memcg-limit-own",
  layer: "limit",
  group: "memcg-limit",
  basis: "fact",
  needs: ["memcg"],
  meaning: "The cgroup ran into its own limit. The host may have plenty of free memory.",
  evaluate({ memcg }, context) {
    if (memcg.level === "ancestor" || memcg.hit.unlimited) return null;
    return limitDraft(memcg, context, "own");
  },
});
