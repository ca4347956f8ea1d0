import { join } from "node:path";
import { describe, expect, it } from "vitest";
import Explain from "../../commands/explain.js";
import List from "../../commands/list.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { runCommand, runProgram } from "./harness.js";

describe("wrong usage ends with 2 and says what to do", () => {
  it.each([
    [["--jsn"], "there is no flag --jsn", "Did you mean --json?"],
    [["--zzzzzz"], "there is no flag --zzzzzz", "--help shows every flag"],
    [["--format", "xml"], "Expected --format=xml to be one of: text, json, ndjson, markdown", "--help"],
    [["--json", "--markdown"], "--markdown cannot also be provided when using --json", "--help"],
    [["--kernel", "foo"], "--kernel foo: not a kernel", "oomlog eras"],
    [["--strict"], "must be provided when using --strict: --check", "--help"],
    [["--output"], "Flag --output expects a value", "--help"],
    [["--report", "0"], "--report 0: not a report", "Give its number"],
    [["--report", "first"], "--report first: not a report", "Give its number"],
    [["--page-size", "5000"], "--page-size 5000: not a page size", "4096, 4K"],
    [["--page-size", "0x1000"], "--page-size 0x1000: not a page size", "4096, 4K"],
    [["--total-pages", "4GiB"], "--total-pages 4GiB: not a number of pages", "in pages"],
    [["--year", "26"], "--year 26: not a year", "four digits"],
    [["--tz", "Mars"], "--tz Mars: not a time zone", "Europe/Paris"],
  ])("%j", async (argv, message, hint) => {
    const { status, stdout, stderr } = await runCommand(Explain, argv);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^oomlog: /);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  it.each([
    [["explian", "x"], "explian is not a command", "Did you mean: oomlog explain x"],
    [["lst"], "lst is not a command", "Did you mean: oomlog list"],
    [["kern.log"], "kern.log is not a command", "To explain a log: oomlog explain kern.log"],
    [["--json", "kern.log"], "--json is not a command", "To explain a log: oomlog explain --json kern.log"],
  ])("oomlog %j", async (argv, message, hint) => {
    expect(await runProgram(argv)).toEqual({ status: 2, stdout: "", stderr: `oomlog: ${message}\n  ${hint}\n` });
  });
});

describe("help", () => {
  it("of the program names the commands, examples and exit statuses", async () => {
    const { status, stdout, stderr } = await runProgram(["--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("oomlog explain /var/log/kern.log");
    expect(stdout).toMatch(/^ {2}2 {2}wrong usage/m);
    expect(stdout).toMatch(/^ {2}explain +Say who was killed/m);
    expect(await runProgram([])).toEqual({ status, stdout, stderr });
    expect(await runProgram(["-h"])).toEqual({ status, stdout, stderr });
    expect(await runProgram(["help"])).toEqual({ status, stdout, stderr });
  });

  it("of a command names its flags", async () => {
    const { status, stdout } = await runProgram(["help", "list"]);
    expect(status).toBe(0);
    expect(stdout).toContain("--report=N|last|all");
    expect(stdout).toContain("journalctl -k | oomlog list --ndjson");
    expect((await runProgram(["list", "--help"])).stdout).toBe(stdout);
  });

  it("gives the version", async () => {
    const { status, stdout } = await runProgram(["--version"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^oomlog\/[0-9]+\.[0-9]+\.[0-9]+ /);
  });
});

describe("input without reports", () => {
  it("an empty file", async () => {
    const path = join(temporaryFolder({ "empty.log": "" }), "empty.log");
    expect(await runCommand(Explain, [path])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `oomlog: ${path}: It is empty.\noomlog: no OOM report in ${path} (0 lines)\n`,
    });
  });

  it("a log without OOM", async () => {
    const path = join(temporaryFolder({ "kern.log": "[    0.000000] Linux version 6.1.0\nx\n" }), "kern.log");
    expect(await runCommand(Explain, [path])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `oomlog: no OOM report in ${path} (2 lines)\n`,
    });
    expect(await runCommand(Explain, ["--quiet", path])).toMatchObject({ status: 1, stdout: "", stderr: "" });
  });

  it("a file that is not text", async () => {
    const { status, stderr } = await runCommand(List, [process.execPath]);
    expect(status).toBe(2);
    expect(stderr).toContain("is packed (ELF)");
    const path = join(temporaryFolder({ noise: Uint8Array.from({ length: 5000 }, (_, index) => index % 7) }), "noise");
    expect(await runCommand(List, [path])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("does not look like text"),
    });
  });

  it("an empty directory", async () => {
    const folder = temporaryFolder();
    expect(await runCommand(List, [folder])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `oomlog: no file in ${folder}\n`,
    });
  });

  it("gives a whole document all the same", async () => {
    const folder = temporaryFolder({ "empty.log": "" });
    const { stdout } = await runCommand(Explain, ["--json", join(folder, "empty.log")]);
    expect(JSON.parse(stdout)).toMatchObject({ analyses: [], notes: [{ code: "empty-source", line: null }] });
    expect(JSON.parse((await runCommand(List, ["--json", folder])).stdout)).toMatchObject({ reports: [] });
    expect((await runCommand(List, ["--ndjson", folder])).stdout).toBe("");
  });
});

describe("input that can not be read ends with 2", () => {
  it("a missing file", async () => {
    const path = join(temporaryFolder(), "missing");
    const { status, stdout, stderr } = await runCommand(Explain, [path]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^oomlog: .*missing: no such file or directory\n {2}Check the name/);
  });

  it("is said even when quiet", async () => {
    const path = join(temporaryFolder(), "missing");
    const { stderr } = await runCommand(Explain, ["--quiet", path]);
    expect(stderr).toContain("no such file or directory");
  });
});

describe("output", () => {
  it("that can not be written ends with 2", async () => {
    const { status, stderr } = await runCommand(Explain, ["--output", "/nonexistent/x", "/dev/null"]);
    expect(status).toBe(2);
    expect(stderr).toBe("oomlog: /nonexistent/x: no such file or directory\n  Nothing was written there\n");
  });

  it("to a directory ends with 2", async () => {
    const folder = temporaryFolder();
    for (const [flag, hint] of [
      ["--output", "Name a file for --output"],
      ["--html", "Name the page to write before the logs: --html page.html"],
    ]) {
      const { status, stderr } = await runCommand(Explain, [flag ?? "", folder, "/dev/null"]);
      expect(status).toBe(2);
      expect(stderr).toBe(`oomlog: ${folder}: is a directory\n  ${hint}\n`);
    }
  });
});
