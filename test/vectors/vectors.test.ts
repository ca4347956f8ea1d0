import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkVector, eraOfFile } from "../../scripts/vectors/check.js";
import { readVectors } from "../../scripts/vectors/files.js";
import type { Era } from "../../src/model/traits.js";

const folder = fileURLToPath(new URL("data", import.meta.url));
const { scenarios, kernels } = await readVectors(folder);

function failuresOn(era: Era, kernel: (typeof kernels)[number]): readonly string[] {
  return kernel.units.flatMap(({ id, expect: expected }) => {
    const scenario = scenarios.get(id);
    if (scenario === undefined) return [`${id}: no such scenario`];
    return checkVector(scenario, era, expected).map(
      ({ field, expected: want, actual }) => `${id}: ${field} is ${actual}, not ${want}`,
    );
  });
}

describe("what real kernels did with the scenarios", () => {
  it("is all there", () => {
    expect(scenarios.size).toBe(72);
    expect(kernels.length).toBe(52);
    expect(kernels.reduce((sum, { units }) => sum + units.length, 0)).toBe(3587);
  });

  it.each(kernels.map((kernel) => [kernel.name, kernel] as const))("is what the replay does: %s", (name, kernel) => {
    expect(failuresOn(eraOfFile(name), kernel)).toEqual([]);
  });
});

describe("the check", () => {
  const kernel = kernels.find(({ name }) => name === "v6.8");
  if (kernel === undefined) throw new Error("no vectors of v6.8");

  /** Values of single traits that some scenario tells apart from those of v6.8. */
  it.each([
    ["globalTie", { globalTie: "first" }],
    ["memcgTie", { memcgTie: "first" }],
    ["childSacrifice", { childSacrifice: "largest" }],
    ["rootBonus", { rootBonus: "3-percent" }],
    ["pointsClamp", { pointsClamp: "at-least-1" }],
    ["pageTablesInPoints", { pageTablesInPoints: "nr_ptes+nr_pmds" }],
    ["nodeTotal", { nodeTotal: "spanned" }],
    ["vfork", { vfork: "not-tested" }],
    ["reapedVictim", { reapedVictim: "aborts" }],
    ["oomGroup", { oomGroup: "none" }],
    ["mmSharers", { mmSharers: "none" }],
    ["domainTest", { domainTest: "points-and-scan" }],
    ["memcgTotal", { memcgTotal: "swappiness" }],
  ] as const)("fails when %s is another kernel's", (_name, other) => {
    const era = eraOfFile("v6.8");
    expect(failuresOn({ ...era, traits: { ...era.traits, ...other } }, kernel)).not.toEqual([]);
  });
});
