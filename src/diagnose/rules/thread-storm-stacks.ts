import type { MemInfo } from "../../model/report.js";
import { boundTasks } from "../advice/commands.js";
import type { Context } from "../context.js";
import { amount, inPages, named, percent, type Quantity, quotient, sumOfLines } from "../quantity.js";
import { rule } from "../rule.js";
import { grouped, share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["thread-storm-stacks"];

/** Kernel stacks of very many threads. */
export const threadStormStacks = rule({
  id: "thread-storm-stacks",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: ["machine"],
  meaning: "Every thread has a kernel stack. Tens of thousands of threads cost that, slab, and on 32 bits low memory.",
  evaluate({ machine }, context) {
    const stacks = machine.sheet.terms.get("kernelStacks");
    if (stacks === undefined) return null;
    const low = lowMemory(context);
    const room = low ?? machine.sheet.total;
    const part = percent(`share of ${stacks.name}`, stacks, room);
    const ramMib = (machine.sheet.total.value * context.pageSizeBytes) / 1024 / 1024;
    if (part.value < bounds.share.value || ramMib < bounds.smallest.value) return null;
    const stackPages = ((low === null ? 16 : 8) * 1024) / context.pageSizeBytes;
    const threads = quotient("threads", stacks, stackPages, "count");
    return {
      title: `Kernel stacks hold ${context.text.size(stacks)}, ${share(part)} of ${room.name}: about ${grouped(Math.round(threads.value))} threads`,
      confidence: part.value >= bounds.certain.value ? "high" : "medium",
      evidence: [part, threads],
      advice: ["See who has them: `ps -eo nlwp,pid,comm --sort=-nlwp | head; ps -eLf | wc -l`.", boundTasks(context)],
      pages: stacks.value,
    };
  },
});

/** The memory that stacks of a 32-bit kernel must lie in: all zones but HighMem. Null where all memory can hold them. */
function lowMemory({ report, pageSizeBytes }: Context): Quantity | null {
  const zones: MemInfo["zones"] = report.memInfo?.zones ?? [];
  if (!zones.some(({ zone }) => zone === "HighMem")) return null;
  const sizes = zones
    .filter(({ zone }) => zone !== "HighMem" && zone !== "Movable")
    .flatMap(({ counters }): Quantity[] => {
      const size = counters.find(({ name }) => name === "managed") ?? counters.find(({ name }) => name === "present");
      return size === undefined ? [] : [{ name: size.name, ...amount(size.value), unit: "kB", lines: [size.line] }];
    });
  const [first] = sizes;
  if (first === undefined) return null;
  return named("low memory", inPages(sumOfLines(first.name, first.name, sizes), pageSizeBytes));
}
