import type { OomReport } from "../../model/report.js";
import { isMachineFull } from "../evidence/shortage.js";
import { percent, product } from "../quantity.js";
import { rule } from "../rule.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["no-swap"];

function isKubernetesNode({ cgroup }: OomReport): boolean {
  return cgroup.taskMemcg !== null && /(?:^|[/-])kubepods(?:[./-]|$)/.test(cgroup.taskMemcg);
}

/** The machine has no swap. */
export const noSwap = rule({
  id: "no-swap",
  layer: "reclaim",
  group: "context",
  basis: "fact",
  needs: ["swap"],
  meaning: "Without swap, anonymous memory can not leave RAM: idle pages of idle processes stay where they are.",
  evaluate({ swap }, context) {
    // Free swap below zero with none in total is swapoff at work: oom-origin.
    if (swap.total.value !== 0 || swap.free.value !== 0) return null;
    // Swap would have changed little where there was room, or little to swap out.
    const { anonymous } = swap;
    const part = anonymous === null ? null : percent("anonymous share", anonymous, swap.ram);
    if ((part !== null && part.value < bounds.anonymous.value) || !isMachineFull(context)) return null;
    const size = product("a quarter of RAM", swap.ram, 0.25);
    const mebibytes = Math.max(1, Math.round((size.value * context.pageSizeBytes) / 1024 / 1024));
    return {
      title: "The machine has no swap",
      confidence: "high",
      severity: "info",
      evidence: [swap.total, swap.free, ...(part === null ? [] : [part])],
      // The kubelet does not start with swap on, unless it is told to.
      advice: isKubernetesNode(context.report)
        ? []
        : [
            {
              // fallocate is faster, but XFS and btrfs then refuse the file on many of these kernels.
              text: `If idle memory may wait on disk: \`dd if=/dev/zero of=/swapfile bs=1M count=${mebibytes} && chmod 600 /swapfile && mkswap /swapfile && swapon /swapfile\`.`,
              by: [size],
            },
          ],
    };
  },
});
