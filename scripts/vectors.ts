import { checkVector, eraOfFile } from "./vectors/check.js";
import { FolderError, readVectors } from "./vectors/files.js";

/**
 * `npm run vectors -- DIR`: replays every scenario of a folder on every kernel of it, names each failure, and ends with
 * `N passed, N failed`. A unit is one scenario on one kernel. Exit status 1 on any failure.
 */
async function main(argv: readonly string[]): Promise<number> {
  const [folder] = argv;
  if (folder === undefined || argv.length > 1) {
    console.error("usage: npm run vectors -- DIR");
    return 2;
  }
  const { scenarios, kernels } = await readVectors(folder);
  let passed = 0;
  let failed = 0;
  for (const { name, units } of kernels) {
    const era = eraOfFile(name);
    for (const { id, expect } of units) {
      const scenario = scenarios.get(id);
      const mismatches =
        scenario === undefined
          ? [{ field: "scenario", expected: id, actual: "none" }]
          : checkVector(scenario, era, expect);
      if (mismatches.length === 0) {
        passed++;
        continue;
      }
      failed++;
      const list = mismatches.map(({ field, expected, actual }) => `${field} ${actual}, expected ${expected}`);
      console.log(`${name} ${id}: ${list.join("; ")}`);
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof FolderError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
