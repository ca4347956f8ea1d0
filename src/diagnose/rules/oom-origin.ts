import { swapBeingSwitchedOff, volunteered } from "../evidence/volunteered.js";
import { rule, type TextEvidence } from "../rule.js";

/** A task volunteered: swapoff, or ksm that is being switched off. */
export const oomOrigin = rule({
  id: "oom-origin",
  layer: "kind",
  group: "kind",
  basis: "fact",
  needs: [],
  meaning:
    "swapoff pulls everything in swap back into RAM (ksm: copies shared pages). A task that does so offers itself as the victim.",
  evaluate(_facts, context) {
    const { report, verdict } = context;
    const by = verdict.by?.find(({ rule: name }) => name === "oom-origin");
    const swap = swapBeingSwitchedOff(context);
    if (!volunteered(context)) return null;
    const frame: TextEvidence[] =
      by === undefined
        ? []
        : report.stack
            .filter(({ line }) => by.lines.includes(line))
            .map(({ function: name, line }) => ({ name: "in the trace", value: name, lines: [line] }));
    const still = swap !== null ? ` ${context.text.size(-swap.free.value)} were still in swap.` : "";
    return {
      title:
        swap !== null
          ? "swapoff was pulling swap back into RAM, which has no room for it"
          : "The victim offered itself (swapoff or ksm unmerge)",
      confidence: "high",
      ...(still === "" ? {} : { meaning: `Free swap is printed below zero while swapoff runs.${still}` }),
      evidence: [...(swap !== null ? [swap.free, swap.total] : []), ...frame],
      advice: [
        "Free memory before swapoff, or leave the swap on and add the new one first (`swapon NEW; swapoff OLD`).",
      ],
    };
  },
});
