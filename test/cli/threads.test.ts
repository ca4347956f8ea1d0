import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { runProgram, runScript } from "./harness.js";

const sample = (name: string): string => readFileSync(join(root, "samples", name), "utf8");
const global = sample("6.12.117+deb13-cloud-amd64_amd64/g_uid_max.log");
const cgroup = sample("7.3.4+deb13-cloud-amd64_amd64/m2_nested.log");
const stuck = sample("6.18.15+deb13-cloud-amd64_amd64/m2_stuck.log");

/** So much that workers are worth their start. */
const noise = "Oct 17 10:03:07 web-1 sshd[812]: Accepted publickey for deploy from 192.0.2.7 port 22 ssh2\n".repeat(
  60_000,
);

function fleet(): string {
  return temporaryFolder({
    "a.log": `${noise}${global}`,
    "b.log": cgroup.repeat(40),
    "c.log.gz": gzipSync(stuck),
    "d.log": `${stuck}${noise}`,
    "e.tar.bz2": Buffer.from("BZh9 damaged"),
    "f.log": "no log of a kernel\n",
    "g.log": global,
  });
}

describe("--threads", () => {
  it("changes nothing in what is written, on either stream", async () => {
    const folder = fleet();
    const paths = [join(folder, "missing.log"), folder, "-", join(folder, "a.log")];
    for (const command of [["explain", "--json"], ["list"]]) {
      const argv = (threads: string): string[] => [...command, "--threads", threads, ...paths];
      const one = await runProgram(argv("1"), { input: cgroup });
      const three = await runProgram(argv("3"), { input: cgroup });
      expect(one.stdout.length).toBeGreaterThan(500);
      expect(three).toEqual(one);
    }
  });

  it("ends early where no more is wanted", async () => {
    const folder = fleet();
    const { stdout, status } = await runProgram(["list", "--report", "1", "--threads", "3", "--quiet", folder]);
    expect(stdout.split("\n")).toHaveLength(2);
    expect(status).toBe(0);
    const cut = await runScript(`oomlog explain --threads 3 -q "${folder}" | head -n 1; echo "\${PIPESTATUS[0]}"`);
    expect(cut).toMatchObject({ stdout: expect.stringMatching(/\n0\n$/), stderr: "" });
  });

  it("takes a number", async () => {
    const { status, stderr } = await runProgram(["list", "--threads", "0", "x.log"]);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "oomlog: --threads 0: not a number of threads\n  Give 1 to 99\n",
    });
  });
});
