import { isResidueLarge } from "../accounting/kernel-side.js";
import { lookAtCounters, nameTheCode } from "../advice/commands.js";
import { has } from "../advice/facilities.js";
import type { Context } from "../context.js";
import { balloonDriver, hypervisorOf } from "../evidence/log-text.js";
import { Lacking } from "../facts.js";
import { amount, type Quantity } from "../quantity.js";
import { rule, type TextEvidence } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["unaccounted-kernel-pages"];

/** Memory that no counter shows. */
export const unaccountedKernelPages = rule({
  id: "unaccounted-kernel-pages",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: ["machine"],
  meaning:
    "Kernel code took pages directly from the allocator: a driver, a network stack, vmalloc. No counter of the report names it, and only that code can return them.",
  evaluate({ machine }, context) {
    if (!isResidueLarge(machine, context.pageSizeBytes)) return null;
    const { residue, terms } = machine.sheet;
    const part = machine.share(residue);
    const hints = [...modulesOf(context), ...profiledAllocations(context)];
    const others = [
      ...(terms.has("kernelStacks") ? [] : ["Kernel stacks are not in this log and lie in it."]),
      ...((balloonDriver(context) ?? hypervisorOf(context))
        ? ["The machine is a guest: a balloon of the host looks the same (balloon)."]
        : []),
      ...(isPoolLikely(residue, context)
        ? ["Swap is full: a pool of compressed swap in RAM looks the same (compressed-swap-pool)."]
        : []),
    ];
    return {
      ...(context.report.hardware === null && others.length === 0
        ? { meaning: "In a guest a balloon of the host looks the same; the log does not name the hardware." }
        : {}),
      title: `${context.text.size(residue)}, ${share(part)} of RAM, are in no counter: pages that kernel code took directly`,
      confidence: part.value > bounds.certain.value ? "high" : "medium",
      evidence: [part, ...hints],
      contradicts: others,
      advice: [
        ...nameTheCode(context),
        "Watch whether it grows, and unload suspicious modules one by one: `lsmod`.",
        lookAtCounters,
      ],
      pages: residue.value,
    };
  },
});

/** Whether compressed swap (zswap, zram) may be what is in no counter. */
function isPoolLikely(residue: Quantity, context: Context): boolean {
  const swap = context.fact("swap");
  if (swap instanceof Lacking || swap.total.value <= 0 || !has("zswap", context)) return false;
  const bounds = thresholds["compressed-swap-pool"];
  const isFull = swap.used.value * 100 >= bounds.swapUsed.value * swap.total.value;
  return isFull && residue.value * 100 <= bounds.ofSwapped.value * swap.used.value;
}

/** Modules of the trigger's trace, and the taint that out-of-tree modules leave: hints at the owner, no more. */
function modulesOf({ report }: Context): TextEvidence[] {
  const modules = new Map<string, TextEvidence>();
  for (const { module, line } of report.stack) {
    if (module !== null && !modules.has(module)) {
      modules.set(module, { name: `module ${module} in the trace`, value: module, lines: [line] });
    }
  }
  const { cpu } = report;
  if (cpu !== null && /[OP]/.test(cpu.taint)) {
    const name = `taint ${cpu.taint.replace(/[^OP]/g, "")} of foreign modules`;
    modules.set("taint", { name, value: "Tainted", lines: [cpu.line] });
  }
  return [...modules.values()].slice(0, 4);
}

/** Callers of the allocation profile that belong to none of the counters: not slab, page cache or page faults. */
function profiledAllocations({ report }: Context): Quantity[] {
  const counted =
    /slab|filemap|folio_prealloc|do_anonymous_page|anon_folio|shmem|pagetable|pte_alloc|pmd_alloc|kernel_stack/;
  return (report.allocations?.rows ?? [])
    .filter(({ function: name, place }) => !counted.test(name) && !counted.test(place))
    .slice(0, 3)
    .map(({ function: name, bytes, line }) => ({
      name: `allocated by ${name}`,
      ...amount(bytes),
      unit: "bytes",
      lines: [line],
    }));
}
