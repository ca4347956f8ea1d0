import { identifyCgroup } from "../identity/cgroups.js";
import { countOfLines } from "../quantity.js";
import { rule } from "../rule.js";
import { count } from "../text.js";

/** A whole cgroup was killed by design. */
export const oomGroup = rule({
  id: "oom-group",
  layer: "selection",
  group: "selection",
  basis: "fact",
  needs: [],
  meaning:
    "memory.oom.group is set: one victim takes all processes of its cgroup with it. The same pid twice is one kill.",
  evaluate(_facts, { report }) {
    const { groupKill } = report;
    if (groupKill === null) return null;
    const pids = new Map(report.kills.map(({ pid, line }) => [pid, line]));
    return {
      title: `All of ${identifyCgroup(groupKill.path).name} were killed together (memory.oom.group): ${count(pids.size, "process", "processes")} named here`,
      confidence: "high",
      severity: "notice",
      evidence: [
        { name: "cgroup", value: groupKill.path, lines: [groupKill.line] },
        countOfLines("processes killed", [...pids.values()]),
      ],
      advice: [
        "Kubernetes sets it since 1.28 on cgroup v2 (kubelet singleProcessOOMKill: true undoes it); systemd by OOMPolicy=kill.",
      ],
    };
  },
});
