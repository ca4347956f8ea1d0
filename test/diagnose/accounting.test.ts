import { describe, expect, it } from "vitest";
import type { Accounting } from "../../src/model/accounting.js";
import { renderText } from "../../src/render/index.js";
import { sample } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";

function accountingOf(name: string, report = 1): Accounting {
  const accounting = analyseText(name, sample(name).lines)[report - 1]?.accounting;
  if (accounting === undefined) throw new Error(`${name} has no report ${report}`);
  return accounting;
}

function termsOf({ balance }: Accounting): Record<string, number> {
  return Object.fromEntries((balance?.terms ?? []).map(({ id, pages }) => [id, pages]));
}

describe("the balance of a machine", () => {
  it("counts shmem inside the anonymous LRU (v4.4, tmpfs files)", () => {
    const accounting = accountingOf("4.4.155_amd64/g_tmpfs");
    expect(accounting.balance?.total).toEqual({
      name: "RAM",
      pages: 65406 - 2506,
      lines: [56, 58],
      formula: "pages RAM − pages reserved",
    });
    expect(termsOf(accounting)).toEqual({
      free: 492,
      perCpu: 65,
      anonymous: 24079 + 36847,
      file: 0,
      unevictable: 0,
      slabReclaimable: 190,
      slabUnreclaimable: 651,
      pageTables: 63,
      kernelStacks: 640 / 4,
      hugePages: 0,
      bounce: 0,
    });
    expect(accounting.balance?.within.find(({ id }) => id === "shmem")).toMatchObject({
      pages: 36881,
      lines: [45],
      inside: ["anonymous", "unevictable"],
    });
    expect(accounting.balance?.residue.pages).toBe(62900 - 492 - 65 - 60926 - 190 - 651 - 63 - 160);
  });

  it("reads per-CPU lists where no counter sums them up (v2.6.32)", () => {
    const accounting = accountingOf("2.6.32.67_amd64/g_many");
    expect(termsOf(accounting)).toMatchObject({ free: 733, perCpu: 38 + 27, anonymous: 59942 + 353, unevictable: 143 });
  });

  it("reads node lines for what the global counters leave out (v7.3)", () => {
    const accounting = accountingOf("7.3.4+deb13-cloud-amd64_amd64/g_comm_fake");
    expect(termsOf(accounting)).toMatchObject({ perCpu: 2099, secondaryPageTables: 0, balloon: 0, zspages: 0, gpu: 0 });
    expect(termsOf(accounting)["kernelStacks"]).toBeGreaterThan(0);
  });

  it("is not made for the limit of a memory cgroup", () => {
    expect(accountingOf("3.10.105_amd64/m1_k8s")).toMatchObject({
      balance: null,
      nodes: [],
      zones: [],
      watermarks: [],
    });
  });
});

describe("the balance of a memory cgroup", () => {
  const name = "7.3.4+deb13-cloud-amd64_amd64/m2_nested";
  const { lines } = sample(name);
  const from = lines.findIndex((line) => line.includes("Memory cgroup stats for"));
  const to = lines.findIndex((line) => line.includes("Tasks state"));

  it("counts a cgroup once whose statistics stand twice, the beginning of the next report being lost (it doubled)", () => {
    const twice = [...lines.slice(0, to), ...lines.slice(from, to), ...lines.slice(to)];
    const [once, doubled] = [lines, twice].map((text) => analyseText(name, text)[0]?.accounting?.memcg);
    expect(once?.consistent).toBe(true);
    expect(doubled?.terms).toEqual(once?.terms);
    expect(doubled?.residue).toEqual(once?.residue);
  });

  it("says where its parts exceed the usage, as that of a machine does", () => {
    const edited = lines.map((line) => line.replace(/^(?<before>.*\banon )\d+$/, "$<before>1000000000"));
    const [analysis] = analyseText(name, edited);
    if (analysis === undefined) throw new Error("no report");
    expect(analysis.accounting?.memcg?.consistent).toBe(false);
    expect(renderText(analysis, { width: 200, paint: null, verbose: false, trace: false })).toContain(
      "The parts exceed the whole",
    );
  });
});

describe("the watermarks", () => {
  it("hold back the reserve of lower zones, and count what the request may use", () => {
    const [dma, dma32] = accountingOf("7.3.4+deb13-cloud-amd64_amd64/g_comm_fake").watermarks;
    expect(dma).toMatchObject({
      zone: "DMA",
      eligible: true,
      freeKb: 912,
      minKb: 128,
      reserveKb: 216 * 4,
      usableKb: 912,
      passes: "none",
    });
    expect(dma32).toMatchObject({ zone: "DMA32", freeKb: 1556, minKb: 1784, reserveKb: 0, passes: "none" });
  });

  it("contain the boost after fragmentation", () => {
    const dma32 = accountingOf("6.12.107+deb13-cloud-amd64_amd64/g_socks", 2).watermarks[1];
    expect(dma32).toMatchObject({ freeKb: 5420, boostKb: 3760, minKb: 5436, passes: "none" });
  });

  it("leave out the nodes that a memory policy forbids", () => {
    const { watermarks } = accountingOf("5.0.0_amd64/n_bind");
    expect(new Set(watermarks.filter(({ eligible }) => eligible).map(({ node }) => node)).size).toBe(1);
  });
});

describe("the accounts of a memory cgroup", () => {
  it("add up to its usage on v2", () => {
    const { memcg } = accountingOf("7.3.4+deb13-cloud-amd64_amd64/m2_nested");
    expect(memcg).toMatchObject({ path: "/P", level: "ancestor", limitName: "memory" });
    const sum = (memcg?.terms ?? []).reduce((total, { pages }) => total + pages, memcg?.residue?.pages ?? Number.NaN);
    expect(sum).toBeCloseTo(memcg?.usage.pages ?? 0, 6);
  });

  it("name the victim's own cgroup on v1", () => {
    const { memcg } = accountingOf("3.10.105_amd64/m1_k8s");
    expect(memcg).toMatchObject({ level: "own", limitName: "memory" });
    expect(memcg?.path).toMatch(/^\/kubepods/);
  });
});

describe("the task table", () => {
  it("is added up by name", () => {
    const { tasks } = accountingOf("4.4.155_amd64/g_tmpfs");
    expect(tasks?.rowCount).toBe(tasks?.rss.lines.length);
    expect(tasks?.names[0]).toMatchObject({ name: "app2", processes: 1 });
  });
});
