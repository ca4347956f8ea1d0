import { has } from "../advice/facilities.js";
import { hierarchyOf } from "../advice/hierarchy.js";
import { eligibleMemory } from "../evidence/eligible-zones.js";
import { difference } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["file-cache-not-reclaimed"];

/** Clean file cache that was not dropped. */
export const fileCacheNotReclaimed = rule({
  id: "file-cache-not-reclaimed",
  layer: "reclaim",
  group: "context",
  basis: "inference",
  needs: ["request", "zones"],
  meaning:
    "Clean cache is dropped before anything is killed. That much of it left in zones that the request could use points at a reclaim defect, at memory.min or memory.low protection, or at thrashing.",
  evaluate({ request, zones }, context) {
    const held = eligibleMemory(context);
    if (held === null || request.order !== 0 || request.fromPageFault || context.report.sysrq !== null) return null;
    const { file, fileShare, dirty } = held;
    if (fileShare.value < bounds.share.value || (dirty?.value ?? 0) * 2 >= file.value) return null;
    if (zones.roomy.length > 0) return null;
    return {
      title: `${context.text.size(file)} of file cache, ${share(fileShare)} of the zones that the request could use, were not reclaimed`,
      confidence: "medium",
      severity: "notice",
      evidence: [
        fileShare,
        ...(dirty === null ? [] : [difference("clean file cache of the eligible zones", file, dirty)]),
      ],
      advice: [
        ...(hierarchyOf(context) === "v1" || !has("memoryMin", context)
          ? []
          : ["Look for protection: `grep -s . /sys/fs/cgroup/*/memory.min /sys/fs/cgroup/*/memory.low`."]),
        "Look whether reclaim worked: `grep -E 'pgscan|pgsteal|workingset' /proc/vmstat`; try another kernel version.",
      ],
    };
  },
});
