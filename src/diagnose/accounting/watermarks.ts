import type { ZoneWatermarks } from "../../model/accounting.js";
import type { MemInfo, ZoneInfo } from "../../model/report.js";
import { toNumber } from "../../model/units.js";
import { thresholds } from "../thresholds.js";
import { blocksFor, usableBlocks } from "./free-blocks.js";
import { eligibility, mayUse, type PageRequest } from "./request.js";

/**
 * The zones against their watermarks, as the allocator tested them last: before it declares OOM it tries once more at
 * the high mark, so that in a true shortage no eligible zone passes it.
 *
 * @param nodes Nodes that the request was restricted to; null when to none that is known.
 */
export function zoneWatermarks(
  memInfo: MemInfo,
  request: PageRequest,
  nodes: readonly number[] | null,
  pageSizeBytes: number,
): ZoneWatermarks[] {
  const { highest, isEligible } = eligibility(memInfo, request, nodes);
  return memInfo.zones.flatMap((zone) => {
    const reservePages = lowmemReserve(zone, highest, memInfo.zones);
    const marks = watermarksOf(zone, request, { eligible: isEligible(zone), reservePages }, pageSizeBytes);
    return marks === null ? [] : [marks];
  });
}

function watermarksOf(
  zone: ZoneInfo,
  request: PageRequest,
  { eligible, reservePages }: { readonly eligible: boolean; readonly reservePages: number | null },
  pageSizeBytes: number,
): ZoneWatermarks | null {
  const kb = (name: string): number | null => {
    const counter = zone.counters.find((one) => one.name === name);
    return counter === undefined ? null : toNumber(counter.value);
  };
  const [freeKb, minKb, lowKb, highKb] = [kb("free"), kb("min"), kb("low"), kb("high")];
  if (freeKb === null || minKb === null || lowKb === null || highKb === null) return null;
  const freeCmaKb = kb("free_cma") ?? 0;
  const highatomicKb = kb("free_highatomic") ?? kb("reserved_highatomic") ?? 0;
  const usableKb = Math.max(0, freeKb - (request.movable ? 0 : freeCmaKb) - highatomicKb);
  const reserveKb = reservePages === null ? null : (reservePages * pageSizeBytes) / 1024;
  const passes = (markKb: number): boolean => usableKb > markKb + (reserveKb ?? 0);
  const passed = passes(highKb) ? "high" : passes(lowKb) ? "low" : passes(minKb) ? "min" : "none";
  return {
    node: zone.node,
    zone: zone.zone,
    eligible,
    freeKb,
    minKb,
    lowKb,
    highKb,
    boostKb: kb("boost") ?? 0,
    reserveKb,
    freeCmaKb,
    highatomicKb,
    usableKb,
    passes: reserveKb === null && passed !== "none" ? null : passed,
    usableBlocks: usableBlocks(blocksFor(zone, request, pageSizeBytes)),
    lines: [zone.line, zone.lowmemReserveLine, zone.buddyLine].filter((line) => line !== null),
  };
}

/**
 * The pages that a zone keeps from requests that may use higher zones as well. The array has one entry for each zone of
 * the kernel, populated or not: 0 up to the zone itself, then a part of what lies between it and the zone of the entry.
 * An empty zone adds nothing, so the entry of the highest populated zone that the request may use is its own. The last
 * entry stands for all that a movable user page may use.
 *
 * @returns Null where the log lacks the line, or what tells the entry.
 */
function lowmemReserve(zone: ZoneInfo, highest: PageRequest["highestZone"], zones: readonly ZoneInfo[]): number | null {
  const reserve = zone.lowmemReservePages?.map(toNumber) ?? null;
  if (reserve === null) return null;
  if (highest === "Movable") return reserve.at(-1) ?? 0;
  const usable = zones.filter((one) => one.node === zone.node && mayUse(one.zone, highest));
  const above = usable.slice(usable.indexOf(zone) + 1);
  if (above.length === 0 || !usable.includes(zone)) return 0;
  // The first entry that the next lower zone keeps is that of the highest one.
  const below = usable.at(-2)?.lowmemReservePages ?? [];
  const entry = below.findIndex((pages) => toNumber(pages) > 0);
  if (entry > 0) return reserve[entry] ?? 0;
  const kept = new Set(reserve.filter((pages) => pages > 0));
  return kept.size > 1 ? null : ([...kept][0] ?? 0);
}

/**
 * Whether a zone could have served an order-0 request: usable memory well above the mark that the kernel tries last. In
 * a true shortage no eligible zone can.
 */
export function isRoomy({ usableKb, highKb, reserveKb }: ZoneWatermarks): boolean {
  return reserveKb !== null && usableKb - highKb - reserveKb > thresholds.zones.margin.value * 1024;
}
