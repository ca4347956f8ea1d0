import { percent, product } from "../quantity.js";
import { rule } from "../rule.js";
import { share, who } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["jvm-over-limit"];

const javaThreads = /^(?:java$|C[12] Compiler|JIT Compil|GC Thread|G1 |VM Thread|ForkJoinPool|http-nio|Gang worker)/;

/** A Java process grew past its container's limit. */
export const jvmOverLimit = rule({
  id: "jvm-over-limit",
  layer: "consumer",
  group: "context",
  basis: "inference",
  needs: ["memcg", "victim"],
  meaning:
    "Metaspace, thread stacks, direct buffers and malloc arenas come on top of the Java heap: the kernel kills before Java can throw an OutOfMemoryError.",
  evaluate({ memcg, victim }, context) {
    const { process } = victim;
    const invoker = context.report.trigger?.name ?? "";
    if (process === null || memcg.hit.unlimited) return null;
    if (!javaThreads.test(process.name) && !javaThreads.test(invoker)) return null;
    const part = percent("size against the limit", process.size, memcg.limit);
    if (part.value < bounds.share.value) return null;
    const heap = product("65 % of the limit", memcg.limit, 0.65);
    return {
      title: `The Java process ${who(process.row)} has ${share(part)} of its cgroup's limit, heap and all else`,
      confidence: "medium",
      severity: "notice",
      evidence: [part],
      advice: [
        "See what is outside the heap when it runs again: start it with -XX:NativeMemoryTracking=summary, then `jcmd PID VM.native_memory summary`.",
        {
          text: `Keep the heap under ${context.text.size(heap)} at this limit (-XX:MaxRAMPercentage=65, since Java 8u191), or raise the limit to 1.25 × Xmx + 300 MiB.`,
          by: [heap],
        },
      ],
    };
  },
});
