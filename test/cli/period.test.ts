import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import Explain from "../../commands/explain.js";
import Export from "../../commands/export.js";
import List from "../../commands/list.js";
import Triage from "../../commands/triage.js";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { runCommand } from "./harness.js";

const sample = join(root, "samples/6.12.117+deb13-cloud-amd64_amd64/g_uid_max.log");
const raw = readFileSync(sample, "utf8");

/** The sample's report as rsyslog writes it, with the same kernel's lines but other pids for another day. */
function syslog(day: string, pidsFrom: string): string {
  return raw
    .replaceAll(/^<\d>/gm, `${day}T10:03:07.000000+00:00 web-07 kernel: `)
    .replaceAll(/(invoked oom-killer: .*order=)0/g, `$1${pidsFrom}`);
}

const folder = (): string =>
  temporaryFolder({
    "messages-20261016": syslog("2026-10-16", "0"),
    messages: syslog("2026-10-17", "1"),
  });

async function listed(...argv: string[]): Promise<{ times: (string | null)[]; notes: string[]; stderr: string }> {
  const { stdout, stderr } = await runCommand(List, ["--json", ...argv]);
  const { reports, notes } = JSON.parse(stdout);
  return {
    times: reports.map(({ time }: { time: string | null }) => time),
    notes: notes.map(({ code }: { code: string }) => code).filter((code: string) => code !== "zone-assumed"),
    stderr,
  };
}

const first = "2026-10-16T10:03:07Z";
const second = "2026-10-17T10:03:07Z";

describe("--since and --until", () => {
  it.each([
    [[], [first, second]],
    [["--since", "2026-10-17"], [second]],
    [["--until", "2026-10-17"], [first]],
    [["--since", first, "--until", first], [first]],
    [["--since", "@1792231388"], []],
    [["--since=-1h"], []],
    [["--since", "-1h"], []],
    [["--until", "2026-10-16 12:03:07 Europe/Paris"], [first]],
    [["--tz", "Europe/Paris", "--until", "2026-10-16 12:03:07"], [first]],
    [["--host", "web-07", "--since", "2026-10-17"], [second]],
    [["--host", "web-08", "--since", "2026-10-17"], []],
  ])("%j", async (flags, expected) => {
    const { times } = await listed(...flags, folder());
    expect(times.map((time) => time?.replace(/\.0+Z/, "Z"))).toEqual(expected);
  });

  it("keeps a report whose time is not told, and says so", async () => {
    const { times, notes, stderr } = await listed("--since", "yesterday", sample);
    expect(times).toEqual([null]);
    expect(notes).toContain("time-unknown");
    expect(stderr).toContain("1 report without a wall-clock time were kept");
  });

  it("is taken by every command that reads logs", async () => {
    const flags = ["--since", "2026-10-17", folder()];
    expect(JSON.parse((await runCommand(Explain, ["--json", ...flags])).stdout).analyses).toHaveLength(1);
    expect(JSON.parse((await runCommand(Triage, ["--json", ...flags])).stdout).incidents).toHaveLength(1);
    expect((await runCommand(Export, ["--table", "reports", ...flags])).stdout.trim().split("\n")).toHaveLength(2);
  });

  it("names what is no time, and what was asked when nothing is found", async () => {
    const wrong = await runCommand(List, ["--since", "soon", sample]);
    expect({ status: wrong.status, stderr: wrong.stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining("--since soon: not a point in time"),
    });
    const none = await runCommand(List, ["--since", "now", folder()]);
    expect(none).toMatchObject({ status: 1, stderr: expect.stringContaining("between --since and --until") });
  });
});

describe("a report that is there twice counts once", () => {
  const journal = syslog("2026-10-16", "0");

  it("in two files, and in one", async () => {
    const twice = temporaryFolder({ a: raw, b: raw, c: raw + raw });
    const { times, notes, stderr } = await listed(twice);
    expect(times).toHaveLength(1);
    expect(notes).toContain("reports-repeated");
    expect(stderr).toContain("3 reports had been read before, from this or another source: each counts once.");
  });

  it("by the kernel's log without a host and by a daemon's with one", async () => {
    for (const files of [
      { a: raw, b: journal },
      { a: journal, b: raw },
    ]) {
      expect((await listed(temporaryFolder(files))).times).toHaveLength(1);
    }
  });

  it("but not on two hosts", async () => {
    const other = journal.replaceAll("web-07", "web-08");
    expect((await listed(temporaryFolder({ a: journal, b: other }))).times).toHaveLength(2);
    expect((await listed(temporaryFolder({ a: journal, b: other, c: raw, d: other }))).times).toHaveLength(2);
  });
});
