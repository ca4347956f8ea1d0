import { describe, expect, it } from "vitest";
import { decodeGfp, flagsOfMask, flagsOfNames, highestZone } from "../../src/kernel/gfp/gfp.js";
import { gfpBits, gfpRows } from "../../src/kernel/gfp/tables.js";

describe("gfp_mask", () => {
  it.each([
    ["2.6.18", 0xd0n, ["GFP_KERNEL"]],
    ["2.6.18", 0x20n, ["GFP_ATOMIC"]],
    ["2.6.18", 0x50n, ["GFP_NOFS"]],
    ["2.6.18", 0x201d2n, ["GFP_HIGHUSER", "__GFP_COLD"]],
    ["2.6.24", 0x1200d2n, ["GFP_HIGHUSER_MOVABLE"]],
    ["2.6.31", 0x200dan, ["GFP_HIGHUSER_MOVABLE"]],
    ["2.6.39", 0x201dan, ["GFP_HIGHUSER_MOVABLE", "__GFP_COLD"]],
    ["3.8", 0x280dan, ["GFP_HIGHUSER_MOVABLE", "__GFP_ZERO"]],
    ["3.8", 0x2000d0n, ["GFP_KERNEL", "__GFP_NOTRACK"]],
    ["3.8", 0x3000d0n, ["GFP_KERNEL", "__GFP_KMEMCG", "__GFP_NOTRACK"]],
    ["4.4", 0x24000c0n, ["GFP_KERNEL"]],
    ["4.5", 0x24200can, ["GFP_HIGHUSER_MOVABLE"]],
    ["4.10", 0x14000c0n, ["GFP_KERNEL"]],
    ["4.15", 0x14200can, ["GFP_HIGHUSER_MOVABLE"]],
    ["4.18", 0x6000c0n, ["GFP_KERNEL"]],
    ["4.18", 0x6200can, ["GFP_HIGHUSER_MOVABLE"]],
    ["4.18", 0x6280can, ["GFP_HIGHUSER_MOVABLE", "__GFP_ZERO"]],
    ["5.1", 0xcc0n, ["GFP_KERNEL"]],
    ["5.1", 0x100ccan, ["GFP_HIGHUSER_MOVABLE"]],
    ["5.1", 0x400cc0n, ["GFP_KERNEL_ACCOUNT"]],
    ["5.14", 0x1100ccan, ["GFP_HIGHUSER_MOVABLE"]],
    ["6.9", 0x140ccan, ["GFP_HIGHUSER_MOVABLE", "__GFP_COMP"]],
    ["5.1", 0n, []],
  ] as const)("of %s is spelled: %s", (table, mask, names) => {
    expect(decodeGfp(mask, table)).toEqual(names);
  });

  it("keeps bits that no name has", () => {
    expect(decodeGfp(0x10000cc0n, "5.1")).toEqual(["GFP_KERNEL", "0x10000000"]);
    expect(decodeGfp(2n ** 70n, "5.1")).toEqual([`0x${(2n ** 70n).toString(16)}`]);
  });

  it("comes back from its names", () => {
    for (const { id } of gfpRows) {
      for (const [, bit] of gfpBits(id)) {
        for (const mask of [bit, bit | 0xc0n, bit | 0xd0n]) {
          expect(flagsOfNames(decodeGfp(mask, id), id)).toEqual(flagsOfMask(mask, id));
        }
      }
    }
  });

  it("has one name a bit and one bit a name", () => {
    for (const { id } of gfpRows) {
      const bits = [...gfpBits(id).values()];
      expect(new Set(bits).size).toBe(bits.length);
      for (const bit of bits) expect(bit & (bit - 1n)).toBe(0n);
    }
  });
});

describe("the zone of a request", () => {
  const zoneOf = (mask: bigint, hasHighMem = false) => highestZone(flagsOfMask(mask, "5.1"), { hasHighMem });

  it("follows from the zone bits", () => {
    expect(zoneOf(0xcc0n)).toBe("Normal");
    expect(zoneOf(0xcc1n)).toBe("DMA");
    expect(zoneOf(0xcc4n)).toBe("DMA32");
    expect(zoneOf(0xcc8n)).toBe("Normal");
    expect(zoneOf(0xccan)).toBe("Movable");
    expect(zoneOf(0xcc9n)).toBe("DMA");
    expect(zoneOf(0xcccn)).toBe("DMA32");
    expect(zoneOf(0xcc2n)).toBe("Normal");
    expect(zoneOf(0xcc2n, true)).toBe("HighMem");
  });
});
