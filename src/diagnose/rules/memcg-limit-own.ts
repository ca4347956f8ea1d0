import { isUnlimited } from "../evidence/cgroup.js";
import { limitDraft } from "../evidence/cgroup-limit.js";
import { rule } from "../rule.js";

/** A cgroup ran into its own limit. */
export const memcgLimitOwn = rule({
  id: "memcg-limit-own",
  layer: "limit",
  group: "memcg-limit",
  basis: "fact",
  needs: ["cgroup"],
  meaning: "The cgroup ran into its own limit. The host may have plenty of free memory.",
  evaluate({ cgroup }, context) {
    return cgroup.level === "ancestor" || isUnlimited(context) ? null : limitDraft(cgroup, context);
  },
});
