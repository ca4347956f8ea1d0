import { frameLike } from "../evidence/log-text.js";
import type { TextEvidence } from "../rule.js";
import { rule } from "../rule.js";

/** A person asked for the kill. */
export const sysrqF = rule({
  id: "sysrq-f",
  layer: "kind",
  group: "kind",
  basis: "fact",
  needs: [],
  meaning:
    "Someone pressed SysRq-f, or wrote f to /proc/sysrq-trigger. The kernel then kills at once, however much is free.",
  evaluate(_facts, context) {
    const { sysrq, trigger } = context.report;
    const work = context.report.context.find(({ text }) => text.includes("moom_callback"));
    const frame: TextEvidence | null =
      work === undefined
        ? frameLike(context, /^(?:moom_callback|sysrq_handle_moom)$/)
        : { name: "workqueue", value: "moom_callback", lines: [work.line] };
    const byOrder: TextEvidence | null =
      trigger?.order === -1 ? { name: "printed", value: "order=-1", lines: [trigger.line] } : null;
    const printed: TextEvidence | null =
      sysrq === null ? null : { name: "sysrq", value: sysrq.text, lines: [sysrq.line] };
    const evidence = [printed, byOrder, frame].filter((one) => one !== null);
    if (evidence.length === 0) return null;
    return {
      title: "The kill was asked for by hand (SysRq-f): it is not a shortage",
      confidence: "high",
      severity: "notice",
      evidence,
      advice: ["If nobody should be able to: `sysctl -w kernel.sysrq=0`, or a mask without 64."],
    };
  },
});
