import type { ZoneWatermarks } from "../../model/accounting.js";
import type { Context } from "../context.js";
import { Lacking, type MachineFacts } from "../facts.js";
import { difference, inPages, type Quantity, sumOfLines } from "../quantity.js";
import { zoneQuantity } from "./zones.js";

/** Free memory outside the nodes that the request was restricted to: the machine's less that of their zones. */
export function freeOnOtherNodes(context: Context, machine: MachineFacts, nodes: readonly number[]): Quantity | null {
  const zones = context.fact("zones");
  if (zones instanceof Lacking) return null;
  const inside = zones.all.filter(({ node }) => node !== null && nodes.includes(node));
  return inside.length === 0 ? null : freeWithout(context, machine, inside, "free of the allowed nodes");
}

/** Free memory that the request was not allowed to use: the machine's less that of the eligible zones. */
export function freeElsewhere(context: Context, machine: MachineFacts): Quantity | null {
  const zones = context.fact("zones");
  if (zones instanceof Lacking) return null;
  return freeWithout(context, machine, zones.eligible, "free of the eligible zones");
}

function freeWithout(
  { pageSizeBytes }: Context,
  machine: MachineFacts,
  zones: readonly ZoneWatermarks[],
  name: string,
): Quantity | null {
  const free = machine.sheet.terms.get("free");
  if (free === undefined || zones.length === 0) return free ?? null;
  const parts = zones.map((zone) => ({ ...zoneQuantity(zone, "free"), name: "free" }));
  return difference("free elsewhere", free, inPages(sumOfLines(name, "free", parts), pageSizeBytes));
}
