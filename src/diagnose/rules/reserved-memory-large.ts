import { totalPages } from "../accounting/scope.js";
import { eligibleMemory, hasHighMemory, isMostlyReserved } from "../evidence/eligible-zones.js";
import { percent } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["reserved-memory-large"];

/** Memory that was taken before the kernel could manage it. */
export const reservedMemoryLarge = rule({
  id: "reserved-memory-large",
  layer: "configuration",
  group: "context",
  basis: "inference",
  needs: ["machine"],
  meaning:
    "That much was reserved at boot: crashkernel=, mem= or memmap=, a carve-out of firmware or graphics, KASAN's shadow (an eighth), page_ext of debug options.",
  evaluate({ machine }, context) {
    const { memInfo } = context.report;
    const ram = memInfo === null ? null : totalPages(memInfo, "pages RAM", context.pageSizeBytes);
    const reserved = memInfo === null ? null : totalPages(memInfo, "pages reserved", context.pageSizeBytes);
    if (ram === null || reserved === null || !machine.sheet.consistent) return null;
    const lowMemory = hasHighMemory(memInfo) ? eligibleMemory(context) : null;
    const part = percent("reserved part of RAM", reserved, ram);
    const mebibytes = (reserved.value * context.pageSizeBytes) / 1024 / 1024;
    if (part.value < bounds.share.value || mebibytes < bounds.size.value) return null;
    return {
      title: `${context.text.size(reserved)}, ${share(part)} of the machine's memory, are reserved since boot`,
      confidence: "medium",
      severity: "notice",
      // Where it is low memory that is missing, it is half of the answer.
      ...(lowMemory !== null && isMostlyReserved(lowMemory) ? { group: "elsewhere" as const } : {}),
      evidence: [part],
      advice: [
        "See by whom: `grep -iE 'crash|reserved|carve' /proc/iomem; cat /proc/cmdline; dmesg | grep -iE 'reserv|memory:'`.",
      ],
    };
  },
});
