import { has } from "../advice/facilities.js";
import { hierarchyOf } from "../advice/hierarchy.js";
import { Lacking } from "../facts.js";
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
  needs: ["machine", "request"],
  meaning:
    "Clean cache is dropped before anything is killed. That much of it left points at a reclaim defect, at memory.min or memory.low protection, at thrashing, or at cache in zones that this request could not use.",
  evaluate({ machine, request }, context) {
    const file = machine.sheet.terms.get("file");
    const { within } = machine.sheet;
    if (file === undefined || request.order !== 0 || request.fromPageFault || context.report.sysrq !== null)
      return null;
    const part = machine.share(file);
    const dirty = within.get("dirty");
    const unwritten = (dirty?.value ?? 0) + (within.get("writeback")?.value ?? 0);
    if (part.value < bounds.share.value || unwritten * 2 >= file.value) return null;
    const zones = context.fact("zones");
    if (!(zones instanceof Lacking) && zones.roomy.length > 0) return null;
    return {
      title: `${context.text.size(file)} of file cache, ${share(part)} of RAM, were not reclaimed`,
      confidence: "medium",
      severity: "notice",
      evidence: [part, ...(dirty === undefined ? [] : [difference("clean file cache", file, dirty)])],
      advice: [
        ...(hierarchyOf(context) === "v1" || !has("memoryMin", context)
          ? []
          : ["Look for protection: `grep -s . /sys/fs/cgroup/*/memory.min /sys/fs/cgroup/*/memory.low`."]),
        "Look whether reclaim worked: `grep -E 'pgscan|pgsteal|workingset' /proc/vmstat`; try another kernel version.",
      ],
    };
  },
});
