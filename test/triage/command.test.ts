import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import Triage from "../../commands/triage.js";
import { runCommand } from "../cli/harness.js";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { validator } from "../render/schemas.js";

const pod = join(root, "samples/4.18.0-147.el8.x86_64_amd64/m2_k8s.log");
const pair = join(root, "samples/7.3.4+deb13-cloud-amd64_amd64/m2_parallel.log");

/** The log of the pod as a syslog daemon writes it. */
function datedLog(): string {
  const lines = readFileSync(pod, "utf8").split("\n");
  const dated = lines.map((line) => line.replace(/^<\d>/, "2026-10-17T10:03:07.500000+00:00 web-07 kernel: "));
  return join(temporaryFolder({ "dated.log": dated.join("\n") }), "dated.log");
}

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

  it("holds fields against numbers, sizes and times, as --since takes them", async () => {
    const dated = datedLog();
    const victims = async (where: string) => {
      const { stdout } = await runCommand(Triage, ["--ndjson", "--quiet", "--where", where, dated]);
      return stdout.split("\n").flatMap((line) => (line === "" ? [] : JSON.parse(line).victims[0].name));
    };
    expect(await victims("victim_bytes>57MiB")).toEqual(["java"]);
    expect(await victims("victim_bytes > 60000000")).toEqual(["java"]);
    expect(await victims("victim_bytes>58MiB")).toEqual([]);
    expect(await victims("time>=2026-10-17")).toEqual(["java"]);
    expect(await victims("time<2026-10-17 10:03:07 UTC")).toEqual([]);
    expect(await victims("time<=2026-10-17 10:03:08 UTC")).toEqual(["java"]);
    expect(await victims("time>2099-01-01")).toEqual([]);
    expect(await victims("complete=true")).toEqual(["java"]);
  });

  it("says that there are reports, where --where takes none of them", async () => {
    const { status, stderr } = await runCommand(Triage, ["--where", "verdict=differ", pod, pair]);
    expect(status).toBe(1);
    expect(stderr).toContain("3 OOM reports, and none is as --where says");
  });

  it("does not say of each of many logs what it says of all", async () => {
    const line = "Oct 17 10:03:07 web-07 kernel: eth0: link is up\n";
    const names = Array.from({ length: 9 }, (_, at) => `${at}.log`);
    const folder = temporaryFolder(Object.fromEntries(names.map((name) => [name, line])));
    const { stderr } = await runCommand(Triage, [folder]);
    const lines = stderr.split("\n").filter((one) => one.includes("no year"));
    expect(lines).toHaveLength(4);
    expect(lines[3]).toMatch(/^oomlog: 6 more like this: The stamps have no year/);
    const { stdout } = await runCommand(Triage, ["--json", folder]);
    const notes: { code: string }[] = JSON.parse(stdout).notes;
    expect(notes.filter(({ code }) => code === "year-inferred")).toHaveLength(9);
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

  it("names no limit and no cgroup that only some reports of other groups have", async () => {
    const machine = join(root, "samples/6.1.0-50-s390x_s390x/g_idlehog.log");
    const one = async (...files: string[]) => {
      const { stdout } = await runCommand(Triage, ["--json", "--group-by", "host", ...files]);
      const { incidents } = JSON.parse(stdout);
      expect(incidents).toHaveLength(1);
      return incidents[0];
    };
    const mixed = await one(pod, pair, machine);
    expect(mixed).toMatchObject({ limit: "several", cgroup: null });
    expect(mixed.title).toContain(": several limits, ");
    const cgroups = await one(pod, pair);
    expect(cgroups).toMatchObject({ limit: "memcg", cgroup: null });
    expect(cgroups.title).toContain(": several memory cgroups, ");
    expect((await one(pod)).cgroup).toContain("cri-containerd-<id>.scope");
  });

  it("draws the timelines in Markdown as SVG where --svg asks for it", async () => {
    const later = readFileSync(pair, "utf8").replaceAll(/^<\d>/gm, "2026-10-17T12:03:07.500000+00:00 web-08 kernel: ");
    const log = join(temporaryFolder({ "later.log": later }), "later.log");
    const { stdout } = await runCommand(Triage, ["--markdown", "--svg", datedLog(), log]);
    const images = [...stdout.matchAll(/^!\[(.*)\]\(data:image\/svg\+xml;base64,([\w+/=]+)\)$/gm)];
    const headings = stdout.split("\n").filter((line) => line.startsWith("### "));
    expect(images).toHaveLength(headings.length);
    expect(images.map(([, words]) => words)).toContain(
      "Timeline from 2026-10-17T10:03:07.500Z to 2026-10-17T12:03:07.500Z, at most 1 report in a part",
    );
    // The first of 48 parts, and the last.
    const drawn = images.map(([, , data = ""]) => atob(data));
    expect(drawn[headings.findIndex((line) => line.includes("java"))]).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="28" viewBox="0 0 480 28"><path fill="#4a7fb5" d="M0.5 0h9V28h-9z"></path></svg>',
    );
    expect(drawn.some((svg) => svg.includes("M470.5 "))).toBe(true);
    expect((await runCommand(Triage, ["--markdown", log])).stdout).not.toContain("svg");
    const refused = await runCommand(Triage, ["--svg", "--json", log]);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain("--svg: json has no drawings");
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
    [["--group-by", "host, Verdict"], "Did you mean verdict?"],
    [["--group-by", "host,"], "--group-by: a field has no name"],
    [["--where", "Victim=java"], "Did you mean victim?"],
    [["--where", "victim"], "not a condition"],
    [["--where", "victim_bytes>much"], "much is no number"],
    [["--where", "victim_pid>"], "nothing is no number"],
    [["--where", "time>=someday"], "someday: not a point in time"],
    [["--where", "complete=yes"], "Give complete=true or complete=false"],
    [["--max-kills", "few"], "not a number"],
    [["--top", "0"], "not a number of incidents"],
  ])("refuses %s with a hint", async (flags, hint) => {
    const { status, stderr } = await runCommand(Triage, [...flags, pod]);
    expect(status).toBe(2);
    expect(stderr).toContain(hint);
  });
});
