import { sum } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["dirty-pages-stuck"];

/** Dirty pages of the machine that could not be written. */
export const dirtyPagesStuck = rule({
  id: "dirty-pages-stuck",
  layer: "reclaim",
  group: "context",
  basis: "inference",
  unproven: true,
  needs: ["machine"],
  meaning: "File pages wait to be written: a slow or hung device or server. Until then they can not be dropped.",
  evaluate({ machine }, context) {
    const dirty = machine.sheet.within.get("dirty");
    const writeback = machine.sheet.within.get("writeback");
    const file = machine.sheet.terms.get("file");
    if (dirty === undefined || writeback === undefined || file === undefined) return null;
    const both = sum("dirty and writeback", dirty, writeback);
    // Writeback may be swap-out: no more of it can be file pages than there are.
    const stuck = both.value <= file.value ? both : file;
    const part = machine.share(stuck);
    if (part.value < bounds.share.value) return null;
    return {
      title: `${context.text.size(stuck)} of file pages, ${share(part)} of RAM, wait to be written`,
      confidence: "medium",
      evidence: [part],
      advice: [
        "Look at the device: `iostat -x 1; grep -E 'Dirty|Writeback' /proc/meminfo; cat /proc/sys/vm/dirty_*`.",
        "Let writeback start earlier: lower vm.dirty_background_bytes and vm.dirty_bytes.",
      ],
    };
  },
});
