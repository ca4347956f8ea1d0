import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import Replay from "../../commands/replay.js";
import { runCommand } from "../cli/harness.js";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";

const sample = (name: string): string => join(root, "samples", name);
const group = sample("4.19.78_amd64/m2_group.log");
const host = sample("6.12.107+deb13-riscv64_riscv64/g_idlehog.log");
const ties = "7.3.4+deb13-cloud-amd64_amd64";
const twoKills = sample("6.1.0-50-cloud-amd64_amd64/n_panic1.log");

async function replay(...argv: string[]) {
  const color = argv.includes("--color") ? [] : ["--color", "never"];
  return runCommand(Replay, ["--quiet", ...color, ...argv], { columns: 80 });
}

function policyFile(text: string): string {
  const file = join(temporaryFolder(), "oom.policy");
  writeFileSync(file, text);
  return file;
}

describe("oomlog replay", () => {
  it("stays within 80 columns, whatever it is asked", async () => {
    const logs = [
      "3.10.105_amd64",
      "3.2.71_amd64/g_vmshare.log",
      "4.9.154_amd64",
      "7.3.4+deb13-cloud-amd64_amd64/m2_parallel.log",
    ].map(sample);
    const asked = ["--on-kernel", "all", "--protect", "trigger", "--sequence", "4", "--need", "10GiB"];
    const { status, stdout } = await replay(...asked, ...logs);
    expect(status).toBe(0);
    const lines = stdout.split("\n");
    // Paths do not break.
    expect(lines.filter((line) => [...line].length > 80 && !line.includes(root))).toEqual([]);
    expect(lines.filter((line) => line.startsWith("By kernel")).length).toBeGreaterThan(5);
  });

  it("holds the sequence of one report against the next ones of the log", async () => {
    const { stdout } = await replay("--report", "1", "--sequence", "2", twoKills);
    expect(stdout.match(/^Report/gm)).toHaveLength(1);
    expect(stdout).toMatch(/ 2 .* trigger {2}agrees :\d+\n/);
  });

  it("says what --need comes to", async () => {
    expect((await replay("--sequence", "1", "--need", "10MiB", group)).stdout).toContain(
      "The need of 10.0 MiB is met after 1 kill.",
    );
    expect((await replay("--sequence", "3", "--need", "9GiB", group)).stdout).toContain(
      "The need of 9.00 GiB is not met: nobody is left to kill.",
    );
  });

  it("adds a policy up, and names the rules that meant nobody", async () => {
    const policy = policyFile("# one of the two\nidle* -500  # the larger\nmysqld -900\n");
    const { status, stdout } = await replay("--policy", policy, twoKills, group);
    expect(status).toBe(0);
    expect(stdout).toContain("Policy    3 reports: 1 would have other victims, 2 the same\n");
    expect(stdout).toContain("Spared    idle1 1×\nCost      trigger 1×\n");
    expect(stdout).toContain("No match  no process of any report is meant by: mysqld -900\n");
  });

  it.each([
    [["--set", "trigger:oom_score_adj=-1001"], "--set: -1001: not an oom_score_adj"],
    [["--set", "trigger:colour=red"], "--set: trigger:colour=red: a process has no colour here"],
    [["--set", "trigger"], "--set: trigger: not a change of a process"],
    [["--set", "trigger:rss=2XB"], "--set: 2XB: not a size"],
    [["--add", "name=x"], "--add: name=x: a name and a size are needed"],
    [["--add", "rss=5,shoe=9"], "--add: rss=5,shoe=9: not a new process"],
    [["--on-kernel", "99"], "--on-kernel 99: not a kernel"],
    [["--sequence", "0"], "--sequence 0: not a number of kills"],
    [["--memory-max", "lots"], "--memory-max: lots: not a size"],
    [["--protect", ""], '--protect: "" names no process'],
    [["--policy", "/nowhere"], "--policy /nowhere: no such file or directory"],
  ])("refuses %j, and says why", async (asked, message) => {
    const { status, stderr } = await replay(...asked, group);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("names the line of a policy that makes no sense", async () => {
    const { status, stderr } = await replay("--policy", policyFile("a 1\n\nmysqld\n"), group);
    expect(status).toBe(2);
    expect(stderr).toContain("line 3 of the policy: a name and a number are needed");
  });

  it.each([
    [["--total-ram", "1GiB"], "A memory cgroup's limit was hit: the machine's RAM"],
    [["--swap", "+1GiB"], "The log does not tell the total swap"],
    [["--allocating-task"], "vm.oom_kill_allocating_task does not"],
    [["--remove", "*"], "nobody is picked"],
    [["--protect", "trigger"], "Only -1000 protects trigger (pid 33): its cgroup /A is killed as a"],
    [["--memory-max", "-1GiB"], "That would leave no memory: it was not changed."],
    [["--memory-max", "0"], "That would leave no memory: it was not changed."],
    [["--swap", "-1"], "That is less than a page: it was not changed."],
    [["--on-kernel", "2.4.20"], "2.4.20 is older than v2.6.18, the oldest kernel read"],
    [["--on-kernel", "all"], "v2.6.36 to v4.18           R1 to R10   trigger"],
    [["--memory-max", "1GiB"], "With so much memory this one request would have been met"],
  ])("answers %j, though there is little to answer", async (asked, answer) => {
    const { status, stdout } = await replay(...asked, group);
    expect(status).toBe(0);
    expect(stdout).toContain(answer);
  });

  it.each([
    [["--set", "nobody:oom_score_adj=5"], "No process of the table has that name or pid.", "nobody"],
    [["--protect", "nobody"], "No process of the table is meant by nobody.", "nobody"],
    [["--prefer", "77777"], "No process of the table is meant by pid:77777.", "pid:77777"],
    [["--remove", "pid:77777"], "remove pid:77777. No process of the table has that name", "pid:77777"],
  ])("ends %j with a message and status 2, as no report has such a process", async (asked, answer, who) => {
    const { status, stdout, stderr } = await replay(...asked, group, twoKills);
    expect(status).toBe(2);
    expect(stdout).toContain(answer);
    expect(stderr).toBe(`oomlog: no process of any report is meant by ${who}\n  Give a pid or a name of its table\n`);
  });

  it("takes a name for right that one of several reports has", async () => {
    expect((await replay("--protect", "idle1", group, twoKills)).status).toBe(0);
  });

  it("labels another kernel by what was asked, and a range by all that is in it", async () => {
    expect((await replay("--on-kernel", "6.12", group)).stdout).toContain("6.12 (rules since v6.11)  R13");
    const { stdout } = await replay("--on-kernel", "all", group);
    expect(stdout).toContain("v4.19 to v5.0 (the log's)");
    expect(stdout).toContain("v5.1 to v7.3               R11 to R13");
  });

  it("is as cautious of more swap as of more RAM", async () => {
    const more = "With more swap this one request may have been met";
    const swapping = sample("6.12.107+deb13-arm64-16k_arm64/g_swap.log");
    const told = async (...asked: string[]): Promise<string> =>
      (await replay(...asked, "--report", "1", swapping)).stdout.replace(/\s+/g, " ");
    expect(await told("--swap", "+1GiB")).toContain(more);
    expect(await told("--swap", "0")).not.toContain(more);
  });

  it("names memory.max as the limit of a cgroup that died as a whole: v1 has no memory.oom.group", async () => {
    expect((await replay(group)).stdout).toContain("memory.max of 67112960");
  });

  it.each([
    ["-1TiB", "That would leave no RAM"],
    ["0", "That would leave no RAM"],
    ["1KiB", "That is less than a page"],
  ])("does not run a machine with --total-ram %s", async (size, answer) => {
    const { stdout } = await replay("--total-ram", size, host);
    expect(stdout).toContain(answer);
    expect(stdout).toContain("Same    idlehog (pid 134) is picked all the same: 32,425 points");
  });

  it("speaks of several as the only eligible tasks", async () => {
    const { stdout } = await replay("--protect", "twin", sample(`${ties}/m2_ties.log`));
    expect(stdout.replace(/\s+/g, " ")).toMatch(
      /No value protects twin \(\d processes\): they are the only eligible tasks/,
    );
  });

  it("does not let nobody be killed be a gap of the log when nothing is needed", async () => {
    const { stdout } = await replay("--sequence", "3", "--need", "0", sample(`${ties}/m2_ties.log`));
    expect(stdout).toContain("The need of 0 B is met after 0 kills.");
    expect(stdout).not.toContain("does not tell");
  });

  it("answers of a report without a table that it can not tell", async () => {
    const { stdout } = await replay("--protect", "trigger", sample("2.6.32.67_amd64/n_cpuset1.log"));
    expect(stdout).toContain("The report has no task table that would tell of trigger.");
  });

  it("shows only what the words say in colour too", async () => {
    const plain = (await replay("--color", "never", "--protect", "trigger", group)).stdout;
    const coloured = (await replay("--color", "always", "--protect", "trigger", group)).stdout;
    expect(coloured).not.toBe(plain);
    expect(coloured.replace(/\u001b\[[0-9;]*m/g, "")).toBe(plain);
  });
});
