import type { Scenario, TotalPages } from "../../model/machine.js";
import { minBigInt } from "../../model/units.js";
import {
  type MemcgParts,
  type MemoryParts,
  type PageRange,
  shifted,
  swapAllowance,
  swapShare,
  totalOf,
} from "./memory-parts.js";
import type { Subject } from "./subject.js";

/** What of the memory is changed: RAM, swap, the limit of the memory cgroup. */
export type MemoryPart = "total-ram" | "swap" | "memory-max";

interface Changed {
  readonly memory: MemoryParts;
  readonly total: (now: TotalPages, scenario: Scenario) => TotalPages;
}

/** Why a change has no place here. */
interface Refused {
  readonly remark: string;
}

/**
 * Changes an amount of memory, and `totalpages` with it: what oom_score_adj is scaled by. Who asks for memory, and what
 * each task holds, stay as they were.
 */
export function changeMemory(
  subject: Subject,
  part: MemoryPart,
  pages: bigint,
  relative: boolean,
): { readonly subject: Subject; readonly remark?: string } {
  const changed = changes[part](subject.memory, pages, relative);
  if ("remark" in changed) return { subject, remark: changed.remark };
  const change = (scenario: Scenario): Scenario => ({
    ...scenario,
    totalPages: changed.total(scenario.totalPages, scenario),
  });
  const [first, ...others] = subject.worlds;
  const { traits } = first;
  const { plainTotal: was } = subject;
  // Of the total that a run takes, the edit leaves what it leaves of any other.
  const plainTotal = changed.total({ ...first.totalPages, min: was, max: was }, first).min;
  return {
    subject: { ...subject, memory: changed.memory, worlds: [change(first), ...others.map(change)], plainTotal },
    ...(traits.pointsRule === "legacy"
      ? { remark: "The rule up to v2.6.35 does not look at the size of memory." }
      : {}),
  };
}

const changes: Readonly<
  Record<MemoryPart, (memory: MemoryParts, pages: bigint, relative: boolean) => Changed | Refused>
> = { "total-ram": changeRam, swap: changeSwap, "memory-max": changeLimit };

const notPrinted = (what: string): Refused => ({
  remark: `The log does not tell ${what}: give what to add or take off, with a sign.`,
});

const tooLittle = (what: string): Refused => ({ remark: `That would leave no ${what}: it was not changed.` });
const lessThanNothing: Refused = { remark: "That would leave less than no swap: it was not changed." };

function changeRam(memory: MemoryParts, pages: bigint, relative: boolean): Changed | Refused {
  switch (memory.kind) {
    case "machine": {
      const { ramPages } = memory;
      if (ramPages === null && !relative) return notPrinted("the total RAM");
      const change = relative ? pages : pages - (ramPages ?? 0n);
      if ((ramPages === null ? pages : ramPages + change) <= 0n) return tooLittle("RAM");
      return {
        memory: { ...memory, ramPages: ramPages === null ? null : ramPages + change },
        total: (now) => shifted(now, change, "RAM changed"),
      };
    }
    case "nodes":
      return { remark: "The allocation was confined to nodes: only their memory counts, not the machine's." };
    case "memcg":
      return { remark: "A memory cgroup's limit was hit: the machine's RAM does not enter. See --memory-max." };
    case "unknown":
      return notPrinted("what limit was hit");
  }
}

function changeSwap(memory: MemoryParts, pages: bigint, relative: boolean): Changed | Refused {
  if (memory.kind === "unknown") return notPrinted("what limit was hit");
  if (memory.kind === "memcg") return changeSwapOfMemcg(memory, pages, relative);
  const { swapPages } = memory;
  if (swapPages === null && !relative) return notPrinted("the total swap");
  const now = swapPages ?? 0n;
  const wanted = relative ? now + pages : pages;
  if (wanted < 0n) return lessThanNothing;
  return {
    memory: { ...memory, swapPages: swapPages === null ? null : wanted },
    total: (total) => shifted(total, wanted - now, "swap changed"),
  };
}

/** Swap counts up to what the limits leave, and not at all at swappiness 0, which no report tells. */
function changeSwapOfMemcg(memory: MemcgParts, pages: bigint, relative: boolean): Changed | Refused {
  const now = memory.machineSwapPages;
  if (now === null && relative) return { remark: "The log does not tell the total swap: give the whole of it." };
  const wanted = relative ? (now ?? 0n) + pages : pages;
  if (wanted < 0n) return lessThanNothing;
  const allowance = swapAllowance(memory);
  const most = allowance === null ? wanted : minBigInt(wanted, allowance);
  return {
    memory: { ...memory, machineSwapPages: wanted },
    total: (total, { traits }) => {
      const counted = traits.memcgTotal === "swap-unshifted" ? 0n : most;
      const isCounted = swapShare(total, memory).min > 0n || traits.memcgTotal === "limit+swap";
      return aboveLimit(
        memory.limitPages,
        { min: isCounted ? counted : 0n, max: counted },
        `${total.source}, swap changed`,
      );
    },
  };
}

/** A higher limit leaves a v1 cgroup less swap, as memory and swap together have a limit of their own. */
function changeLimit(memory: MemoryParts, pages: bigint, relative: boolean): Changed | Refused {
  if (memory.kind !== "memcg")
    return { remark: "No memory cgroup's limit was hit: memory.max has no part in this kill." };
  const limitPages = relative ? memory.limitPages + pages : pages;
  if (limitPages <= 0n) return tooLittle("memory");
  const changed: MemcgParts = { ...memory, limitPages };
  const before = swapAllowance(memory);
  const after = swapAllowance(changed);
  return {
    memory: changed,
    total: (total) => {
      const share = swapShare(total, memory);
      // At its bound it was cut by the limit: nothing tells how much more the machine has.
      const wasCut = before !== null && share.max >= before;
      const most = wasCut && after !== null ? (memory.machineSwapPages ?? after) : share.max;
      const within = (swap: bigint): bigint => (after === null ? swap : minBigInt(swap, after));
      return aboveLimit(limitPages, { min: within(share.min), max: within(most) }, `${total.source}, limit changed`);
    },
  };
}

function aboveLimit(limitPages: bigint, swap: PageRange, source: string): TotalPages {
  return totalOf({ min: limitPages + swap.min, max: limitPages + swap.max }, source);
}
