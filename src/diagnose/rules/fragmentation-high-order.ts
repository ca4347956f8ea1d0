import type { ZoneFreeBlocks, ZoneWatermarks } from "../../model/accounting.js";
import { freeBlocksOf, usableBlocks } from "../accounting/free-blocks.js";
import { lookAtZones } from "../advice/commands.js";
import type { Context } from "../context.js";
import { allocatorOf } from "../evidence/allocator.js";
import { zoneName, zoneQuantity } from "../evidence/zones.js";
import { Lacking } from "../facts.js";
import { powerOfTwo, type Quantity } from "../quantity.js";
import { rule } from "../rule.js";
import { count } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["fragmentation-high-order"];

/** Enough memory, but not in one piece. */
export const fragmentationHighOrder = rule({
  id: "fragmentation-high-order",
  layer: "limit",
  group: "elsewhere",
  basis: "inference",
  needs: ["request"],
  meaning: "The request needed several adjacent pages.",
  evaluate({ request }, context) {
    if (request.order < bounds.order.value || context.report.sysrq !== null) return null;
    const place = findPlace(context);
    if (place === null) return null;
    const wanted = powerOfTwo("pages wanted", request.orderEvidence, "pages");
    const allocator = allocatorOf(context);
    const lists = place.shownBy === "order" ? null : listsOf(context, place.zones);
    const defect = /^4\.[4-7]\./.test(context.report.kernel.release ?? "");
    const size = context.text.size(wanted);
    return {
      title:
        place.shownBy === "order"
          ? `The request was for order ${request.order} (${size} in one piece): it may have failed for want of such a block`
          : `No free block of order ${request.order} (${size}) that the request may use${place.where}`,
      confidence: confidenceOf(place, request.order),
      meaning: [
        meanings[place.shownBy],
        lists === null ? "" : `Of order ${request.order} and up ${lists.text}.`,
        defect
          ? "Kernels 4.4 to 4.7 killed for such requests with much memory free: a known defect of compaction."
          : "",
      ]
        .filter((part) => part !== "")
        .join(" "),
      evidence: [
        ...(allocator === null ? [] : [allocator]),
        request.orderEvidence,
        wanted,
        ...place.evidence,
        ...(lists?.evidence ?? []),
      ],
      advice: [
        allocator === null
          ? "Name the allocator by the trace; a newer driver may ask for single pages (kvmalloc)."
          : `${allocator.value} asked for it; newer code there may ask for single pages (kvmalloc).`,
        "Relieve it: `echo 1 > /proc/sys/vm/compact_memory`, a somewhat higher vm.min_free_kbytes, a newer kernel.",
        lookAtZones,
      ],
    };
  },
});

/** What each log can prove. */
const meanings: Readonly<Record<Place["shownBy"], string>> = {
  watermarks: "There was enough free memory, but not in one piece that it may use.",
  "free lists":
    "The free lists have no such piece that it may use. Whether there was enough memory otherwise is not told: the log lacks the zones.",
  order: "The log shows neither zones nor free lists: that one was missing is not proved.",
};

function confidenceOf({ shownBy }: Place, order: number): "high" | "medium" | "low" {
  if (shownBy === "order") return "low";
  return shownBy === "watermarks" && order >= bounds.certain.value ? "high" : "medium";
}

interface Place {
  readonly where: string;
  readonly evidence: readonly Quantity[];
  readonly shownBy: "watermarks" | "free lists" | "order";
  /** Zones in which it is missing. */
  readonly zones: readonly { readonly node: number | null; readonly zone: string }[];
}

/** Where the missing piece shows: in zones that pass the order-0 test, in buddy lists alone, or only by the order. */
function findPlace(context: Context): Place | null {
  const zones = context.fact("zones");
  if (!(zones instanceof Lacking)) {
    const withoutBlock = zones.roomy.filter(({ usableBlocks: blocks }) => blocks === 0);
    const served = zones.roomy.some(({ usableBlocks: blocks }) => blocks !== null && blocks > 0);
    if (withoutBlock.length === 0 || served) return null;
    const evidence = withoutBlock.flatMap((zone: ZoneWatermarks) => [
      zoneQuantity(zone, "free"),
      zoneQuantity(zone, "high"),
    ]);
    return {
      where: ` in ${withoutBlock.map(zoneName).join(", ")}`,
      evidence,
      shownBy: "watermarks",
      zones: withoutBlock,
    };
  }
  const { memInfo, memcg, trigger } = context.report;
  if (trigger === null) return null;
  const lists = freeBlocksOf(context).filter(({ eligible }) => eligible);
  if (lists.length > 0) {
    const served = lists.some(({ sizes }) => usableBlocks(sizes) !== 0);
    return served ? null : { where: " in the free lists", evidence: [], shownBy: "free lists", zones: lists };
  }
  // Only the head of the report: the order is all that there is.
  return memInfo === null && memcg === null && (trigger.order ?? 0) >= 3
    ? { where: "", evidence: [], shownBy: "order", zones: [] }
    : null;
}

/** What the free lists of the zones have of the order or above: none of it is for this request. */
function listsOf(context: Context, zones: Place["zones"]): { readonly text: string; readonly evidence: Quantity[] } {
  const lists = freeBlocksOf(context).filter((one) => zones.some(({ node, zone }) => isSame(one, { node, zone })));
  return {
    text: lists.map((one) => `${zoneName(one)} has ${kindsOf(one, context) || "none"}`).join("; "),
    evidence: lists.flatMap(({ sizes, lines, ...zone }): Quantity[] =>
      sizes.length === 0
        ? [{ name: `free blocks of ${zoneName(zone)}`, value: 0, unit: "count", lines }]
        : sizes.map(({ blocks, blockKb, types }) => ({
            name: `${blockKb} kB blocks on ${types} of ${zoneName(zone)}`,
            value: blocks,
            unit: "count",
            lines,
          })),
    ),
  };
}

/** `1 of 32 KiB, kept for atomic requests (H)` */
function kindsOf({ sizes }: ZoneFreeBlocks, { text, pageSizeBytes }: Context): string {
  return sizes
    .map(({ blocks, blockKb, types }) => {
      const why = [...types].map((letter) => reasons[letter] ?? letter).join(" or ");
      return `${count(blocks, "block")} of ${text.size((blockKb * 1024) / pageSizeBytes)}, ${why} (${types})`;
    })
    .join(", ");
}

/** Why blocks of a list are not for everybody. */
const reasons: Readonly<Record<string, string>> = {
  H: "kept for atomic requests",
  C: "open to movable pages only (CMA)",
  I: "isolated",
};

function isSame(a: Place["zones"][number], b: Place["zones"][number]): boolean {
  return a.node === b.node && a.zone === b.zone;
}
