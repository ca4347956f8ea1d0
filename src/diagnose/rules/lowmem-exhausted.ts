import type { Confidence } from "../../model/finding.js";
import { lookAtZones } from "../advice/commands.js";
import { has } from "../advice/facilities.js";
import type { Context } from "../context.js";
import { eligibleMemory, hasHighMemory, isMostlyReserved } from "../evidence/eligible-zones.js";
import { freeElsewhere } from "../evidence/free-elsewhere.js";
import { marksOf, zoneName } from "../evidence/zones.js";
import type { MachineFacts } from "../facts.js";
import type { Quantity } from "../quantity.js";
import { rule } from "../rule.js";
import { lower } from "../temper.js";
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
    "A 32-bit kernel addresses only the lowest 900 MiB or so directly. This request had to be served there, and high memory is of no use to it.",
  evaluate({ machine, zones }, context) {
    const { request, eligible, all, roomy } = zones;
    const mayUseHigh = request.highestZone === "HighMem" || request.highestZone === "Movable";
    if (mayUseHigh || request.fromPageFault || request.order < 0 || !hasHighMemory(context.report.memInfo)) return null;
    if (eligible.length === 0 || roomy.length > 0) return null;
    const outside = freeElsewhere(context, machine);
    const highZone = all.find(({ zone }) => zone === "HighMem");
    const part = outside === null ? null : machine.share(outside);
    const aboveHigh = highZone !== undefined && highZone.freeKb > highZone.highKb;
    if (part === null || outside === null || (part.value < bounds.highmem.value && !aboveHigh)) return null;
    const story = storyOf(machine, context);
    return {
      title: `Low memory (${eligible.map(zoneName).join(", ")}) is ${story.full}, while ${context.text.size(outside)}, ${share(part)} of RAM, of high memory are free`,
      meaning: story.meaning,
      confidence: request.implied === true ? lower(story.confidence) : story.confidence,
      evidence: [part, ...story.evidence, ...marksOf(eligible)],
      advice: [...story.advice, lookAtZones],
    };
  },
});

/** What fills low memory, and so what helps. */
interface Story {
  readonly full: string;
  readonly meaning: string;
  readonly confidence: Confidence;
  readonly evidence: readonly Quantity[];
  readonly advice: readonly string[];
}

function storyOf(machine: MachineFacts, context: Context): Story {
  const held = eligibleMemory(context);
  const { text } = context;
  if (held !== null && held.fileShare.value >= thresholds["file-cache-not-reclaimed"].share.value) {
    return {
      full: `full of cache that was not reclaimed: ${text.size(held.file)} of ${text.size(held.managed)} are file cache`,
      meaning:
        "Cache is dropped before anything is killed, so the fault is in reclaim, not in how small low memory is.",
      confidence: "medium",
      evidence: [held.fileShare],
      advice: [
        "Look why the cache was left: reclaim, protection (memory.min, memory.low); try another kernel version.",
      ],
    };
  }
  const users = ["slabUnreclaimable", "slabReclaimable", "kernelStacks", "pageTables"].flatMap(
    (term) => machine.sheet.terms.get(term) ?? [],
  );
  if (held?.present != null && held.managedShare !== null && isMostlyReserved(held)) {
    return {
      full: `used up: of ${text.size(held.present)} only ${text.size(held.managed)} are left to the kernel`,
      meaning: "The rest of low memory was reserved at boot: that is why it is small.",
      confidence: "high",
      evidence: [held.managedShare, ...users],
      advice: ["Find what reserves it (reserved-memory-large says where to look): that is what to change."],
    };
  }
  return {
    full: "used up",
    meaning: "The kernel keeps its own data there. More RAM makes it worse, because its bookkeeping lies there too.",
    confidence: "high",
    evidence: users,
    advice: [
      "Use a 64-bit kernel: it has no low memory.",
      `Until then: fewer threads and open files,${has("cma", context) ? " a smaller CMA area (`cma=`)," : ""} no raised vm.min_free_kbytes.`,
    ],
  };
}
