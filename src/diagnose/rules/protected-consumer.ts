import { adjOf } from "../../replay/selection.js";
import { has } from "../advice/facilities.js";
import type { Context } from "../context.js";
import { Lacking } from "../facts.js";
import { identifyCgroup } from "../identity/cgroups.js";
import { ownerOfAdj } from "../identity/oom-score-adj.js";
import type { Quantity } from "../quantity.js";
import { rule } from "../rule.js";
import { partOf, who } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["protected-consumer"];

/** oom_score_adj of a process and of what starts it, back to the default. */
function setBack(pid: number, context: Context): string {
  const file = has("oomScoreAdj", context) ? "oom_score_adj" : "oom_adj";
  const unit = has("systemd", context) ? ", and remove OOMScoreAdjust= of the unit that starts it" : "";
  return `Set it back: \`echo 0 > /proc/${pid}/${file}\`${unit}.`;
}

/** The largest process may not be killed. */
export const protectedConsumer = rule({
  id: "protected-consumer",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: ["tasks"],
  meaning: "The process that holds most is protected from the OOM killer.",
  evaluate({ tasks }, context) {
    const [top] = tasks.processes;
    if (top === undefined) return null;
    const protectors = [top.row, ...top.twins];
    const lowest = protectors.reduce((best, row) => ((adjOf(row) ?? 0) < (adjOf(best) ?? 0) ? row : best));
    const adj = adjOf(lowest) ?? 0;
    const part = tasks.share(top.size);
    const { kills, reaper } = context.report;
    const isOne = ({ pid }: { readonly pid: number }): boolean =>
      protectors.some((row) => row.pid === pid || row.tgid === pid);
    // Where the kill line is lost, the reaper's may still name it.
    const killed = kills.some(isOne) || reaper.some(isOne);
    if (part.value < bounds.share.value || adj > bounds.adj.value || killed) return null;
    // One who is protected just as much died: that is no protection.
    const victim = context.fact("victim");
    if (!(victim instanceof Lacking) && victim.process !== null && victim.process.oomScoreAdj <= adj) return null;
    const printed = lowest.oomScoreAdj ?? lowest.oomAdj ?? 0;
    const field = lowest.oomScoreAdj === undefined ? "oom_adj" : "oom_score_adj";
    const evidence: Quantity = {
      name: `${field} of ${who(lowest)}`,
      value: printed,
      unit: "count",
      lines: [lowest.line],
    };
    // Only in a cgroup that was full is it known to be where the limit is.
    const { oomMemcg } = context.report.cgroup;
    const cgroup = oomMemcg === null ? null : identifyCgroup(oomMemcg);
    const owner = ownerOfAdj(adj, { name: lowest.name, cgroup });
    const byKubelet = cgroup?.qosClass !== undefined;
    return {
      title: `The largest process, ${who(top.row)} with ${context.text.size(top.size)}${partOf(part, tasks.capacity)}, is protected (${field} ${printed})`,
      confidence: tasks.cut ? "medium" : "high",
      meaning: [
        ...(kills.length > 0 ? ["Others died for it."] : []),
        ...(owner === null ? [] : [`${printed} is usual for ${owner}.`]),
        byKubelet
          ? "The kubelet sets it by the pod's class; among processes of one pod it only decides who dies first."
          : "If that is not intended, it was inherited from whatever started the process (sshd, udev, a unit with OOMScoreAdjust=).",
      ].join(" "),
      evidence: [part, evidence],
      advice: byKubelet
        ? ["Leave oom_score_adj alone: it is the pod's memory, or its limit, that has to change."]
        : [setBack(lowest.pid, context), "Or bound it: a memory limit of its own, so that it fails alone."],
      pages: top.size.value,
    };
  },
});
