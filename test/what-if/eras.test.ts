import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import Eras from "../../commands/eras.js";
import { eraTable } from "../../src/kernel/eras/era-table.js";
import { eraById, mainlineRows } from "../../src/kernel/eras/table.js";
import { runCommand } from "../cli/harness.js";
import { root } from "../house/imports.js";

async function eras(...argv: string[]): Promise<string> {
  const { status, stdout, stderr } = await runCommand(Eras as never, argv);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

describe("oomlog eras", () => {
  it("--markdown is docs/kernel-eras.md", async () => {
    const page = readFileSync(join(root, "docs/kernel-eras.md"), "utf8");
    expect(await eras("--markdown"), "write it anew: oomlog eras --markdown --output docs/kernel-eras.md").toBe(page);
  });

  it("tells what kernel-facts.md confirms", async () => {
    const text = await eras();
    expect(text).toContain("R13    v5.9");
    expect(text.replace(/\s+/g, " ")).toContain("Since Linux commit a7f638f999ff (page scale) (v3.5)");
  });

  it("--json has every row, each of an era that exists", async () => {
    const { schemaVersion, newestKernelRead, ruleSets, lines } = JSON.parse(await eras("--json"));
    expect({ schemaVersion, newestKernelRead }).toEqual({ schemaVersion: 1, newestKernelRead: "v7.3" });
    expect(ruleSets.map(({ id, since }: { id: string; since: string }) => `${id} ${since}`)).toEqual([
      "L1 v2.6.18",
      "L2 v2.6.20",
      "L3 v2.6.25",
      "L4 v2.6.32",
      "R1 v2.6.36",
      "R2 v2.6.39",
      "R3 v3.2",
      "R4 v3.5",
      "R5 v3.14",
      "R6 v4.0",
      "R7 v4.7",
      "R8 v4.9",
      "R9 v4.15",
      "R10 v4.17",
      "R11 v5.1",
      "R12 v5.3",
      "R13 v5.9",
    ]);
    expect(lines[0].changes).toHaveLength(mainlineRows.length);
    for (const { changes } of lines) for (const { era } of changes) expect(eraById(era)?.id).toBe(era);
  });

  it("stays within 80 columns", async () => {
    for (const line of (await eras()).split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
  });
});

describe("the rule sets", () => {
  it("say of each trait what the era table of the facts says", () => {
    const { ruleSets } = eraTable();
    const of = (id: string) => ruleSets.find((set) => set.id === id);
    expect(of("R2")).toMatchObject({
      points: "(rss + swap + nr_ptes) × 1000 / T + adj, in 32 bits",
      bounds: "1 to 1000",
    });
    expect(of("R7")).toMatchObject({
      scan: "processes",
      tie: "last (memcg: first)",
      root: "3 % of its own points less",
    });
    expect(of("R10")).toMatchObject({ root: "nothing", child: "the child with the most points" });
    expect(of("R13")).toMatchObject({ bounds: "none, signed", tie: "last", child: "nobody" });
  });
});
