import { lookAtCgroup } from "../advice/commands.js";
import { shareOfLimit } from "../evidence/cgroup.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["memcg-kernel-memory"];

const parts = {
  slab: "slab (files, inodes, pipes)",
  kernelStacks: "kernel stacks (threads)",
  pageTables: "page tables",
  percpu: "percpu data",
  vmalloc: "vmalloc",
} as const;

/** Kernel memory fills a memory cgroup. */
export const memcgKernelMemory = rule({
  id: "memcg-kernel-memory",
  layer: "consumer",
  group: "memcg-cause",
  basis: "fact",
  needs: ["memcg"],
  meaning: "The kernel's own structures for this cgroup count against its limit: threads, open files, inodes, pipes.",
  evaluate({ memcg }, context) {
    const kernel = memcg.terms.get("kernel");
    if (kernel === undefined || memcg.hit.unlimited) return null;
    const part = shareOfLimit("kernel part of the limit", kernel, memcg);
    const mebibytes = (kernel.value * context.pageSizeBytes) / 1024 / 1024;
    if (part.value < bounds.share.value || mebibytes <= bounds.size.value) return null;
    const named = Object.entries(parts)
      .flatMap(([id, title]) => {
        const quantity = memcg.within.get(id as keyof typeof parts);
        return quantity === undefined ? [] : [{ title, quantity }];
      })
      .sort((a, b) => b.quantity.value - a.quantity.value);
    const [largest] = named;
    const explained = largest !== undefined && largest.quantity.value * 4 >= kernel.value;
    return {
      title: `Kernel memory takes ${context.text.size(kernel)}, ${share(part)} of the cgroup's limit${
        explained ? `; most of it is ${largest.title}` : ""
      }`,
      confidence: part.value >= bounds.certain.value ? "high" : "medium",
      ...(explained ? {} : { meaning: "The statistics do not tell which." }),
      evidence: [part, ...named.slice(0, 3).map(({ quantity }) => quantity)],
      advice: [
        "Find the leak of threads, files or sockets: `ls /proc/PID/fd | wc -l; ls /proc/PID/task | wc -l`.",
        lookAtCgroup(memcg.path, context),
      ],
      pages: kernel.value,
    };
  },
});
