import type { GfpTableId } from "../../model/printing-traits.js";
import { gfpComposites } from "./composites.js";
import { gfpBits } from "./tables.js";

/**
 * The names of a `gfp_mask` as the kernel spells them since v4.6: composites first, greedily, then single flags, what is
 * left as a hexadecimal number. Empty for 0.
 */
export function decodeGfp(mask: bigint, table: GfpTableId): readonly string[] {
  const names: string[] = [];
  let rest = mask;
  const take = (name: string, bits: bigint) => {
    if (bits === 0n || (rest & bits) !== bits) return;
    names.push(name);
    rest &= ~bits;
  };
  for (const { name, mask: bits } of gfpComposites(table)) take(name, bits);
  for (const [name, bit] of gfpBits(table)) take(`__GFP_${name}`, bit);
  if (rest !== 0n) names.push(`0x${rest.toString(16)}`);
  return names;
}

/** The single flags, without `__GFP_`, that printed or decoded names stand for. Names that no table has are left out. */
export function flagsOfNames(names: readonly string[], table: GfpTableId): ReadonlySet<string> {
  const composites = new Map(gfpComposites(table).map((composite) => [composite.name, composite.flags]));
  const flags = new Set<string>();
  for (const name of names) {
    for (const flag of composites.get(name) ?? []) flags.add(flag);
    if (name.startsWith("__GFP_")) flags.add(name.slice("__GFP_".length));
  }
  return flags;
}

/** The single flags, without `__GFP_`, of a mask. */
export function flagsOfMask(mask: bigint, table: GfpTableId): ReadonlySet<string> {
  return new Set([...gfpBits(table)].filter(([, bit]) => (mask & bit) !== 0n).map(([name]) => name));
}

/** A zone by the kernel's name. */
export type ZoneName = "DMA" | "DMA32" | "Normal" | "HighMem" | "Movable";

/**
 * The highest zone that a request may use; it may fall back to all below. On 64-bit there is no HighMem, so that such
 * requests may use Normal. A zone that the machine lacks stands for the one below it in this list's sense: a request for
 * an absent DMA or DMA32 zone uses Normal.
 */
export function highestZone(flags: ReadonlySet<string>, machine: { readonly hasHighMem: boolean }): ZoneName {
  if (flags.has("DMA")) return "DMA";
  if (flags.has("DMA32")) return "DMA32";
  if (!flags.has("HIGHMEM")) return "Normal";
  if (flags.has("MOVABLE")) return "Movable";
  return machine.hasHighMem ? "HighMem" : "Normal";
}
