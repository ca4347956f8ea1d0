import { marksOf } from "../evidence/zones.js";
import { rule } from "../rule.js";

/** A request that only a DMA zone can serve. */
export const dmaZoneExhausted = rule({
  id: "dma-zone-exhausted",
  layer: "limit",
  group: "elsewhere",
  basis: "inference",
  unproven: true,
  needs: ["zones"],
  meaning:
    "A device that can address only the first 16 MiB or 4 GiB needs memory there, and that zone is full. The kernel does not kill for the 16 MiB zone: such a request then fails (page allocation failure).",
  evaluate({ zones }) {
    const { request, eligible, all, roomy } = zones;
    if (request.highestZone !== "DMA" && request.highestZone !== "DMA32") return null;
    const largerExists = all.some(({ eligible: may, passes }) => !may && passes === "high");
    if (eligible.length === 0 || roomy.length > 0 || !largerExists) return null;
    return {
      title: `The request could use zone ${request.highestZone} only, which is full, while other zones have room`,
      confidence: "high",
      evidence: marksOf(eligible),
      advice: [
        "Name the driver by the trace; update it, or let an IOMMU map its memory.",
        "Look at the zone: `grep -A8 'zone *DMA' /proc/zoneinfo`.",
      ],
    };
  },
});
