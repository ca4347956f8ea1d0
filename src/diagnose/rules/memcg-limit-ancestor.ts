import { limitDraft } from "../evidence/cgroup-limit.js";
import { rule } from "../rule.js";

/** A cgroup above the victim's ran into its limit. */
export const memcgLimitAncestor = rule({
  id: "memcg-limit-ancestor",
  layer: "limit",
  group: "memcg-limit",
  basis: "fact",
  needs: ["memcg"],
  meaning: "The victim's own limit was not reached: all cgroups below the one that is full share its limit.",
  evaluate({ memcg }, context) {
    if (memcg.level !== "ancestor" || memcg.hit.unlimited) return null;
    return limitDraft(memcg, context, "ancestor");
  },
});
