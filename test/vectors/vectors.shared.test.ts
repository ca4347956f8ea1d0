import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkVector, eraOfFile } from "../../scripts/vectors/check.js";
import { readVectors } from "../../scripts/vectors/files.js";

const folder = fileURLToPath(new URL("../../../shared/vectors", import.meta.url));

describe("every shared vector", () => {
  it("is what the replay does", async () => {
    const { scenarios, kernels } = await readVectors(folder);
    const failures: string[] = [];
    let passed = 0;
    for (const { name, units } of kernels) {
      const era = eraOfFile(name);
      for (const { id, expect: expected } of units) {
        const scenario = scenarios.get(id);
        if (scenario !== undefined && checkVector(scenario, era, expected).length === 0) passed++;
        else failures.push(`${name} ${id}`);
      }
    }
    expect(failures).toEqual([]);
    expect(passed).toBe(3587);
  });
});
