import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import Explain from "../../commands/explain.js";
import List from "../../commands/list.js";
import { analyseSource } from "../../src/node/analyse-source.js";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { runCommand, runProgram, runScript } from "./harness.js";

const samples = join(root, "samples");
/** Three reports, one after the other; the victims are idle2, idle and socker. */
const three = join(samples, "6.12.107+deb13-cloud-amd64_amd64/g_socks.log");
/** Two reports, the first of a memory cgroup; the victims are inB and trigger. */
const nested = join(samples, "7.3.4+deb13-cloud-amd64_amd64/m2_nested.log");
const victims = ["idle2", "idle", "socker"];

interface Explained {
  readonly report: { readonly line: number; readonly kills: { readonly name: string }[] };
}

/** Names of who was killed, by report. */
function killed(analyses: readonly Explained[]): (string | undefined)[] {
  return analyses.map(({ report }) => report.kills[0]?.name);
}

async function explain(...argv: string[]): Promise<Explained[]> {
  return JSON.parse((await runCommand(Explain, ["--json", ...argv])).stdout).analyses;
}

describe("explain", () => {
  it("takes every report, one, or the last", async () => {
    expect(killed(await explain(three))).toEqual(victims);
    expect(killed(await explain("--report", "2", three))).toEqual(["idle"]);
    expect(killed(await explain("--report", "last", three))).toEqual(["socker"]);
    expect(killed(await explain("--report", "4", three, nested))).toEqual(["inB"]);
  });

  it("says when there is no report of a number", async () => {
    const { status, stderr } = await runCommand(Explain, ["--report", "4", three]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^oomlog: no OOM report number 4 in .*g_socks.log \([0-9]+ lines\)\n$/);
  });

  it("writes each format with one result", async () => {
    const lines = (await runCommand(Explain, ["--ndjson", three])).stdout.trimEnd().split("\n");
    expect(killed(lines.map((line) => JSON.parse(line)))).toEqual(victims);
    expect((await runCommand(Explain, ["--format", "ndjson", three])).stdout.trimEnd().split("\n")).toEqual(lines);
    for (const format of ["text", "markdown"]) {
      const { status, stdout, stderr } = await runCommand(Explain, ["--format", format, three]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(victims.map((name) => stdout.indexOf(name)).sort((a, b) => a - b)).not.toContain(-1);
    }
  });

  it("returns what it did", async () => {
    const { summary } = await runCommand(Explain, ["--ndjson", three, nested]);
    expect(summary).toMatchObject({ status: 0, sources: 2, reports: 5, problems: 0 });
    expect(Object.values(summary?.verdicts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(5);
  });

  it("goes on after what can not be read, and remembers it", async () => {
    const { status, stdout, stderr } = await runCommand(Explain, ["--ndjson", "missing.log", three]);
    expect(status).toBe(2);
    expect(stdout.trimEnd().split("\n")).toHaveLength(3);
    expect(stderr).toMatch(/^oomlog: missing.log: no such file or directory\n/);
    const { notes } = JSON.parse((await runCommand(List, ["--json", three, "missing.log"])).stdout);
    expect(notes).toMatchObject([{ code: "unread-source", severity: "error", source: "missing.log" }]);
  });

  it("reads a directory", async () => {
    const text = readFileSync(three);
    const folder = temporaryFolder({ "a.log": text, "deep/b.log": "nothing\n", "deep/c.log": readFileSync(nested) });
    expect(killed(await explain(folder))).toEqual([...victims, ...killed(await explain(nested))]);
  });

  it("takes CRLF, CRLF turned twice, and NULs that a crash left, for no part of a line", async () => {
    const text = readFileSync(three, "utf8");
    const analyses = await explain(three);
    for (const dressed of [text.replaceAll("\n", "\r\n"), text.replaceAll("\n", "\r\r\n"), `\0\0\0${text}`]) {
      const folder = temporaryFolder({ "a.log": dressed });
      const same = await explain(join(folder, "a.log"));
      expect(same.map(({ report }) => ({ ...report, source: three }))).toEqual(analyses.map(({ report }) => report));
    }
  });

  it("takes the reports of one host", async () => {
    const text = readFileSync(three, "utf8");
    const dressed = (host: string) => text.replace(/^/gm, `2026-10-17T10:03:07.123456+00:00 ${host} kernel: `);
    const folder = temporaryFolder({ "a.log": dressed("alpha") + dressed("beta") });
    expect(killed(await explain("--host", "beta", folder))).toEqual(victims);
    expect(await explain("--host", "gamma", folder)).toEqual([]);
  });

  it("colours on request and never by itself into a pipe", async () => {
    const plain = (await runCommand(Explain, [three])).stdout;
    expect(plain).not.toContain("\x1b");
    const coloured = (await runCommand(Explain, ["--color", "always", three])).stdout;
    expect(coloured).toContain("\x1b[");
    expect(coloured.replace(/\x1b\[[0-9;]*m/g, "")).toBe(plain);
  });

  it("fits the text to the terminal", async () => {
    // A word that is longer than a line is not broken: the path must be short.
    const path = relative(process.cwd(), three);
    for (const columns of [80, 120, 200]) {
      const { stdout } = await runCommand(Explain, ["--color", "never", path], { columns });
      expect(Math.max(...stdout.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(columns);
    }
  });
});

describe("--check", () => {
  const adjusted = join(samples, "4.9.154_amd64/m2_adj.log");
  const undecided = join(samples, "2.6.32.67_amd64/n_cpuset1.log");

  it("passes when the re-run confirms every kill", async () => {
    expect(await runCommand(List, ["--check", "--strict", three])).toMatchObject({ status: 0, stderr: "" });
  });

  it("fails when it differs from one", async () => {
    // Told a total that is not so, the rule weighs oom_score_adj with nothing.
    const wrong = ["--total-pages", "1", adjusted];
    expect((await runCommand(List, wrong)).status).toBe(0);
    expect(await runCommand(List, ["--check", ...wrong])).toMatchObject({
      status: 1,
      stderr: "oomlog: --check: 1 of 2 reports fail it\n",
    });
  });

  it("fails when it can not decide, if it is strict", async () => {
    expect((await runCommand(List, ["--check", undecided])).status).toBe(0);
    expect((await runCommand(List, ["--check", "--strict", undecided])).status).toBe(1);
  });

  it("gives what can not be read precedence", async () => {
    expect((await runCommand(List, ["--check", "--strict", undecided, "missing.log"])).status).toBe(2);
  });
});

describe("list", () => {
  it("names the reports of a log", async () => {
    const { status, stdout } = await runCommand(List, ["--json", three]);
    expect(status).toBe(0);
    const { schemaVersion, reports, notes } = JSON.parse(stdout);
    expect(schemaVersion).toEqual(expect.any(Number));
    expect(notes).toEqual([]);
    expect(reports).toMatchObject([
      { source: three, line: 1, kills: [{ name: "idle2" }], complete: true, unknownLineCount: 0 },
      { line: 163, kills: [{ name: "idle" }] },
      { line: 320, kills: [{ name: "socker" }] },
    ]);
    for (const name of ["id", "endLine", "time", "uptimeSeconds", "host", "kernelRelease", "constraint", "trigger"]) {
      expect(reports[0]).toHaveProperty(name);
    }
    expect(reports[0].taskRows).toBeGreaterThan(0);
    expect(reports[0].verdict).toEqual(expect.any(String));
  });

  it("writes a line for each report", async () => {
    const { stdout } = await runCommand(List, [three]);
    for (const name of victims) expect(stdout).toMatch(new RegExp(`^.*\\b${name}\\b.*$`, "m"));
  });
});

describe("the built program", () => {
  it("reads a pipe, named - or not at all", async () => {
    const input = readFileSync(three);
    for (const argv of [
      ["explain", "--ndjson"],
      ["explain", "--ndjson", "-"],
    ]) {
      const { status, stdout, stderr } = await runProgram(argv, { input });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      const analyses = stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(killed(analyses)).toEqual(victims);
      expect(analyses[0].report.source).toBe("-");
    }
  });

  it("reads a slow pipe to its end", async () => {
    const { stdout } = await runScript(
      `{ head -c 700 "${three}"; sleep 0.5; tail -c +701 "${three}"; } | oomlog list --ndjson`,
    );
    expect(
      killed(
        stdout
          .trimEnd()
          .split("\n")
          .map((line) => ({ report: JSON.parse(line) })),
      ),
    ).toEqual(victims);
  });

  it("reads a FIFO", async () => {
    const { status, stdout } = await runScript(`oomlog list --ndjson <(cat "${three}")`);
    expect(status).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(3);
  });

  it.each(["text", "json", "ndjson", "markdown"])(
    "ends with 0 when the reader of %s has seen enough",
    async (format) => {
      const many = `for i in $(seq 40); do cat "${three}"; done`;
      const script = `oomlog explain --format ${format} <(${many}) | head -n 1 >/dev/null; echo $PIPESTATUS`;
      expect(await runScript(script)).toEqual({ status: 0, stdout: "0\n", stderr: "" });
    },
  );

  it("tells a line of 50 MB and reads what is around it", async () => {
    const other = join(samples, "4.4.155_amd64/g_tmpfs.log");
    const script = `{ cat "${three}"; head -c 50000000 /dev/zero | tr '\\0' x; echo; cat "${other}"; } | oomlog list --ndjson`;
    const { status, stdout, stderr } = await runScript(script);
    expect(status).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(4);
    expect(stderr).toMatch(/^oomlog: standard input:[0-9]+: A line of 50000000 bytes was skipped/);
  });
});

describe("on a terminal", () => {
  // script(1) gives its command a terminal for standard input and output.
  const onTerminal = (argv: string, env = {}) =>
    runScript(`script -qec "'$node' '$bin' ${argv}" /dev/null </dev/null`, { env });

  it("no file is wrong usage: nobody is asked to type a log", async () => {
    const { status, stdout } = await onTerminal("explain");
    expect(status).toBe(2);
    expect(stdout).toContain("oomlog: no log given\r\n  Name a file, or pipe one in: dmesg | oomlog explain");
  });

  it("text has colours, unless the user does not want them", async () => {
    const log = `explain '${nested}'`;
    expect((await onTerminal(log, { NO_COLOR: "", FORCE_COLOR: "", TERM: "xterm" })).stdout).toContain("\x1b[");
    expect((await onTerminal(log, { NO_COLOR: "1", TERM: "xterm" })).stdout).not.toContain("\x1b[");
    expect((await onTerminal(log, { NO_COLOR: "", FORCE_COLOR: "", TERM: "dumb" })).stdout).not.toContain("\x1b[");
  });
});

describe("a log that is cut after any line", () => {
  it("is read without loss of the reports before the cut", async () => {
    const lines = readFileSync(nested, "utf8").trimEnd().split("\n");
    for (let count = 0; count <= lines.length; count++) {
      const text = lines
        .slice(0, count)
        .map((line) => `${line}\n`)
        .join("");
      const found: string[] = [];
      const problems: unknown[] = [];
      const source = { name: "x", open: () => Readable.from([Buffer.from(text)]) };
      const options = { onNote: () => {}, onProblem: (problem: unknown) => problems.push(problem) };
      for await (const { report } of analyseSource(source, options))
        found.push(...report.kills.map(({ name }) => name));
      const printed = lines.slice(0, count).flatMap((line) => /Killed process [0-9]+ \((.*?)\)/.exec(line)?.[1] ?? []);
      expect({ count, found, problems }).toEqual({ count, found: printed, problems: [] });
    }
  });
});
