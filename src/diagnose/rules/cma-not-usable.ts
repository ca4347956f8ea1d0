import type { ZoneWatermarks } from "../../model/accounting.js";
import { zoneName, zoneQuantity } from "../evidence/zones.js";
import { Lacking } from "../facts.js";
import { inPages, percent } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["cma-not-usable"];

/** What is free belongs to CMA, which only movable pages may use. */
export const cmaNotUsable = rule({
  id: "cma-not-usable",
  layer: "limit",
  group: "elsewhere",
  basis: "inference",
  needs: ["zones"],
  meaning:
    "Part of the free memory is kept for contiguous device buffers (CMA) and open only to pages that can be moved away. This request needed pages that stay.",
  evaluate({ zones }, context) {
    const { request, eligible, roomy } = zones;
    if (request.movable || request.fromPageFault || request.order < 0) return null;
    if (roomy.length > 0) return null;
    const zone = eligible.find(isCmaTheDifference);
    if (zone === undefined) return null;
    const cma = zoneQuantity(zone, "free_cma");
    const free = zoneQuantity(zone, "free");
    const part = percent("CMA part of free", cma, free);
    if (part.value < bounds.free.value) return null;
    const machine = context.fact("machine");
    const ofRam = machine instanceof Lacking ? null : machine.share(inPages(cma, context.pageSizeBytes));
    if (ofRam !== null && ofRam.value < bounds.share.value) return null;
    return {
      title: `${context.text.size(cma)} of the ${context.text.size(free)} free in ${zoneName(zone)} are CMA, which this request may not use`,
      confidence: "high",
      evidence: [part, ...(ofRam === null ? [] : [ofRam]), zoneQuantity(zone, "min")],
      advice: [
        `Make the area smaller: \`cma=\` on the kernel command line or in the device tree; ${share(part)} of what is free here lies idle in it.`,
        "Look at it: `grep Cma /proc/meminfo; dmesg | grep -i cma`.",
      ],
    };
  },
});

/** Free memory passes the high mark, which the kernel tries last, but not without CMA. */
function isCmaTheDifference(zone: ZoneWatermarks): boolean {
  const mark = zone.highKb + (zone.reserveKb ?? 0);
  return zone.freeKb - zone.highatomicKb > mark && zone.usableKb <= mark;
}
