import { isResidueLarge } from "../accounting/kernel-side.js";
import { balloonDriver, hypervisorOf } from "../evidence/log-text.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds.balloon;

/** The host took the guest's memory back. */
export const balloon = rule({
  id: "balloon",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: ["machine"],
  refines: "unaccounted-kernel-pages",
  meaning: "The host took memory back from the guest through a balloon: nothing inside the guest uses it.",
  evaluate({ machine }, context) {
    const { residue, terms } = machine.sheet;
    const printed = terms.get("balloon");
    const advice = [
      "Ask the host: VMware `vmware-toolbox-cmd stat balloon`, libvirt `virsh dommemstat VM`, Hyper-V `Get-VM | fl Memory*`.",
    ];
    const raise = (held: typeof residue) => ({
      text: `Raise the guest's minimum or reservation by ${context.text.size(held)}, let the balloon deflate on OOM, or do without one.`,
      by: [held],
    });
    if (printed !== undefined && machine.share(printed).value >= bounds.printed.value) {
      const part = machine.share(printed);
      return {
        title: `The balloon holds ${context.text.size(printed)}, ${share(part)} of RAM`,
        confidence: "high",
        evidence: [part],
        advice: [...advice, raise(printed)],
        pages: printed.value,
      };
    }
    if (!isResidueLarge(machine, context.pageSizeBytes)) return null;
    const driver = balloonDriver(context);
    const sign = driver ?? hypervisorOf(context);
    if (sign === null) return null;
    const part = machine.share(residue);
    return {
      title: `${context.text.size(residue)}, ${share(part)} of RAM, are in no counter, and the machine is a guest: most likely a balloon`,
      confidence: part.value >= bounds.share.value ? "medium" : "low",
      evidence: [part, sign],
      advice: [...advice, raise(residue)],
      pages: residue.value,
    };
  },
});
