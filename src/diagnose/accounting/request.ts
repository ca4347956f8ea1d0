import type { MemInfo, OomReport, ZoneInfo } from "../../model/report.js";
import type { Quantity } from "../quantity.js";

/** Bits of `gfp_mask` that choose the zone; the same on all kernels (since v2.6.31 for the last one). */
const GFP_DMA = 0x1n;
const GFP_HIGHMEM = 0x2n;
const GFP_DMA32 = 0x4n;
const GFP_MOVABLE = 0x8n;
/** Where `__GFP_MOVABLE` was from v2.6.24 to v2.6.30; no later kernel prints `cpuset=` and that bit together. */
const GFP_MOVABLE_BEFORE_2_6_31 = 0x100000n;

/** The zones of all architectures, in the order in which a request falls back, from the last. */
export const zoneOrder = ["DMA", "DMA32", "Normal", "HighMem", "Movable", "Device"] as const;

/** What was asked of the page allocator. */
export interface PageRequest {
  /** Free blocks of `2^order` pages were needed; -1 is sysrq. */
  readonly order: number;
  /** Highest zone that the request may use (`gfp_zone`). */
  readonly highestZone: (typeof zoneOrder)[number];
  /** Movable pages may use CMA and the blocks of its type. */
  readonly movable: boolean;
  /** `gfp_mask=0x0`: no page was asked for; the page-fault handler raised the OOM killer (until v5.15). */
  readonly fromPageFault: boolean;
  readonly orderEvidence: Quantity;
  /** The trigger line is missing, and the zones tell that this is what it must have been. */
  readonly implied?: true;
}

/** What the trigger line says was asked for; null where it is missing or cut. */
export function requestOf({ trigger, sysrq }: OomReport): PageRequest | null {
  if (trigger === null || trigger.gfpMask === null || trigger.order === null) return null;
  const mask = BigInt(trigger.gfpMask);
  const oldKernel = trigger.oomScoreAdj === null && trigger.oomAdj !== null;
  const movableBit = oldKernel && (mask & GFP_MOVABLE) === 0n ? GFP_MOVABLE_BEFORE_2_6_31 : GFP_MOVABLE;
  const movable = (mask & movableBit) !== 0n;
  const isSysrq = sysrq !== null || trigger.order === -1;
  return {
    order: trigger.order,
    highestZone: highestZone(mask, movable),
    movable,
    fromPageFault: mask === 0n && trigger.order === 0 && !isSysrq,
    orderEvidence: { name: "order", value: trigger.order, unit: "count", lines: [trigger.line] },
  };
}

/**
 * What a report without trigger line must have been about, where its zones tell: with high memory far above its
 * watermark, a request that may use it does not fail. Null where they do not.
 */
export function impliedRequest(memInfo: MemInfo): PageRequest | null {
  const kb = (zone: ZoneInfo, name: string): number =>
    Number(zone.counters.find((one) => one.name === name)?.value ?? 0);
  const high = memInfo.zones.filter(({ zone }) => zone === "HighMem");
  const roomy = high.some((zone) => kb(zone, "free") > 2 * kb(zone, "high"));
  if (!roomy) return null;
  const orderEvidence: Quantity = { name: "order", value: 0, unit: "count", lines: [] };
  return { order: 0, highestZone: "Normal", movable: false, fromPageFault: false, orderEvidence, implied: true };
}

/** `gfp_zone()`: DMA before DMA32 before HIGHMEM, and Movable only for movable HIGHMEM requests. */
function highestZone(mask: bigint, movable: boolean): PageRequest["highestZone"] {
  if ((mask & GFP_DMA) !== 0n) return "DMA";
  if ((mask & GFP_DMA32) !== 0n) return "DMA32";
  if ((mask & GFP_HIGHMEM) !== 0n) return movable ? "Movable" : "HighMem";
  return "Normal";
}

/** Whether a request for `highest` may use the zone. Zones that no table knows are taken to be usable. */
export function mayUse(zone: string, highest: PageRequest["highestZone"]): boolean {
  const index = (zoneOrder as readonly string[]).indexOf(zone);
  return index <= zoneOrder.indexOf(highest);
}

/** Which zones a request may use: by its gfp_mask, and on the nodes that it was restricted to. */
export interface Eligibility {
  /** Its highest zone on this machine. */
  readonly highest: PageRequest["highestZone"];
  isEligible(zone: ZoneInfo): boolean;
}

/** @param nodes Nodes that the request was restricted to; null when to none that is known. */
export function eligibility(memInfo: MemInfo, request: PageRequest, nodes: readonly number[] | null): Eligibility {
  // A machine without the DMA zone that was asked for serves the request from Normal.
  const isDma = request.highestZone === "DMA" || request.highestZone === "DMA32";
  const hasZone = memInfo.zones.some(({ zone }) => zone === request.highestZone);
  const highest = isDma && !hasZone ? "Normal" : request.highestZone;
  return {
    highest,
    isEligible: ({ node, zone }) => (nodes === null || node === null || nodes.includes(node)) && mayUse(zone, highest),
  };
}
