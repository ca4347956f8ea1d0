import type { Context } from "../context.js";
import { Lacking } from "../facts.js";
import { difference, percent, type Quantity } from "../quantity.js";

/**
 * Share of the memory that is anonymous or shmem of processes: what consumer rules need to blame processes at all. Null
 * where the report does not tell.
 */
export function anonymousShare(context: Context): Quantity | null {
  const memcg = context.fact("memcg");
  if (!(memcg instanceof Lacking)) {
    const anon = memcg.terms.get("anon");
    return anon === undefined ? null : percent("anon of usage", anon, memcg.usage);
  }
  const machine = context.fact("machine");
  if (machine instanceof Lacking) return null;
  const anonymous = machine.sheet.terms.get("anonymous");
  if (anonymous === undefined) return null;
  const unmapped = machine.unmappedShmem;
  const ofProcesses =
    unmapped === null || unmapped.value <= 0 ? anonymous : difference("anonymous of processes", anonymous, unmapped);
  return percent(`share of ${ofProcesses.name}`, ofProcesses, machine.sheet.total);
}
