import type { FreeBlockSize, ZoneFreeBlocks } from "../../model/accounting.js";
import type { BuddyEntry, ZoneInfo } from "../../model/report.js";
import { toNumber } from "../../model/units.js";
import { inferConstraint } from "../../replay/reconstruct-constraint.js";
import type { Context } from "../context.js";
import { Lacking } from "../facts.js";
import { eligibility, type PageRequest } from "./request.js";

/** The buddy lists against a request of several pages; empty for single pages, and where the report has no lists. */
export function freeBlocksOf(context: Context): ZoneFreeBlocks[] {
  const request = context.fact("request");
  const { report, traits, pageSizeBytes } = context;
  if (request instanceof Lacking || request.order < 1 || report.memInfo === null) return [];
  const nodes = traits === null ? null : inferConstraint(report, traits, pageSizeBytes).nodes;
  const { isEligible } = eligibility(report.memInfo, request, nodes);
  return report.memInfo.zones.flatMap((zone) => {
    const sizes = blocksFor(zone, request, pageSizeBytes);
    if (sizes === null || zone.buddyLine === null) return [];
    return [{ node: zone.node, zone: zone.zone, eligible: isEligible(zone), sizes, lines: [zone.buddyLine] }];
  });
}

/** Free blocks of a zone of the request's order or larger; null without a buddy list. */
export function blocksFor({ buddy }: ZoneInfo, request: PageRequest, pageSizeBytes: number): FreeBlockSize[] | null {
  if (buddy === null) return null;
  const smallestKb = (pageSizeBytes / 1024) * 2 ** Math.max(0, request.order);
  return buddy
    .filter(({ blockKb, blocks }) => blockKb >= smallestKb && toNumber(blocks) > 0)
    .map((entry) => ({
      blockKb: entry.blockKb,
      blocks: toNumber(entry.blocks),
      types: entry.types,
      usable: usableOf(entry, request),
    }));
}

/** Blocks that the request may take, at most: how many of a size are on which of its lists is not printed. */
export function usableBlocks(sizes: readonly FreeBlockSize[] | null): number | null {
  if (sizes === null) return null;
  return sizes.reduce((sum, { blocks, usable }) => (usable === "none" ? sum : sum + blocks), 0);
}

/**
 * Not those of CMA (unless movable), nor those kept for atomic requests or isolated. A kernel that prints no types
 * (before v3.8) does not tell.
 */
function usableOf({ types }: BuddyEntry, { movable }: PageRequest): FreeBlockSize["usable"] {
  if (types === "") return null;
  const usable = [...types].filter((type) => "UEMR".includes(type) || (type === "C" && movable)).length;
  return usable === 0 ? "none" : usable === types.length ? "all" : "some";
}
