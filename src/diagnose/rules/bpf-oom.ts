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
    "The constraint is none of the kernel's own four. BPF programs that ask for a kill by a policy of their own, for example on memory pressure, name it so. No limit was necessarily reached.",
  evaluate(_facts, { report }) {
    const { summary } = report;
    if (summary === null || isConstraint(summary.constraint)) return null;
    // Any other name may as well be a later kernel's own.
    const isNamed = summary.constraint.startsWith("CONSTRAINT_BPF");
    return {
      title: isNamed
        ? `A BPF program asked for the kill (${summary.constraint})`
        : `The kill has a constraint that no kernel read here knows (${summary.constraint}): a BPF program's, or a newer kernel's`,
      confidence: isNamed ? "high" : "low",
      evidence: [{ name: "constraint", value: summary.constraint, lines: [summary.line] }],
      advice: ["See which: `bpftool prog show; bpftool struct_ops show`."],
    };
  },
});
