import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import List from "../../commands/list.js";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { runCommand, runScript } from "./harness.js";

describe("--output", () => {
  it("replaces a file and leaves nothing beside it", async () => {
    const folder = temporaryFolder({ "empty.log": "", "out.json": "before" });
    const out = join(folder, "out.json");
    const { stdout } = await runCommand(List, ["--json", "--output", out, join(folder, "empty.log")]);
    expect(stdout).toBe("");
    expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({ reports: [] });
    expect(readdirSync(folder).sort()).toEqual(["empty.log", "out.json"]);
  });

  it("writes through a link", async () => {
    const folder = temporaryFolder({ "target.json": "before" });
    symlinkSync("target.json", join(folder, "link.json"));
    await runCommand(List, ["--json", "--output", join(folder, "link.json"), "/dev/null"]);
    expect(readlinkSync(join(folder, "link.json"))).toBe("target.json");
    expect(readFileSync(join(folder, "target.json"), "utf8")).toContain("reports");
  });

  it("writes to a device as it is", async () => {
    const { status } = await runCommand(List, ["--json", "--output", "/dev/null", "/dev/null"]);
    expect(status).toBe(1);
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it("keeps from whom the file before was kept", async () => {
    const folder = temporaryFolder({ "out.json": "before" });
    const out = join(folder, "out.json");
    chmodSync(out, 0o600);
    await runCommand(List, ["--json", "--output", out, "/dev/null"]);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readFileSync(out, "utf8")).toContain("reports");
  });

  it("writes into no file that somebody else has laid in its way", async () => {
    const folder = temporaryFolder({ precious: "precious" });
    symlinkSync("precious", join(folder, `.out.json.${process.pid}.tmp`));
    await runCommand(List, ["--json", "--output", join(folder, "out.json"), "/dev/null"]);
    expect(readFileSync(join(folder, "precious"), "utf8")).toBe("precious");
    expect(readdirSync(folder).sort()).toEqual(["out.json", "precious"]);
  });

  it("- is standard output", async () => {
    const { stdout } = await runCommand(List, ["--json", "--output", "-", "/dev/null"]);
    expect(JSON.parse(stdout)).toMatchObject({ reports: [] });
  });

  it("on a full disk ends with 2", async () => {
    const { status, stderr } = await runScript("oomlog list --json --output /dev/full /dev/null");
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining("oomlog: /dev/full: no space left on device"),
    });
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("leaves no half file at %s", async (signal) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "out.json"), "before");
    const argv = [join(root, "bin/oomlog.js"), "list", "--json", "--output", join(folder, "out.json"), "-"];
    const child = spawn(process.execPath, argv, { stdio: ["pipe", "inherit", "inherit"] });
    child.stdin?.write("text\n");
    while (readdirSync(folder).length < 2) await setTimeout(10);
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([null, signal]);
    expect(readdirSync(folder)).toEqual(["out.json"]);
    expect(readFileSync(join(folder, "out.json"), "utf8")).toBe("before");
  });
});

describe("standard output", () => {
  it("that is full ends with 2", async () => {
    const { status, stderr } = await runScript("oomlog list --json /dev/null >/dev/full");
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining("oomlog: standard output: no space left on device"),
    });
  });

  it("that is closed ends every command in every format with 0, and says nothing", async () => {
    const reading = ["explain", "list", "replay", "triage"].flatMap((command) =>
      ["text", "json", "ndjson", "markdown"].map((format) => `${command} --quiet --format ${format}`),
    );
    const tables = ["csv", "ndjson", "parquet", "sql"].map(
      (format) => `export --quiet --table tasks --format ${format}`,
    );
    const commands = [
      ...reading,
      ...tables,
      "explain --quiet --html -",
      "triage --quiet --html -",
      "export --quiet --prometheus",
      "export --quiet --otlp",
      "watch --quiet",
      "watch --quiet --ndjson",
      "page",
      "eras",
      "completion bash",
      "--help",
      "explain --help",
    ];
    // Whoever reads is gone before a word is written.
    const runs = commands.map((command, at) => {
      const run = `oomlog ${command} < <(sleep 2; cat "$log") | true; echo "$PIPESTATUS ${command}"`;
      return `(${run}) >out${at} 2>&1 &`;
    });
    const script = [...runs, "wait", ...commands.map((_, at) => `cat out${at}`)].join("\n");
    const log = join(root, "samples/6.12.117+deb13-cloud-amd64_amd64/g_uid_max.log");
    const { stdout } = await runScript(script, { env: { log }, cwd: temporaryFolder() });
    expect(stdout.split("\n").slice(0, -1)).toEqual(commands.map((command) => `0 ${command}`));
  }, 300_000);
});
