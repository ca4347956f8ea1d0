import { lookAtCgroup } from "../advice/commands.js";
import { hierarchyOf } from "../advice/hierarchy.js";
import { difference, percent, product, type Quantity, sum } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["memcg-dirty-writeback"];

/** Dirty file pages fill a memory cgroup. */
export const memcgDirtyWriteback = rule({
  id: "memcg-dirty-writeback",
  layer: "reclaim",
  group: "memcg-cause",
  basis: "inference",
  needs: ["memcg"],
  meaning: "Files are written faster than the device or server takes them, and dirty pages can not be dropped.",
  evaluate({ memcg }, context) {
    const file = memcg.terms.get("file");
    const shmem = memcg.within.get("shmem");
    const [first, ...rest] = [memcg.within.get("dirty"), memcg.within.get("writeback")].filter(
      (one) => one !== undefined,
    );
    if (file === undefined || first === undefined || memcg.hit.unlimited) return null;
    const unwritten = sum("dirty and writeback", first, ...rest);
    const cache = shmem === undefined ? file : difference("file cache", file, shmem);
    // Writeback alone may be swap-out: no more of it can be file pages than there are.
    const stuck: Quantity = unwritten.value <= cache.value ? unwritten : cache;
    const part = percent("unwritten part of the limit", stuck, memcg.limit);
    const filePart = percent("file part of the limit", file, memcg.limit);
    if (part.value < bounds.share.value || filePart.value < bounds.file.value) return null;
    const throttled = hierarchyOf(context) === "v2";
    const throttle = product("0.8 × limit", memcg.limit, 0.8);
    const dirty = product("a tenth of the limit", memcg.limit, 0.1);
    return {
      title: `${context.text.size(stuck)} of file pages that are not written yet fill ${share(part)} of the cgroup's limit`,
      confidence: part.value >= bounds.certain.value ? "high" : "medium",
      evidence: [part, filePart],
      advice: [
        {
          // The first hierarchy has no memory.high.
          text: !throttled
            ? "Have the writer call fsync and posix_fadvise(DONTNEED) as it goes."
            : `Slow the writer down before the limit: memory.high = ${context.text.setting(throttle)}; or fsync and posix_fadvise(DONTNEED) in the writer.`,
          by: throttled ? [throttle] : [],
        },
        {
          text: `Start writeback earlier: \`sysctl -w vm.dirty_bytes=${Math.round(dirty.value * context.pageSizeBytes)}\`.`,
          by: [dirty],
        },
        "See the target: `grep . /proc/PID/mountinfo`, and for NFS `nfsiostat`.",
        lookAtCgroup(memcg.path, context),
      ],
      pages: stuck.value,
    };
  },
});
