import type { CgroupIdentity } from "../../model/cgroup-identity.js";
import { identifyCgroup } from "../identity/cgroups.js";
import { countOfLines } from "../quantity.js";
import { rule } from "../rule.js";
import { count, shellWord } from "../text.js";

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
    const identity = identifyCgroup(groupKill.path);
    const pids = new Map(report.kills.map(({ pid, line }) => [pid, line]));
    return {
      title: `All of ${identity.name} were killed together (memory.oom.group): ${count(pids.size, "process", "processes")} named here`,
      confidence: "high",
      severity: "notice",
      evidence: [
        { name: "cgroup", value: groupKill.path, lines: [groupKill.line] },
        countOfLines("processes killed", [...pids.values()]),
      ],
      advice: [undoneBy(identity)],
    };
  },
});

/** Who set it, by what the cgroup is. */
function undoneBy({ path, qosClass, kind, unit }: CgroupIdentity): string {
  if (qosClass !== undefined) {
    return "The kubelet sets it (since Kubernetes 1.28): singleProcessOOMKill: true in its configuration undoes that.";
  }
  if (unit !== undefined && kind === "system-unit") {
    return `systemd sets it by OOMPolicy=kill: \`systemctl show ${shellWord(unit)} -p OOMPolicy\`.`;
  }
  return `To have one process die instead: \`echo 0 > ${shellWord(`/sys/fs/cgroup${path}/memory.oom.group`)}\`.`;
}
