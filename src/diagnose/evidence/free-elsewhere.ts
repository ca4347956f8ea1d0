import type { Context } from "../context.js";
import { Lacking, type MachineFacts } from "../facts.js";
import { difference, inPages, type Quantity, sumOfLines } from "../quantity.js";
import { zoneQuantity } from "./zones.js";

/** Free memory that the request was not allowed to use: the machine's less that of the eligible zones. */
export function freeElsewhere(context: Context, machine: MachineFacts): Quantity | null {
  const zones = context.fact("zones");
  const free = machine.sheet.terms.get("free");
  if (zones instanceof Lacking || free === undefined) return null;
  const eligible = zones.eligible.map((zone) => ({ ...zoneQuantity(zone, "free"), name: "free" }));
  if (eligible.length === 0) return free;
  const inside = inPages(sumOfLines("free of the eligible zones", "free", eligible), context.pageSizeBytes);
  return difference("free elsewhere", free, inside);
}
