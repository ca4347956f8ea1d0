import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { decodeBytes } from "../../src/model/text.js";
import { analyseText } from "../replay/analyse-text.js";

const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));

function publicLog(number: string): { readonly file: string; readonly text: string } {
  const folder = `${shared}corpus/logs/`;
  const file = readdirSync(folder).find((one) => one.startsWith(`${number}-`)) ?? number;
  return { file, text: decodeBytes(readFileSync(folder + file)) };
}

function firstOf({ file, text }: { readonly file: string; readonly text: string }): Analysis {
  const [first] = analyseText(file, text.split("\n"));
  if (first === undefined) throw new Error(`${file} has no report`);
  return first;
}

function reserves({ accounting }: Analysis): Record<string, number | null> {
  return Object.fromEntries((accounting?.watermarks ?? []).map(({ zone, reserveKb }) => [zone, reserveKb]));
}

describe("lowmem_reserve", () => {
  it("keeps nothing of DMA from the kernel where Normal is empty (it took what is kept from HighMem)", () => {
    expect(reserves(firstOf(publicLog("080")))).toEqual({ DMA: 0, HighMem: 0 });
  });

  it("keeps nothing of DMA from the kernel whatever it keeps from movable pages (it called CMA's zone reserved)", () => {
    const log = publicLog("069");
    expect(reserves(firstOf(log))).toEqual({ DMA: 0, HighMem: 0 });
    const asMainlinePrints = log.text.replace("lowmem_reserve[]: 0 0 1216 0", "lowmem_reserve[]: 0 0 60000 60000");
    expect(asMainlinePrints).not.toBe(log.text);
    expect(reserves(firstOf({ ...log, text: asMainlinePrints }))).toEqual({ DMA: 0, HighMem: 0 });
  });

  it("keeps of DMA what Normal's entry says, and not HighMem's", () => {
    expect(reserves(firstOf(publicLog("149")))).toEqual({ DMA: 867 * 4, Normal: 0, HighMem: 0 });
    // The kernel under test printed another last entry.
    expect(reserves(firstOf(publicLog("058")))).toEqual({ DMA: 824 * 4, Normal: 0, HighMem: 0 });
  });
});
