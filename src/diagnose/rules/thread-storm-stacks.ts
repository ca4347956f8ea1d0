import { constant, quotient } from "../quantity.js";
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
    const part = machine.share(stacks);
    if (part.value < bounds.share.value) return null;
    const is32Bit = context.report.memInfo?.zones.some(({ zone }) => zone === "HighMem") ?? false;
    const stackPages = ((is32Bit ? 8 : 16) * 1024) / context.pageSizeBytes;
    const threads = quotient("threads", stacks, constant("pages per stack", stackPages, "pages"), "count");
    const ram = machine.sheet.total;
    const tiny = (ram.value * context.pageSizeBytes) / 1024 / 1024 < bounds.smallest.value;
    return {
      title: `Kernel stacks hold ${context.text.size(stacks)}, ${share(part)} of RAM: about ${grouped(Math.round(threads.value))} threads`,
      confidence: part.value >= bounds.certain.value ? "high" : "medium",
      evidence: [part, threads],
      contradicts: tiny
        ? [`The machine has ${context.text.size(ram)} only: the stacks of the kernel's own threads are a large share.`]
        : [],
      advice: [
        "See who has them: `ps -eo nlwp,pid,comm --sort=-nlwp | head; ps -eLf | wc -l`.",
        "Bound them: `TasksMax=` of the unit, `ulimit -u`, `pids.max`.",
      ],
      pages: stacks.value,
    };
  },
});
