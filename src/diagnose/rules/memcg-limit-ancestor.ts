import { isUnlimited } from "../evidence/cgroup.js";
import { limitDraft } from "../evidence/cgroup-limit.js";
import { rule } from "../rule.js";

/** A cgroup above the victim's ran into its limit. */
export const memcgLimitAncestor = rule({
  id: "memcg-limit-ancestor",
  layer: "limit",
  group: "memcg-limit",
  basis: "fact",
  needs: ["cgroup"],
  meaning: "It was not the victim's own limit that was hit: all cgroups below the one that is full share its limit.",
  evaluate({ cgroup }, context) {
    return cgroup.level !== "ancestor" || isUnlimited(context) ? null : limitDraft(cgroup, context);
  },
});
