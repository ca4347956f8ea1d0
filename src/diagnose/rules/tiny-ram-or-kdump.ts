import { frameLike, lineLike } from "../evidence/log-text.js";
import { Lacking } from "../facts.js";
import type { Quantity } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["tiny-ram-or-kdump"];

/** The machine (or the capture kernel) is too small to boot. */
export const tinyRamOrKdump = rule({
  id: "tiny-ram-or-kdump",
  layer: "configuration",
  group: "elsewhere",
  basis: "inference",
  needs: [],
  meaning: "The initramfs does not fit into memory, or the memory kept for the capture kernel is too small to boot it.",
  evaluate(_facts, context) {
    const machine = context.fact("machine");
    const ram = machine instanceof Lacking ? null : machine.sheet.total;
    const ramMib = ram === null ? null : (ram.value * context.pageSizeBytes) / 1024 / 1024;
    const frame = frameLike(context, /^(?:do_)?(?:populate_rootfs|unpack_to_rootfs|do_copy|flush_buffer|xwrite)/);
    const kdump = lineLike(context, "capture kernel", /elfcorehdr=|\bkdump\b/);
    const unevictable = machine instanceof Lacking ? undefined : machine.sheet.terms.get("unevictable");
    const unevictablePart = machine instanceof Lacking || unevictable === undefined ? null : machine.share(unevictable);
    const size: readonly Quantity[] = ram === null ? [] : [ram];
    const has = ram === null ? "" : ` of ${context.text.size(ram)}`;
    const advice = [
      "Make the initramfs smaller (its unpacked size counts), or give the machine more memory.",
      "For a capture kernel: `crashkernel=` twice as large.",
    ];
    if (frame !== null) {
      return {
        title: `The initramfs did not fit into the machine's memory${has}`,
        confidence: "high",
        evidence: [frame, ...size],
        advice,
      };
    }
    if (ramMib !== null && ramMib < bounds.tiny.value) {
      return {
        title: `The machine has${has} memory only`.replace("has of", "has"),
        confidence: "medium",
        evidence: size,
        advice,
      };
    }
    const full = unevictablePart !== null && unevictablePart.value >= bounds.unevictable.value;
    if (ramMib !== null && ramMib < bounds.small.value && full && unevictablePart !== null) {
      return {
        title: `An unpacked initramfs seems to fill ${share(unevictablePart)}${has}`,
        confidence: "medium",
        evidence: [unevictablePart],
        advice,
      };
    }
    if (kdump === null || ramMib === null || ramMib >= bounds.kdump.value) return null;
    return {
      title: `The capture kernel has too little memory${has === "" ? "" : `:${has.slice(3)}`}`,
      confidence: "medium",
      evidence: [kdump, ...size],
      advice,
    };
  },
});
