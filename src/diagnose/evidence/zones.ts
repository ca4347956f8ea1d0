import type { ZoneWatermarks } from "../../model/accounting.js";
import type { Quantity } from "../quantity.js";

type ZoneNumber = "free" | "min" | "high" | "boost" | "free_cma";

const fields = {
  free: "freeKb",
  min: "minKb",
  high: "highKb",
  boost: "boostKb",
  free_cma: "freeCmaKb",
} as const satisfies Record<ZoneNumber, keyof ZoneWatermarks>;

/** `Node 0 DMA32`, or `DMA32` on kernels without NUMA. */
export function zoneName({ node, zone }: Pick<ZoneWatermarks, "node" | "zone">): string {
  return node === null ? zone : `Node ${node} ${zone}`;
}

/** A number of a zone line as evidence. */
export function zoneQuantity(zone: ZoneWatermarks, number: ZoneNumber): Quantity {
  return {
    name: `${number} of ${zoneName(zone)}`,
    value: zone[fields[number]],
    unit: "kB",
    lines: zone.lines.slice(0, 1),
  };
}

/** Free memory and marks of zones, as evidence. */
export function marksOf(zones: readonly ZoneWatermarks[]): Quantity[] {
  return zones.flatMap((zone) => [zoneQuantity(zone, "free"), zoneQuantity(zone, "min")]);
}
