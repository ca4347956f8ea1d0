import { zoneQuantity } from "../evidence/zones.js";
import { percent, type Quantity, sumOfLines } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["watermark-boost"];

/** Fragmentation has raised the watermarks for a while. */
export const watermarkBoost = rule({
  id: "watermark-boost",
  layer: "configuration",
  group: "context",
  basis: "fact",
  needs: ["zones"],
  meaning:
    "After mixing page types in a block the kernel raises the watermarks until kswapd has freed that much. On small machines the boost is a large part of the marks.",
  evaluate({ zones }, context) {
    const part = (name: "min" | "boost"): Quantity =>
      sumOfLines(
        `${name} of the eligible zones`,
        name,
        zones.eligible.map((zone) => ({ ...zoneQuantity(zone, name), name })),
      );
    const boost = part("boost");
    const boosted = percent("boost part of min", boost, part("min"));
    if (boost.value <= 0 || boosted.value < bounds.boost.value) return null;
    return {
      title: `The watermarks are raised by ${context.text.size(boost)}, ${share(boosted)} of them, after fragmentation`,
      confidence: "high",
      severity: "info",
      evidence: [boosted],
      advice: ["It only brought the kill forward. On a small machine: `sysctl -w vm.watermark_boost_factor=0`."],
    };
  },
});
