import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["slab-reclaimable-stuck"];

/** Reclaimable slab that did not shrink. */
export const slabReclaimableStuck = rule({
  id: "slab-reclaimable-stuck",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: ["machine", "request"],
  meaning:
    "Caches of inodes and dentries should have shrunk before a kill. They are pinned by open (often deleted) files, or the shrinkers were not allowed to run.",
  evaluate({ machine }, context) {
    const slab = machine.sheet.terms.get("slabReclaimable");
    if (slab === undefined) return null;
    const part = machine.share(slab);
    if (part.value < bounds.share.value) return null;
    const flags = context.report.trigger?.gfpFlags ?? [];
    const noFs = flags.includes("GFP_NOFS") || flags.includes("GFP_NOIO");
    return {
      title: `${context.text.size(slab)} of reclaimable kernel caches, ${share(part)} of RAM, were not reclaimed`,
      confidence: "medium",
      ...(noFs
        ? { meaning: "The request (GFP_NOFS, GFP_NOIO) may not call file systems, so it could not shrink them." }
        : {}),
      evidence: [part],
      advice: [
        "Look at the caches: `slabtop -o -sc | head -20; cat /proc/sys/fs/inode-state /proc/sys/fs/dentry-state`.",
        "Find open deleted files: `lsof +L1 | wc -l`; close them, or update the file system's driver.",
      ],
      pages: slab.value,
    };
  },
});
