import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { root } from "./imports.js";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Runs a test file of its own, from a folder in which vitest is found. */
function runTests(body: string, ...argv: string[]): { status: number | null; closing: string | undefined } {
  const folder = mkdtempSync(join(root, "node_modules/.oomlog-reporter-"));
  folders.push(folder);
  writeFileSync(join(folder, "a.test.ts"), `import { expect, it } from "vitest";\n${body}`);
  writeFileSync(
    join(folder, "vitest.config.ts"),
    `export default { test: { include: ["*.test.ts"], exclude: [], reporters: ["../../test/house/honest-reporter.ts"] } };`,
  );
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const { status, stdout } = spawnSync(process.execPath, [vitest, "run", "--allowOnly", "--root", folder, ...argv], {
    encoding: "utf8",
  });
  return { status, closing: stdout.trimEnd().split("\n").at(-1) };
}

describe("the closing line of a test run", () => {
  it.each([
    ["counts what passes", `it("a", () => {});\nit("b", () => {});`, 0, "2 passed, 0 failed"],
    [
      "counts what fails, is skipped, skips itself or is to do as failed",
      `it("a", () => {});
      it("b", () => expect(1).toBe(2));
      it.skip("c", () => {});
      it("d", (context) => context.skip());
      it.todo("e");`,
      1,
      "1 passed, 4 failed",
    ],
    ["counts what a focused test leaves out", `it("a", () => {});\nit.only("b", () => {});`, 1, "1 passed, 1 failed"],
    ["counts a file that does not load", `throw new Error("x");`, 1, "0 passed, 1 failed"],
    [
      "counts an error outside of tests",
      `it("a", () => void Promise.reject(new Error("x")));`,
      1,
      "1 passed, 1 failed",
    ],
  ])("%s", (_, body, status, closing) => {
    expect(runTests(body)).toEqual({ status, closing });
  });

  it("takes tests that a filter leaves out for no failure", () => {
    expect(runTests(`it("a", () => {});\nit("b", () => {});`, "-t", "a")).toEqual({
      status: 0,
      closing: "1 passed, 0 failed",
    });
  });
});
