import type { GfpTableId } from "../../model/printing-traits.js";

/** Bit of each flag, by the kernel's name without `__GFP_`. */
export type GfpBits = ReadonlyMap<string, bigint>;

/** What a version changes in the bits of `gfp_mask`: bit to name; null leaves a hole. */
interface GfpRow {
  readonly id: GfpTableId;
  readonly change: string;
  /** Begins anew instead of changing the row above. */
  readonly fresh?: true;
  readonly bits: Readonly<Record<string, string | null>>;
}

/** The bits of `gfp_mask`, oldest first. */
export const gfpRows: readonly GfpRow[] = [
  {
    id: "2.6.18",
    change: "Since Linux v2.6.18 (commit unconfirmed), the oldest bits described here.",
    fresh: true,
    bits: {
      "1": "DMA",
      "2": "HIGHMEM",
      "4": "DMA32",
      "10": "WAIT",
      "20": "HIGH",
      "40": "IO",
      "80": "FS",
      "100": "COLD",
      "200": "NOWARN",
      "400": "REPEAT",
      "800": "NOFAIL",
      "1000": "NORETRY",
      "2000": "NO_GROW",
      "4000": "COMP",
      "8000": "ZERO",
      "10000": "NOMEMALLOC",
      "20000": "HARDWALL",
    },
  },
  {
    id: "2.6.20",
    change: "Since Linux v2.6.20 (commit unconfirmed), THISNODE.",
    bits: { "40000": "THISNODE" },
  },
  { id: "2.6.22", change: "Since Linux v2.6.22 (commit unconfirmed), no NO_GROW.", bits: { "2000": null } },
  {
    id: "2.6.24",
    change: "Since Linux v2.6.24 (commit unconfirmed), RECLAIMABLE and MOVABLE.",
    bits: { "80000": "RECLAIMABLE", "100000": "MOVABLE" },
  },
  {
    id: "2.6.31",
    change: "Since Linux v2.6.31 (commit unconfirmed), MOVABLE among the zone bits, NOTRACK.",
    bits: { "8": "MOVABLE", "100000": null, "200000": "NOTRACK" },
  },
  {
    id: "2.6.39",
    change: "Since Linux v2.6.39 (commit unconfirmed), NO_KSWAPD and OTHER_NODE.",
    bits: { "400000": "NO_KSWAPD", "800000": "OTHER_NODE" },
  },
  { id: "3.3", change: "Since Linux v3.3 (commit unconfirmed), WRITE.", bits: { "1000000": "WRITE" } },
  { id: "3.6", change: "Since Linux v3.6 (commit unconfirmed), MEMALLOC.", bits: { "2000": "MEMALLOC" } },
  { id: "3.8", change: "Since Linux v3.8 (commit unconfirmed), KMEMCG.", bits: { "100000": "KMEMCG" } },
  { id: "3.16", change: "Since Linux v3.16 (commit unconfirmed), no KMEMCG.", bits: { "100000": null } },
  { id: "4.1", change: "Since Linux v4.1 (commit unconfirmed), NOACCOUNT.", bits: { "100000": "NOACCOUNT" } },
  {
    id: "4.4",
    change: "Since Linux v4.4 (commit unconfirmed), DIRECT_RECLAIM and KSWAPD_RECLAIM in the place of WAIT, ATOMIC.",
    bits: {
      "10": "RECLAIMABLE",
      "80000": "ATOMIC",
      "400000": "DIRECT_RECLAIM",
      "2000000": "KSWAPD_RECLAIM",
    },
  },
  { id: "4.5", change: "Since Linux v4.5 (commit unconfirmed), ACCOUNT for NOACCOUNT.", bits: { "100000": "ACCOUNT" } },
  {
    id: "4.10",
    change: "Since Linux v4.10 (commit unconfirmed), no OTHER_NODE: WRITE and KSWAPD_RECLAIM move down.",
    bits: { "800000": "WRITE", "1000000": "KSWAPD_RECLAIM", "2000000": null },
  },
  { id: "4.12", change: "Since Linux v4.12 (commit unconfirmed), NOLOCKDEP.", bits: { "2000000": "NOLOCKDEP" } },
  {
    id: "4.13",
    change: "Since Linux v4.13 (commit unconfirmed), RETRY_MAYFAIL for REPEAT.",
    bits: { "400": "RETRY_MAYFAIL" },
  },
  { id: "4.14", change: "Since Linux v4.14 (commit unconfirmed), no NOTRACK.", bits: { "200000": null } },
  { id: "4.15", change: "Since Linux v4.15 (commit unconfirmed), no COLD.", bits: { "100": null } },
  {
    id: "4.18",
    change: "Since Linux v4.18 (commit unconfirmed), the bits without holes.",
    fresh: true,
    bits: {
      "1": "DMA",
      "2": "HIGHMEM",
      "4": "DMA32",
      "8": "MOVABLE",
      "10": "RECLAIMABLE",
      "20": "HIGH",
      "40": "IO",
      "80": "FS",
      "100": "WRITE",
      "200": "NOWARN",
      "400": "RETRY_MAYFAIL",
      "800": "NOFAIL",
      "1000": "NORETRY",
      "2000": "MEMALLOC",
      "4000": "COMP",
      "8000": "ZERO",
      "10000": "NOMEMALLOC",
      "20000": "HARDWALL",
      "40000": "THISNODE",
      "80000": "ATOMIC",
      "100000": "ACCOUNT",
      "200000": "DIRECT_RECLAIM",
      "400000": "KSWAPD_RECLAIM",
      "800000": "NOLOCKDEP",
    },
  },
  {
    id: "5.1",
    change: "Since Linux v5.1 (commit unconfirmed), the bits in a new order.",
    fresh: true,
    bits: {
      "1": "DMA",
      "2": "HIGHMEM",
      "4": "DMA32",
      "8": "MOVABLE",
      "10": "RECLAIMABLE",
      "20": "HIGH",
      "40": "IO",
      "80": "FS",
      "100": "ZERO",
      "200": "ATOMIC",
      "400": "DIRECT_RECLAIM",
      "800": "KSWAPD_RECLAIM",
      "1000": "WRITE",
      "2000": "NOWARN",
      "4000": "RETRY_MAYFAIL",
      "8000": "NOFAIL",
      "10000": "NORETRY",
      "20000": "MEMALLOC",
      "40000": "COMP",
      "80000": "NOMEMALLOC",
      "100000": "HARDWALL",
      "200000": "THISNODE",
      "400000": "ACCOUNT",
      "800000": "NOLOCKDEP",
    },
  },
  {
    id: "5.14",
    change: "Since Linux v5.14 (commit unconfirmed), ZEROTAGS and SKIP_KASAN_POISON.",
    bits: { "800000": "ZEROTAGS", "1000000": "SKIP_KASAN_POISON", "2000000": "NOLOCKDEP" },
  },
  {
    id: "5.19",
    change: "Since Linux v5.19 (commit unconfirmed), SKIP_ZERO and SKIP_KASAN_UNPOISON.",
    bits: {
      "1000000": "SKIP_ZERO",
      "2000000": "SKIP_KASAN_UNPOISON",
      "4000000": "SKIP_KASAN_POISON",
      "8000000": "NOLOCKDEP",
    },
  },
  { id: "6.3", change: "Since Linux v6.3 (commit unconfirmed), no ATOMIC.", bits: { "200": null } },
  {
    id: "6.4",
    change: "Since Linux v6.4 (commit unconfirmed), SKIP_KASAN alone.",
    bits: { "2000000": "SKIP_KASAN", "4000000": "NOLOCKDEP", "8000000": null },
  },
  {
    id: "6.9",
    change: "Since Linux v6.9 (commit unconfirmed), the bits above ZEROTAGS depend on the configuration.",
    bits: { "1000000": null, "2000000": null, "4000000": null },
  },
];

const tables: ReadonlyMap<GfpTableId, GfpBits> = foldRows();

/** The bits of a table: the rows up to it, one on the other. */
export function gfpBits(table: GfpTableId): GfpBits {
  return tables.get(table) as GfpBits;
}

function foldRows(): Map<GfpTableId, GfpBits> {
  const folded = new Map<GfpTableId, GfpBits>();
  let byBit = new Map<bigint, string>();
  for (const row of gfpRows) {
    byBit = row.fresh === true ? new Map() : new Map(byBit);
    for (const [bit, name] of Object.entries(row.bits)) {
      const mask = BigInt(`0x${bit}`);
      if (name === null) byBit.delete(mask);
      else byBit.set(mask, name);
    }
    const names = [...byBit].sort(([a], [b]) => (a < b ? -1 : 1)).map(([bit, name]) => [name, bit] as const);
    folded.set(row.id, new Map(names));
  }
  return folded;
}
