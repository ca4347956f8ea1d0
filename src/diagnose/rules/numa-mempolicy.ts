import { nodeLimit } from "../evidence/node-limit.js";
import { rule } from "../rule.js";

/** A memory policy bound the request to some nodes. */
export const numaMempolicy = rule({
  id: "numa-mempolicy",
  layer: "limit",
  group: "elsewhere",
  basis: "fact",
  needs: [],
  meaning:
    "The memory policy (mbind, numactl --membind, a strict numatune) bounds it to some nodes, whatever the others have free. How much of a process lies on which node is in no log: the victim may own nothing there.",
  evaluate(_facts, context) {
    if (context.report.constraint !== "CONSTRAINT_MEMORY_POLICY") return null;
    return nodeLimit(context, {
      what: "The memory policy",
      advice: [
        "See where memory lies: `numastat -p PID; numactl -H; grep . /proc/PID/numa_maps`.",
        "Prefer instead of bind: `numactl --preferred`, interleave, or numatune `preferred` for virtual machines.",
      ],
    });
  },
});
