import type { ZoneWatermarks } from "../../model/accounting.js";
import { usableBlocks } from "../accounting/watermarks.js";
import { lookAtZones } from "../advice/commands.js";
import type { Context } from "../context.js";
import { zoneName, zoneQuantity } from "../evidence/zones.js";
import { Lacking } from "../facts.js";
import { powerOfTwo, type Quantity } from "../quantity.js";
import { rule } from "../rule.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["fragmentation-high-order"];

/** Enough memory, but not in one piece. */
export const fragmentationHighOrder = rule({
  id: "fragmentation-high-order",
  layer: "limit",
  group: "elsewhere",
  basis: "inference",
  needs: ["request"],
  meaning:
    "The request needed several adjacent pages. There was enough free memory, but not in one piece that it may use.",
  evaluate({ request }, context) {
    if (request.order < bounds.order.value || context.report.sysrq !== null) return null;
    const place = findPlace(context);
    if (place === null) return null;
    const wanted = powerOfTwo("pages wanted", request.orderEvidence, "pages");
    const defect = /^4\.[4-7]\./.test(context.report.kernel.release ?? "");
    return {
      title: `No free block of order ${request.order} (${context.text.size(wanted)}) that the request may use${place.where}`,
      confidence: place.certain ? (request.order >= bounds.certain.value ? "high" : "medium") : "low",
      ...(defect
        ? {
            meaning: "Kernels 4.4 to 4.7 killed for such requests with much memory free: a known defect of compaction.",
          }
        : {}),
      evidence: [request.orderEvidence, wanted, ...place.evidence],
      advice: [
        "Name the allocator by the trace; a newer driver may ask for single pages (kvmalloc).",
        "Relieve it: `echo 1 > /proc/sys/vm/compact_memory`, a somewhat higher vm.min_free_kbytes, a newer kernel.",
        lookAtZones,
      ],
    };
  },
});

/** Where the missing piece shows: in zones that pass the order-0 test, in buddy lists alone, or only by the order. */
function findPlace(
  context: Context,
): { readonly where: string; readonly evidence: readonly Quantity[]; readonly certain: boolean } | null {
  const zones = context.fact("zones");
  if (!(zones instanceof Lacking)) {
    const withoutBlock = zones.roomy.filter(({ usableBlocks: blocks }) => blocks === 0);
    const served = zones.roomy.some(({ usableBlocks: blocks }) => blocks !== null && blocks > 0);
    if (withoutBlock.length === 0 || served) return null;
    const evidence = withoutBlock.flatMap((zone: ZoneWatermarks) => [
      zoneQuantity(zone, "free"),
      zoneQuantity(zone, "high"),
    ]);
    return { where: ` in ${withoutBlock.map(zoneName).join(", ")}`, evidence, certain: true };
  }
  const request = context.fact("request");
  const { memInfo, trigger } = context.report;
  if (request instanceof Lacking || trigger === null) return null;
  const lists = (memInfo?.zones ?? []).filter(({ buddy }) => buddy !== null);
  if (lists.length > 0) {
    const blocks = lists.map((zone) => usableBlocks(zone, request, context.pageSizeBytes) ?? 0);
    if (blocks.some((free) => free > 0)) return null;
    const line = lists.map(({ buddyLine }) => buddyLine).filter((one) => one !== null);
    return {
      where: " in the free lists",
      evidence: [{ name: "free blocks that it may use", value: 0, unit: "count", lines: line }],
      certain: true,
    };
  }
  // Only the head of the report: the order is all that there is.
  return memInfo === null && context.report.memcg === null && request.order >= 3
    ? { where: "", evidence: [], certain: false }
    : null;
}
