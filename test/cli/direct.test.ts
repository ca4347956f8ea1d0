import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isDirect } from "../../src/cli/direct.js";
import { root } from "../house/imports.js";
import { runProgram } from "./harness.js";

const commands = readdirSync(join(root, "commands")).map((name) => name.replace(".ts", ""));

describe("a command by itself", () => {
  it("is one that reads logs", () => {
    const usesAll = ["completion", "eras", "page"];
    expect(commands.filter((name) => !isDirect([name]))).toEqual(usesAll);
  });

  it("leaves help, versions and slips of the pen to oclif", () => {
    for (const argv of [[], ["--help"], ["-V"], ["help", "list"], ["explian"], ["list", "-h"], ["list", "x", "--help"]])
      expect(isDirect(argv)).toBe(false);
    expect(isDirect(["list", "--", "--help"])).toBe(true);
    expect(isDirect(["constructor"])).toBe(false);
  });

  it("says what it says through oclif, from the folder of the package", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const sample = join(root, "samples/7.3.4+deb13-cloud-amd64_amd64/m2_nested.log");
    const otlp = await runProgram(["export", "--otlp", sample]);
    expect(otlp.stdout).toContain(`"version":"${version}"`);
    const unknown = await runProgram(["explain", "--no-such-flag"]);
    expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining("no flag --no-such-flag") });
  });

  it("knows months beyond ASCII from its compiled code too (its source was read as Latin-1)", async () => {
    const { stdout } = await runProgram(["list", "--tz", "UTC"], {
      input: "[一 11月 23 15:43:38 2026] x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n",
    });
    expect(stdout).toContain("2026-11-23T15:43:38Z");
  });
});
