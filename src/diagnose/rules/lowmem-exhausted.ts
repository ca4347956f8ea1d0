import { lookAtZones } from "../advice/commands.js";
import { has } from "../advice/facilities.js";
import { freeElsewhere } from "../evidence/free-elsewhere.js";
import { marksOf, zoneName } from "../evidence/zones.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["lowmem-exhausted"];

/** The memory that a 32-bit kernel can address directly is used up. */
export const lowmemExhausted = rule({
  id: "lowmem-exhausted",
  layer: "limit",
  group: "elsewhere",
  basis: "inference",
  needs: ["machine", "zones"],
  meaning:
    "A 32-bit kernel keeps its own data in the lowest 900 MiB or so. That part is full while high memory is free: more RAM makes it worse, because its bookkeeping lies there too.",
  evaluate({ machine, zones }, context) {
    const { request, eligible, all, roomy } = zones;
    const mayUseHigh = request.highestZone === "HighMem" || request.highestZone === "Movable";
    if (mayUseHigh || request.fromPageFault || request.order < 0 || !hasHighMemory(context.report.memInfo, all))
      return null;
    if (eligible.length === 0 || roomy.length > 0) return null;
    const outside = freeElsewhere(context, machine);
    const highZone = all.find(({ zone }) => zone === "HighMem");
    const part = outside === null ? null : machine.share(outside);
    const aboveHigh = highZone !== undefined && highZone.freeKb > highZone.highKb;
    if (part === null || outside === null || (part.value < bounds.highmem.value && !aboveHigh)) return null;
    const users = ["slabUnreclaimable", "slabReclaimable", "kernelStacks", "pageTables"].flatMap(
      (term) => machine.sheet.terms.get(term) ?? [],
    );
    return {
      title: `Low memory (${eligible.map(zoneName).join(", ")}) is used up, while ${context.text.size(outside)}, ${share(part)} of RAM, of high memory are free`,
      confidence: request.implied === true ? "medium" : "high",
      evidence: [part, ...marksOf(eligible), ...users],
      advice: [
        "Use a 64-bit kernel: it has no low memory.",
        `Until then: fewer threads and open files,${has("cma", context) ? " a smaller CMA area (`cma=`)," : ""} no raised vm.min_free_kbytes.`,
        lookAtZones,
      ],
    };
  },
});

/** Zones above the request's are not printed since v6.1: the total of high memory tells that there are some. */
function hasHighMemory(
  memInfo: { readonly totals: readonly { readonly name: string; readonly value: number | bigint }[] } | null,
  zones: readonly { readonly zone: string }[],
): boolean {
  if (zones.some(({ zone }) => zone === "HighMem")) return true;
  const is64Bit = zones.some(({ zone }) => zone === "DMA32");
  const total = memInfo?.totals.find(({ name }) => name === "pages HighMem/MovableOnly" || name === "pages HighMem");
  return !is64Bit && total !== undefined && Number(total.value) > 0;
}
