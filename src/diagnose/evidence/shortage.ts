import type { Context } from "../context.js";
import { Lacking } from "../facts.js";
import { thresholds } from "../thresholds.js";
import { freeElsewhere } from "./free-elsewhere.js";

/**
 * Whether the machine as a whole was full: no zone could have served the request, and little was free where it may not
 * go. Only then does a smaller process, or swap, help for certain. True where the log does not tell.
 */
export function isMachineFull(context: Context): boolean {
  const { constraint, sysrq } = context.report;
  if (sysrq !== null || constraint === "CONSTRAINT_CPUSET" || constraint === "CONSTRAINT_MEMORY_POLICY") return false;
  const zones = context.fact("zones");
  if (!(zones instanceof Lacking) && zones.roomy.length > 0) return false;
  const machine = context.fact("machine");
  const free = machine instanceof Lacking ? null : freeElsewhere(context, machine);
  return machine instanceof Lacking || free === null || machine.share(free).value < thresholds.ranking.elsewhere.value;
}
