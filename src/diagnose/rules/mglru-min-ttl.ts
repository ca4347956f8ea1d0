import { frameLike } from "../evidence/log-text.js";
import { rule } from "../rule.js";

/** The working-set protection of the multi-generational LRU asked for a kill. */
export const mglruMinTtl = rule({
  id: "mglru-min-ttl",
  layer: "kind",
  group: "kind",
  basis: "fact",
  needs: ["request"],
  meaning:
    "kswapd itself never asks for a kill, unless /sys/kernel/mm/lru_gen/min_ttl_ms is set: then the kernel kills when the working set of that time does not fit. Free memory may be above the watermarks.",
  evaluate(_facts, context) {
    const { trigger } = context.report;
    const frame = frameLike(context, /^(?:balance_pgdat|lru_gen_age_node)$/);
    if (trigger === null || !/^kswapd\d+$/.test(trigger.name ?? "") || frame === null) return null;
    return {
      title: `${trigger.name} asked for the kill: lru_gen/min_ttl_ms is set`,
      confidence: "high",
      evidence: [{ name: "invoker", value: trigger.name ?? "", lines: [trigger.line] }, frame],
      advice: ["Lower it or switch it off: `echo 0 > /sys/kernel/mm/lru_gen/min_ttl_ms`."],
    };
  },
});
