import { isResidueLarge } from "../accounting/kernel-side.js";
import { has } from "../advice/facilities.js";
import type { Context } from "../context.js";
import { lineLike } from "../evidence/log-text.js";
import { Lacking, type MachineFacts } from "../facts.js";
import { percent } from "../quantity.js";
import { type Draft, rule, type TextEvidence } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["compressed-swap-pool"];

const advice = [
  "Look at the pool: `zramctl; grep -r . /sys/module/zswap/parameters; grep . /sys/kernel/debug/zswap/*`.",
  "Swap to a disk beside it, make zram smaller (at most half of RAM), or lower zswap.max_pool_percent.",
];

/** zram or zswap: swap that lies in RAM. */
export const compressedSwapPool = rule({
  id: "compressed-swap-pool",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: [],
  refines: "unaccounted-kernel-pages",
  meaning: "Compressed swap lies in the same RAM. Where data does not compress well it only moves the shortage.",
  evaluate(_facts, context) {
    const memcg = context.fact("memcg");
    if (!(memcg instanceof Lacking)) {
      const pool = memcg.within.get("zswap");
      const part = pool === undefined ? null : percent("zswap part of the limit", pool, memcg.limit);
      if (pool === undefined || part === null || part.value < bounds.memcgPool.value || memcg.hit.unlimited)
        return null;
      return {
        title: `zswap holds ${context.text.size(pool)} compressed, ${share(part)} of the cgroup's limit`,
        confidence: "medium",
        evidence: [part],
        advice,
        pages: pool.value,
        group: "context",
      };
    }
    const machine = context.fact("machine");
    return machine instanceof Lacking ? null : ofMachine(machine, context);
  },
});

/** Arch Linux builds its kernels with zswap switched on. */
function zswapByDefault({ report }: Context): TextEvidence | null {
  const { release, line } = report.kernel;
  const isArch = release !== null && /-(?:arch|zen|hardened)\d/.test(release);
  return isArch && line !== null ? { name: "kernel with zswap on by default", value: release, lines: [line] } : null;
}

function ofMachine(machine: MachineFacts, context: Context): Draft | null {
  const { sheet } = machine;
  const swap = context.fact("swap");
  if (swap instanceof Lacking || swap.total.value <= 0) return null;
  const used = percent("used part of swap", swap.used, swap.total);
  if (used.value < bounds.swapUsed.value) return null;
  const zspages = sheet.terms.get("zspages");
  if (zspages !== undefined) {
    const part = machine.share(zspages);
    if (part.value < bounds.pool.value) return null;
    return {
      title: `Compressed swap holds ${context.text.size(zspages)}, ${share(part)} of RAM`,
      confidence: "high",
      evidence: [part, used],
      advice,
      pages: zspages.value,
    };
  }
  if (!isResidueLarge(machine, context.pageSizeBytes)) return null;
  // A pool holds what is swapped out, compressed: it is no larger.
  const ofSwapped = percent("residue against used swap", sheet.residue, swap.used);
  if (ofSwapped.value > bounds.ofSwapped.value) return null;
  const part = machine.share(sheet.residue);
  const named = lineLike(context, "compressed swap", /\b(?:zswap|zram|zsmalloc|z3fold|zbud)\w*/);
  if (named === null && !has("zswap", context)) return null;
  const byDefault = zswapByDefault(context);
  const small = swap.total.value <= sheet.total.value;
  const isZswapLimit = part.value >= bounds.zswapLeast.value && part.value <= bounds.zswapMost.value;
  if (part.value < bounds.pool.value || (named === null && !small && !isZswapLimit)) return null;
  return {
    title: `${context.text.size(sheet.residue)}, ${share(part)} of RAM, are in no counter while swap is full, as with compressed swap (zram, zswap)`,
    confidence: named === null && (byDefault === null || !isZswapLimit) ? "low" : "medium",
    ...(isZswapLimit ? { meaning: "The amount is what zswap may take by default: 20 % of RAM." } : {}),
    evidence: [part, used, ofSwapped, ...[named, isZswapLimit ? byDefault : null].filter((one) => one !== null)],
    advice,
    pages: sheet.residue.value,
  };
}
