import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";

const log = join(root, "samples/4.18.0-147.el8.x86_64_amd64/m2_k8s.log");

let built = "";

/** What each of the two is run by. */
const programs: readonly { readonly file: string; readonly by: readonly string[] }[] = [
  { file: "oomlog.cjs", by: [process.execPath] },
  { file: "oomlog", by: [] },
];

describe("the program in one file", () => {
  beforeAll(() => {
    built = mkdtempSync(join(tmpdir(), "oomlog-built-"));
    execFileSync(process.execPath, [join(root, "dist/scripts/standalone.js"), built]);
    execFileSync(process.execPath, [join(root, "dist/scripts/executable.js"), built]);
  }, 300_000);
  afterAll(() => rmSync(built, { recursive: true }));

  describe.each(programs)("$file", ({ file, by }) => {
    const alone = mkdtempSync(join(tmpdir(), "oomlog-alone-"));
    beforeAll(() => copyFileSync(join(built, file), join(alone, file)));
    afterAll(() => rmSync(alone, { recursive: true }));

    function run(parameters: readonly string[], input?: string) {
      const folder = temporaryFolder();
      const [program = "", ...rest] = [...by, join(alone, file), ...parameters];
      const { status, stdout, stderr } = spawnSync(program, rest, {
        cwd: folder,
        encoding: "utf8",
        // No Node, nor anything else, on the path.
        env: { PATH: "/nonexistent", HOME: folder },
        ...(input === undefined ? {} : { input }),
      });
      return { status, stdout, stderr, folder };
    }

    it("needs no file beside it", () => {
      const { status, stdout, stderr } = run(["explain", log]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toMatch(/^Killed +java \(pid 29, uid 0\): 57\.6 MiB resident\n/);
    });

    it("prints what the installed program prints", () => {
      const bin = join(root, "bin/oomlog.js");
      for (const parameters of [["list", "--json", log], ["triage", "--help"], ["--help"]]) {
        const installed = spawnSync(process.execPath, [bin, ...parameters], { encoding: "utf8", env: { PATH: "" } });
        expect([parameters, run(parameters).stdout]).toEqual([parameters, installed.stdout]);
      }
    });

    it("reads a pipe", () => {
      const { status, stdout } = run(["list", "--ndjson"], readFileSync(log, "utf8"));
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ source: "-", verdict: "agrees" });
    });

    it("writes Parquet, whose library is loaded when it is needed", () => {
      const { status, folder } = run(["export", "--format", "parquet", "--output", "kills.parquet", log]);
      expect(status).toBe(0);
      expect(statSync(join(folder, "kills.parquet")).size).toBeGreaterThan(1000);
    });

    it("brings the page", () => {
      const { status, folder } = run(["explain", "--html", "oom.html", log]);
      expect(status).toBe(0);
      expect(readFileSync(join(folder, "oom.html"), "utf8")).toContain("java");
      expect(run(["page"]).stdout).toMatch(/^<!doctype html>/i);
    });

    it("says what was meant, with status 2", () => {
      expect(run(["explian", log])).toMatchObject({ status: 2, stdout: "" });
      expect(run(["explian"]).stderr).toBe("oomlog: explian is not a command\n  Did you mean: oomlog explain\n");
      expect(run(["list", "--hosts", "a"]).stderr).toContain("Did you mean --host?");
    });
  });

  it("leaves nothing else", () => {
    expect(existsSync(join(built, "oomlog.new"))).toBe(false);
  });
});
