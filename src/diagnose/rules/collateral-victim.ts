import { kernelSide } from "../accounting/kernel-side.js";
import { pageTablesOf } from "../evidence/page-tables.js";
import { volunteered } from "../evidence/volunteered.js";
import { Lacking } from "../facts.js";
import { percent, sum } from "../quantity.js";
import { rule } from "../rule.js";
import { partOf, who } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["collateral-victim"];

/** Killing it gave back next to nothing. */
export const collateralVictim = rule({
  id: "collateral-victim",
  layer: "selection",
  group: "selection",
  basis: "inference",
  needs: ["tasks", "victim"],
  meaning: "What died did not hold the memory: it is a bystander, and the next kill may follow.",
  evaluate({ tasks, victim }, context) {
    const { process, kill } = victim;
    // Who volunteers (swapoff) gives back what it asked for, not what its row shows.
    if (process === null || volunteered(context)) return null;
    // What a kill gives back: page tables too.
    const tables = pageTablesOf(process.row, context.pageSizeBytes);
    const freed =
      tables === null ? process.size : sum(`memory and page tables of ${who(process.row)}`, process.size, tables);
    const part = tasks.share(freed);
    const [top] = tasks.processes;
    const ofLargest = top === undefined ? null : percent("size against the largest process", freed, top.size);
    const small = part.value < bounds.share.value && ofLargest !== null && ofLargest.value < bounds.ofLargest.value;
    const machine = context.fact("machine");
    const [kernel] = machine instanceof Lacking ? [] : kernelSide(machine, context.pageSizeBytes);
    const kernelPart = machine instanceof Lacking || kernel === undefined ? null : machine.share(kernel);
    const byKernel =
      kernelPart !== null &&
      kernelPart.value >= bounds.kernelSide.value &&
      freed.value * 100 < bounds.ofLargest.value * (kernel?.value ?? 0);
    if (!small && !byKernel) return null;
    // A table without that column may hide that they were its own.
    const hidden = tables === null && !(machine instanceof Lacking) ? machine.sheet.terms.get("pageTables") : undefined;
    if (hidden !== undefined && tasks.share(hidden).value >= bounds.share.value) return null;
    const swap = context.fact("swap");
    const untold = process.swap === null && !(swap instanceof Lacking) && swap.used.value > 0 ? swap.used : null;
    const amount = context.text.size(freed);
    return {
      title: `Killing ${who(kill)} gave back ${amount} ${untold === null ? "at most" : "of resident memory"}${partOf(part, tasks.capacity)}`,
      confidence: tasks.cut ? "medium" : "high",
      severity: "notice",
      contradicts:
        untold === null
          ? []
          : [`The table does not tell swap: a part of the ${context.text.size(untold)} in use may have been its own.`],
      evidence: [
        part,
        ...(ofLargest === null || !small ? [] : [ofLargest]),
        ...(byKernel && kernelPart !== null ? [kernelPart] : []),
      ],
      advice: ["Do not look for the fault in the victim: see what holds the memory."],
    };
  },
});
