import { nodeLimit } from "../evidence/node-limit.js";
import { rule } from "../rule.js";

/** A cpuset allows some nodes only. */
export const cpusetLimit = rule({
  id: "cpuset-limit",
  layer: "limit",
  group: "elsewhere",
  basis: "fact",
  needs: [],
  meaning:
    "The cpuset of the invoker bounds its memory to some nodes, whatever the others have free. The victim may own little there: how much of a process lies on which node is in no log.",
  evaluate(_facts, context) {
    const { report } = context;
    if (report.constraint !== "CONSTRAINT_CPUSET") return null;
    const name = report.cpuset?.name ?? report.summary?.cpuset ?? null;
    const isLibvirt = name === "emulator" || /^vcpu\d+$/.test(name ?? "");
    return nodeLimit(context, {
      what: `The cpuset${name === null || name === "/" ? "" : ` ${name}`}`,
      advice: [
        isLibvirt
          ? "It is a libvirt virtual machine's: set numatune mode `preferred`, or give it more nodes (`virsh numatune VM`)."
          : "Allow all nodes: write their list to cpuset.mems of that cgroup (`cset shield` leaves only node 0).",
        "See where memory lies, and what a process may use: `numastat -p PID; grep Mems_allowed_list /proc/PID/status`.",
      ],
    });
  },
});
