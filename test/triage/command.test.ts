import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import Triage from "../../commands/triage.js";
import { runCommand } from "../cli/harness.js";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { validator } from "../render/schemas.js";

const pod = join(root, "samples/4.18.0-147.el8.x86_64_amd64/m2_k8s.log");
const pair = join(root, "samples/7.3.4+deb13-cloud-amd64_amd64/m2_parallel.log");

function quietLog(): string {
  const file = join(temporaryFolder(), "quiet.log");
  writeFileSync(file, "[    1.000000] Linux version 6.1.0\n");
  return file;
}

describe("oomlog triage", () => {
  it("prints JSON of the published schema", async () => {
    const { status, stdout } = await runCommand(Triage, ["--json", pod, pair]);
    const document = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(validator("triage")(document)).toEqual([]);
    expect(document.totals).toMatchObject({ reports: 3, kills: 3, duplicates: 0 });
  });

  it("counts a log that is given twice once, and says so", async () => {
    const { stdout } = await runCommand(Triage, ["--json", pod, pod]);
    const { totals, notes } = JSON.parse(stdout);
    expect(totals).toMatchObject({ reports: 1, duplicates: 1 });
    expect(notes.map(({ code }: { code: string }) => code)).toContain("reports-repeated");
  });

  it("takes the reports that --where means", async () => {
    const victims = async (...where: string[]) => {
      const flags = where.flatMap((one) => ["--where", one]);
      const { stdout } = await runCommand(Triage, ["--ndjson", "--quiet", ...flags, pod, pair]);
      const incidents = stdout.split("\n").filter((line) => line !== "");
      return incidents.flatMap((line) => JSON.parse(line).victims.map(({ name }: { name: string }) => name)).sort();
    };
    expect(await victims("victim=trig*")).toEqual(["trigA", "trigB"]);
    expect(await victims("victim!=trig*")).toEqual(["java"]);
    expect(await victims("kernel_release=7.*", "victim=*B")).toEqual(["trigB"]);
    expect(await victims("task_rows>2")).toEqual([]);
    expect(await victims("host=")).toEqual(["java", "trigA", "trigB"]);
  });

  it("groups by other fields", async () => {
    const { stdout } = await runCommand(Triage, ["--json", "--group-by", "kernel_release", pod, pair]);
    const groups = JSON.parse(stdout).incidents.map(({ group, count }: { group: object; count: number }) => ({
      ...group,
      count,
    }));
    expect(groups).toEqual([
      { kernel_release: expect.stringMatching(/^7\.3\.4/), count: 2 },
      { kernel_release: "4.18.0-147.el8.x86_64", count: 1 },
    ]);
  });

  it.each([
    [["--max-kills", "3"], 0, ""],
    [["--max-kills", "2"], 1, "--max-kills 2: there are 3 kills"],
    [["--max-reports", "0"], 1, "--max-reports 0: there are 3 reports"],
  ])("with %s exits with %i", async (flags, expected, message) => {
    const { status, stderr } = await runCommand(Triage, [...flags, pod, pair]);
    expect(status).toBe(expected);
    expect(stderr).toContain(message);
  });

  it("exits with 0 for no report where a bound is given, with 1 elsewhere", async () => {
    const file = quietLog();
    expect((await runCommand(Triage, ["--max-kills", "0", file])).status).toBe(0);
    expect((await runCommand(Triage, [file])).status).toBe(1);
  });

  it.each([
    [["--group-by", "victm"], "Did you mean victim?"],
    [["--where", "victim"], "not a condition"],
    [["--max-kills", "few"], "not a number"],
    [["--top", "0"], "not a number of incidents"],
  ])("refuses %s with a hint", async (flags, hint) => {
    const { status, stderr } = await runCommand(Triage, [...flags, pod]);
    expect(status).toBe(2);
    expect(stderr).toContain(hint);
  });
});
