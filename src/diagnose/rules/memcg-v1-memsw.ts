import { rule } from "../rule.js";

/** The v1 limit on memory and swap together was hit. */
export const memcgV1Memsw = rule({
  id: "memcg-v1-memsw",
  layer: "limit",
  group: "context",
  basis: "fact",
  needs: ["memcg"],
  meaning: "Memory and swap together reached memory.memsw.limit_in_bytes, while memory alone may have had room.",
  evaluate({ memcg }, context) {
    if (memcg.hit.name !== "memory+swap") return null;
    return {
      title: `Memory and swap together reached their limit of ${context.text.size(memcg.limit)}`,
      confidence: "high",
      severity: "notice",
      evidence: [memcg.limit, memcg.usage],
      advice: ["Raise memory.memsw.limit_in_bytes (Docker `--memory-swap`) beside the memory limit."],
    };
  },
});
