import { rule } from "../rule.js";

/** The kernel panics instead of killing. */
export const panicOnOom = rule({
  id: "panic-on-oom",
  layer: "selection",
  group: "selection",
  basis: "fact",
  needs: [],
  meaning: "vm.panic_on_oom is 1 (panic when the whole machine is out of memory) or 2 (always): nobody is killed.",
  evaluate(_facts, { report }) {
    const { panic } = report;
    if (panic === undefined || !panic.message.includes("panic_on_oom")) return null;
    return {
      title: "The kernel panicked: vm.panic_on_oom is set",
      confidence: "high",
      evidence: [{ name: "panic", value: panic.message, lines: [panic.line] }],
      advice: [
        "To kill instead: `sysctl -w vm.panic_on_oom=0`. To keep the panic, have it reboot: `sysctl -w kernel.panic=10`.",
      ],
    };
  },
});
