import type { GfpTableId } from "../../model/printing-traits.js";
import { gfpBits } from "./tables.js";

/** A name for several bits, as the kernel prints it. */
export interface GfpComposite {
  readonly name: string;
  /** Flags that it stands for, without `__GFP_`. */
  readonly flags: readonly string[];
  readonly mask: bigint;
}

/** How a composite is made of flags; those that a table does not have are left out. */
interface Recipe {
  readonly name: string;
  readonly flags: readonly string[];
  /** Flags that the table must have for the composite to exist. */
  readonly needs?: readonly string[];
  /** Flags that the table must not have. */
  readonly lacks?: readonly string[];
}

const KERNEL = ["WAIT", "DIRECT_RECLAIM", "KSWAPD_RECLAIM", "IO", "FS"];
const HIGHUSER_MOVABLE = [...KERNEL, "HARDWALL", "HIGHMEM", "MOVABLE"];
const TRANSHUGE_LIGHT = ["IO", "FS", "HARDWALL", "HIGHMEM", "MOVABLE", "COMP", "NOMEMALLOC", "NOWARN"];

/** Tables in which SKIP_KASAN_POISON is a bit of every configuration, so that composites hold it. */
const alwaysPoison = { needs: ["SKIP_KASAN_POISON"], lacks: ["SKIP_ZERO"] } as const;

/** In the order in which the kernel tries them, greedily. */
const recipes: readonly Recipe[] = [
  {
    name: "GFP_TRANSHUGE",
    flags: [...TRANSHUGE_LIGHT, "DIRECT_RECLAIM", "SKIP_KASAN_POISON"],
    ...alwaysPoison,
  },
  { name: "GFP_TRANSHUGE_LIGHT", flags: [...TRANSHUGE_LIGHT, "SKIP_KASAN_POISON"], ...alwaysPoison },
  { name: "GFP_HIGHUSER_MOVABLE", flags: [...HIGHUSER_MOVABLE, "SKIP_KASAN_POISON"], ...alwaysPoison },
  { name: "GFP_TRANSHUGE", flags: [...TRANSHUGE_LIGHT, "DIRECT_RECLAIM"], needs: ["DIRECT_RECLAIM"] },
  { name: "GFP_TRANSHUGE_LIGHT", flags: TRANSHUGE_LIGHT, needs: ["DIRECT_RECLAIM"] },
  { name: "GFP_HIGHUSER_MOVABLE", flags: HIGHUSER_MOVABLE, needs: ["MOVABLE"] },
  { name: "GFP_HIGHUSER", flags: [...KERNEL, "HARDWALL", "HIGHMEM"] },
  { name: "GFP_USER", flags: [...KERNEL, "HARDWALL"] },
  { name: "GFP_TEMPORARY", flags: [...KERNEL, "RECLAIMABLE"], needs: ["RECLAIMABLE", "NOTRACK"] },
  { name: "GFP_KERNEL_ACCOUNT", flags: [...KERNEL, "ACCOUNT"], needs: ["ACCOUNT"] },
  { name: "GFP_KERNEL", flags: KERNEL },
  { name: "GFP_NOFS", flags: ["WAIT", "DIRECT_RECLAIM", "KSWAPD_RECLAIM", "IO"] },
  { name: "GFP_ATOMIC", flags: ["HIGH", "ATOMIC", "KSWAPD_RECLAIM"] },
  { name: "GFP_NOIO", flags: ["WAIT", "DIRECT_RECLAIM", "KSWAPD_RECLAIM"] },
  { name: "GFP_NOWAIT", flags: ["KSWAPD_RECLAIM", "NOWARN"], needs: ["ZEROTAGS"], lacks: ["NOLOCKDEP"] },
  { name: "GFP_NOWAIT", flags: ["KSWAPD_RECLAIM"], needs: ["KSWAPD_RECLAIM"] },
  { name: "GFP_DMA", flags: ["DMA"] },
  { name: "GFP_DMA32", flags: ["DMA32"] },
];

const built = new Map<GfpTableId, readonly GfpComposite[]>();

/** The composites of a table, in the order in which the kernel tries them. */
export function gfpComposites(table: GfpTableId): readonly GfpComposite[] {
  const known = built.get(table);
  if (known !== undefined) return known;
  const bits = gfpBits(table);
  const composites = recipes
    .filter(
      ({ needs = [], lacks = [] }) => needs.every((flag) => bits.has(flag)) && !lacks.some((flag) => bits.has(flag)),
    )
    .map(({ name, flags }) => {
      const present = flags.filter((flag) => bits.has(flag));
      return { name, flags: present, mask: present.reduce((mask, flag) => mask | (bits.get(flag) ?? 0n), 0n) };
    });
  built.set(table, composites);
  return composites;
}
