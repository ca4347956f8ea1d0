import { isResidueLarge } from "../accounting/kernel-side.js";
import { frameLike } from "../evidence/log-text.js";
import { product } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";
import { cacheLike } from "./slab-unreclaimable-leak.js";

/** The cache of ZFS. */
export const zfsArc = rule({
  id: "zfs-arc",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  unproven: true,
  needs: ["machine"],
  refines: "unaccounted-kernel-pages",
  meaning:
    "ZFS keeps its cache (ARC) outside the page cache: its data is in no counter, its headers in slab. It shrinks on request, but not always in time.",
  evaluate({ machine }, context) {
    const frame = frameLike(context, /^(?:zfs|spl|arc_|zio_|dbuf_|dmu_|abd_)/);
    const cache = cacheLike(context, /^(?:zio_|arc_|abd_|dnode_t|dbuf)/);
    const sign = frame ?? (cache === null ? null : { name: "slab cache", value: cache.name, lines: [cache.line] });
    if (sign === null) return null;
    const slab = machine.sheet.terms.get("slabUnreclaimable");
    const largeSlab =
      slab !== undefined && machine.share(slab).value >= thresholds["slab-unreclaimable-leak"].share.value
        ? slab
        : null;
    const held = isResidueLarge(machine, context.pageSizeBytes) ? machine.sheet.residue : largeSlab;
    if (held === null) return null;
    const part = machine.share(held);
    const cap = product("half of RAM", machine.sheet.total, 0.5);
    return {
      title: `${context.text.size(held)}, ${share(part)} of RAM, are held by the kernel, and ZFS is at work: most likely its cache`,
      confidence: "medium",
      evidence: [part, sign],
      advice: [
        "Look at the cache: `arc_summary -s arc; cat /sys/module/zfs/parameters/zfs_arc_max`.",
        {
          text: `Bound it: zfs_arc_max at most ${context.text.setting(cap)} less what the largest service needs.`,
          by: [cap],
        },
      ],
      pages: held.value,
    };
  },
});
