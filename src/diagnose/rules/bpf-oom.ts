import { isConstraint } from "../../model/report.js";
import { rule } from "../rule.js";

/** A BPF policy asked for the kill. */
export const bpfOom = rule({
  id: "bpf-oom",
  layer: "kind",
  group: "kind",
  basis: "inference",
  needs: [],
  meaning:
    "The constraint is none of the kernel's own four: a BPF program asked for the kill by a policy of its own, for example on memory pressure. No limit was necessarily reached.",
  evaluate(_facts, { report }) {
    const { summary } = report;
    if (summary === null || isConstraint(summary.constraint)) return null;
    return {
      title: `A BPF program asked for the kill (${summary.constraint})`,
      confidence: "high",
      evidence: [{ name: "constraint", value: summary.constraint, lines: [summary.line] }],
      advice: ["See which: `bpftool prog show; bpftool struct_ops show`."],
    };
  },
});
