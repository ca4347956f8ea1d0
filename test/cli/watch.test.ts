import { spawn } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { runProgram } from "./harness.js";

const log = readFileSync(join(root, "samples/6.12.117+deb13-cloud-amd64_amd64/g_uid_max.log"), "utf8");

/** Starts the built program; resolves when it was stopped by SIGTERM after `isDone`. */
function watchUntil(
  argv: readonly string[],
  isDone: (stdout: string) => boolean,
  onStart: () => void,
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, "bin/oomlog.js"), "watch", ...argv]);
    const written = { stdout: "", stderr: "" };
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      written.stderr += text;
      if (text.includes("waiting for it")) onStart();
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      written.stdout += text;
      if (isDone(written.stdout)) child.kill("SIGTERM");
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, ...written }));
  });
}

describe("watch", () => {
  it("tells kills of a growing file, calls a command for each, and ends when it is asked to", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "kern.log");
    const seen = join(folder, "seen");
    const { status, stdout } = await watchUntil(
      ["--ndjson", "--cursor", join(folder, "cursor"), "--exec", `cat >>'${seen}'`, path],
      (text) => text.endsWith("\n"),
      () => writeFileSync(path, log),
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout).report.kills[0].name).toBe("big");
    expect(JSON.parse(readFileSync(seen, "utf8"))).toEqual(JSON.parse(stdout));
    // Another run has nothing to tell of what was told.
    appendFileSync(path, "usb 1-1: new device\n");
    const cursor = JSON.parse(readFileSync(join(folder, "cursor"), "utf8"));
    expect(cursor.told).toHaveLength(1);
  });

  it("never puts text of the log into the command", async () => {
    const folder = temporaryFolder();
    const evil = log.replaceAll("(big)", "($(touch x))");
    const { status, stdout } = await runProgram(["watch", "--ndjson", "--exec", "cat >/dev/null"], {
      input: evil,
      cwd: folder,
    });
    expect(status).toBe(0);
    expect(stdout).toContain("$(touch x)");
    expect(() => readFileSync(join(folder, "x"))).toThrow();
  });

  it("says when the command fails, and goes on", async () => {
    const { status, stdout, stderr } = await runProgram(["watch", "--exec", "exit 3"], { input: log });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Killed/);
    expect(stderr).toContain("--exec exit 3: ended with status 3");
  });

  it("refuses a cursor file that is none, or of another source", async () => {
    const folder = temporaryFolder({
      a: "text",
      b: '{"source":"x","position":null,"line":0,"sequence":null,"told":[]}',
      c: '{"source":"-","position":{"device":1,"inode":1,"byteOffset":-1},"line":0,"sequence":null,"told":[]}',
      d: "",
    });
    for (const [file, message] of [
      ["a", "is no cursor file"],
      ["c", "is no cursor file"],
      ["d", "is no cursor file"],
      ["b", "is of another source (x)"],
    ]) {
      const { status, stderr } = await runProgram(["watch", "--cursor", join(folder, String(file))], { input: log });
      expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(String(message)) });
    }
  });
});
