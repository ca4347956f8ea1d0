import { rule, type TextEvidence } from "../rule.js";

/** Nobody could be killed. */
export const noKillable = rule({
  id: "no-killable",
  layer: "selection",
  group: "selection",
  basis: "fact",
  needs: [],
  meaning:
    "Every process is protected (oom_score_adj -1000), or there is none: only kernel memory is left. In a memory cgroup the charge is retried for ever; system-wide the kernel panics.",
  evaluate(_facts, { report }) {
    const { noKillable: warning, panic } = report;
    const message: TextEvidence | null =
      warning !== null
        ? { name: "message", value: "no killable processes", lines: [warning.line] }
        : panic?.message.includes("no killable processes") === true
          ? { name: "panic", value: "no killable processes", lines: [panic.line] }
          : null;
    if (message === null) return null;
    return {
      title: "Nobody could be killed: no process may be",
      confidence: "high",
      evidence: [message],
      advice: ["See who is protected: `grep -H . /proc/[0-9]*/oom_score_adj | grep -- -1000`; protect fewer."],
    };
  },
});
