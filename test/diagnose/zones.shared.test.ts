import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { decodeBytes } from "../../src/model/text.js";
import { renderText } from "../../src/render/index.js";
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

describe("the proof that only some nodes were allowed", () => {
  function proofOf(run: string, id: string): unknown {
    const file = `${run}.dmesg`;
    const analysis = firstOf({ file, text: decodeBytes(readFileSync(`${shared}lab/runs/${file}`)) });
    return analysis.findings.find((finding) => finding.id === id)?.evidence[0];
  }

  it("is the nodes themselves where the constraint is always NONE (v5.0; it cited CONSTRAINT_NONE)", () => {
    expect(proofOf("5.0.0_amd64_n_bind", "numa-mempolicy")).toMatchObject({
      name: "nodemask",
      value: "1",
      lines: [313],
    });
    expect(proofOf("5.0.0_amd64_n_cpuset1", "cpuset-limit")).toMatchObject({
      name: "mems_allowed",
      value: "1",
      lines: [312],
    });
  });

  it("of a cpuset is mems_allowed where the nodemask is that in disguise (v4.9)", () => {
    expect(proofOf("4.9.154_amd64_n_cpuset1", "cpuset-limit")).toMatchObject({
      name: "mems_allowed",
      value: "1",
      lines: [275],
    });
  });
});

describe("free blocks of the order that was asked for", () => {
  it("are told by the lists that they are on, without marks too (only that none is usable was told)", () => {
    const { accounting, findings } = firstOf(publicLog("164"));
    expect(accounting?.freeBlocks).toEqual([
      { node: null, zone: "DMA32", eligible: true, sizes: [], lines: [23] },
      {
        node: null,
        zone: "Normal",
        eligible: true,
        sizes: [{ blockKb: 32, blocks: 1, types: "H", usable: "none" }],
        lines: [24],
      },
    ]);
    const [top] = findings;
    expect(top?.meaning).toContain(
      "Of order 3 and up DMA32 has none; Normal has 1 block of 32 KiB, kept for atomic requests (H).",
    );
    expect(top?.evidence[0]).toEqual({ name: "asked for in", value: "devkmsg_open", unit: "", lines: [10] });
    expect(firstOf(publicLog("156")).findings[0]?.evidence[0]).toMatchObject({ value: "kvm_set_irq_routing" });
  });

  it("are counted at most, where lists that may not be used have such as well", () => {
    const blocks = firstOf(publicLog("097")).accounting?.freeBlocks ?? [];
    const normal = blocks.find(({ node, zone }) => node === 0 && zone === "Normal");
    expect(normal?.sizes.find(({ blockKb }) => blockKb === 32)).toEqual({
      blockKb: 32,
      blocks: 285,
      types: "UMEH",
      usable: "some",
    });
  });

  it("are of no interest to a request of one page", () => {
    expect(firstOf(publicLog("058")).accounting?.freeBlocks).toEqual([]);
  });
});

describe("low memory of a 32-bit kernel", () => {
  it("is full of cache where the zones say so, and no 64-bit kernel helps (it blamed the kernel's own data)", () => {
    const [top, second] = firstOf(publicLog("058")).findings;
    expect(top).toMatchObject({ id: "lowmem-exhausted", confidence: "medium" });
    expect(top?.title).toBe(
      "Low memory (DMA, Normal) is full of cache that was not reclaimed: 781 MiB of 841 MiB are file cache, while 1.00 GiB, 52 % of RAM, of high memory are free",
    );
    expect(top?.evidence.find(({ name }) => name === "active_file of the eligible zones")?.lines).toEqual([53, 60]);
    expect(top?.advice.join(" ")).not.toContain("64-bit");
    expect(second?.id).toBe("file-cache-not-reclaimed");
    expect(second?.title).toContain("of the zones that the request could use");
  });

  it("is small where most of it was reserved at boot (only a 64-bit kernel was advised)", () => {
    const [top, second] = firstOf(publicLog("080")).findings;
    expect(top?.title).toContain(
      "Low memory (DMA) is used up: of 768 MiB only 46.0 MiB are left to the kernel, while ",
    );
    expect(second?.id).toBe("reserved-memory-large");
  });

  it("is full of the kernel's own data otherwise", () => {
    const [top] = firstOf(publicLog("149")).findings;
    expect(top).toMatchObject({ id: "lowmem-exhausted", confidence: "high" });
    expect(top?.advice[0]).toContain("64-bit");
  });
});

describe("the rows against the counters", () => {
  it("count mapped files of ramfs once (they were unevictable and mapped, so the rows seemed to lack a quarter)", () => {
    const file = "6.1.0-50-686-pae_i386_g_file.dmesg";
    const { accounting } = firstOf({ file, text: decodeBytes(readFileSync(`${shared}lab/runs/${file}`)) });
    expect(accounting?.tasks?.coveragePercent).toBeGreaterThan(98);
    expect(accounting?.tasks?.coveragePercent).toBeLessThan(102);
  });
});

describe("the tables of nodes and zones", () => {
  it("show what is not accounted for at 80 columns too (that column was dropped there)", () => {
    const text = renderText(firstOf(publicLog("001")), { width: 80, paint: null, verbose: true, trace: false });
    const lines = text.replaceAll("\u00a0", " ").split("\n");
    expect(lines.find((line) => /^ +node +size/.test(line))).toContain("unaccounted");
    expect(lines.find((line) => /^ +0 {2}15\.5 GiB/.test(line))).toMatch(/117 MiB +15\.1 GiB +111 MiB {2}\S/);
    expect(lines.find((line) => /^ +Node 0 Normal +12\.7 GiB/.test(line))).toContain(" 103 MiB ");
    expect(lines.filter((line) => line.length > 80 && line.includes("GiB"))).toEqual([]);
  });
});
