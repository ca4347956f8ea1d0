import { zoneName, zoneQuantity } from "../evidence/zones.js";
import { Lacking } from "../facts.js";
import { rule } from "../rule.js";

/** The allowed nodes have movable memory only. */
export const movableOnlyNode = rule({
  id: "movable-only-node",
  layer: "limit",
  group: "elsewhere",
  basis: "fact",
  needs: ["request"],
  meaning:
    "The allowed nodes hold only a Movable zone, and the request needs pages that stay. No amount of killing helps. Kernels since v5.16 refuse such a request instead.",
  evaluate({ request }, context) {
    const facts = context.fact("zones");
    if (request.movable || request.fromPageFault || request.order < 0 || facts instanceof Lacking) return null;
    const { all, eligible } = facts;
    if (all.length === 0 || !all.every(({ zone }) => zone === "Movable" || zone === "Device")) return null;
    if (eligible.length > 0) return null;
    const [zone] = all;
    if (zone === undefined) return null;
    return {
      title: `The allowed nodes have movable memory only (${all.map(zoneName).join(", ")}), which this request may not use`,
      confidence: "high",
      evidence: all.map((one) => zoneQuantity(one, "free")),
      advice: [
        "Add a node with a Normal zone to cpuset.mems (or the memory policy) of the workload.",
        "Or online less of that node as movable (`movable_node`, memory hotplug policy).",
      ],
    };
  },
});
