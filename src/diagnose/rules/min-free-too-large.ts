import { has } from "../advice/facilities.js";
import type { Context } from "../context.js";
import { zoneQuantity } from "../evidence/zones.js";
import { difference, inPages, percent, product, type Quantity, sumOfLines } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["min-free-too-large"];

/** vm.min_free_kbytes keeps too much memory back. */
export const minFreeTooLarge = rule({
  id: "min-free-too-large",
  layer: "configuration",
  group: "context",
  basis: "inference",
  needs: ["machine", "zones"],
  meaning: "Ordinary requests may not use what lies below the min watermark: vm.min_free_kbytes keeps it back.",
  evaluate({ machine, zones }, context) {
    const mins = zones.eligible.map((zone): Quantity => ({ ...zoneQuantity(zone, "min"), name: "min" }));
    const boosts = zones.eligible.map((zone): Quantity => ({ ...zoneQuantity(zone, "boost"), name: "boost" }));
    const min = sumOfLines("min of the eligible zones", "min", mins);
    const boost = sumOfLines("boost of the eligible zones", "boost", boosts);
    const kept = inPages(boost.value > 0 ? difference("min without boost", min, boost) : min, context.pageSizeBytes);
    const ram = machine.sheet.total;
    const part = percent("min as a share of RAM", kept, ram);
    const ramMib = (ram.value * context.pageSizeBytes) / 1024 / 1024;
    if (part.value < bounds.share.value || ramMib < bounds.smallest.value) return null;
    const sensible = product("3 % of RAM", ram, 0.03);
    return {
      title: `${context.text.size(kept)}, ${share(part)} of RAM, are kept back by the watermarks`,
      confidence: part.value >= bounds.certain.value ? "high" : "medium",
      severity: "notice",
      evidence: [part],
      contradicts: mayBeBoost(context)
        ? ["This kernel raises the marks after fragmentation and does not print by how much: part of it may be that."]
        : [],
      advice: [
        {
          text: `Lower it: \`sysctl -w vm.min_free_kbytes=${Math.round((sensible.value * context.pageSizeBytes) / 1024)}\` (3 % of RAM) or less.`,
          by: [sensible],
        },
      ],
    };
  },
});

/** From v5.0 on the marks may be boosted; it is printed since v5.17 (commit unconfirmed). */
function mayBeBoost(context: Context): boolean {
  const zones = context.report.memInfo?.zones ?? [];
  const isPrinted = zones.some(({ counters }) => counters.some(({ name }) => name === "boost"));
  return !isPrinted && has("watermarkBoostFactor", context);
}
