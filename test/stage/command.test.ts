import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createAwakeClock } from "../../src/cli/run-stage.js";
import { root } from "../house/imports.js";
import { sample, samples } from "../parse/samples.js";
import { validator } from "../render/schemas.js";

const bin = join(root, "bin/oomlog.js");
const errorsOf = validator("stage");

const recordsOf = (name: string): string[] =>
  sample(name).lines.map((message, index) =>
    JSON.stringify({ host: "web-07", time: "2026-10-17T10:03:07Z", message, partition: 3, offset: `${index + 1}-0` }),
  );

const pod = recordsOf("4.18.0-147.el8.x86_64_amd64/m2_k8s");

function run(input: string | Buffer, flags: readonly string[] = []) {
  return spawnSync(process.execPath, [bin, "stage", ...flags], { input, encoding: "utf8", maxBuffer: 1 << 28 });
}

interface Line {
  readonly type: string;
  readonly [name: string]: unknown;
}

const linesOf = (text: string): Line[] =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));

describe("oomlog stage", () => {
  it("answers records with analyses and checkpoints", () => {
    const { status, stdout, stderr } = run(`${pod.join("\n")}\n`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const lines = linesOf(stdout);
    expect(lines.filter(({ type }) => type === "analysis")).toMatchObject([
      { id: "5f9fd24e8a546a76", host: "web-07", partition: 3, verdict: { kind: "agrees" } },
    ]);
    expect(lines.at(-1)).toEqual({ type: "checkpoint", partition: 3, offset: `${pod.length}-0` });
  });

  it("gives nothing for nothing, with status 0", () => {
    expect(run("")).toMatchObject({ status: 0, stdout: "", stderr: "" });
  });

  it("buries a record that is too long in its place", () => {
    const { stdout } = run(`{"message":"a"}\n{"message":"${"x".repeat(1 << 20)}"}\nno\n{"message":"b"}\n`);
    const lines = linesOf(stdout);
    const dead = lines.filter(({ type }) => type === "dead");
    expect(dead.map(({ record, reason, offset }) => [record, reason, offset])).toEqual([
      [2, "too long", null],
      [3, "not JSON", null],
    ]);
    expect(lines.at(-1)).toEqual({ type: "checkpoint", partition: null, offset: 4 });
  });

  it("answers each line with one in lockstep, and keeps what is open for the end", () => {
    const { stdout } = run(`${pod.join("\n")}\n`, ["--lockstep"]);
    const answers = stdout
      .split("\n")
      .slice(0, -1)
      .map((line): Line[] => JSON.parse(line));
    expect(answers).toHaveLength(pod.length + 1);
    expect(answers.at(-1)?.map(({ type }) => type)).toEqual(["analysis", "checkpoint"]);
  });

  it("writes what the schema says, for all samples", () => {
    const input = samples
      .flatMap(({ name, lines }) => lines.map((message) => JSON.stringify({ host: name, message })))
      .concat("not a record", '{"host":"x"}')
      .join("\n");
    const lines = linesOf(run(input).stdout);
    expect(new Set(lines.map(({ type }) => type))).toEqual(new Set(["analysis", "checkpoint", "dead"]));
    for (const line of lines) expect([line["id"] ?? line.type, errorsOf(line)]).toEqual([line["id"] ?? line.type, []]);
  });

  it.each<[flags: readonly string[], types: readonly string[]]>([
    [[], []],
    [["--flush-on-term"], ["analysis", "checkpoint"]],
  ])("leaves open reports to the next run when told to end, with %j it closes them", async (flags, types) => {
    const stage = spawn(process.execPath, [bin, "stage", ...flags], { stdio: ["pipe", "pipe", "inherit"] });
    let text = "";
    stage.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    // The checkpoint of another partition tells that all before it has been taken.
    const taken = new Promise<void>((resolve) => {
      stage.stdout.on("data", () => text.includes('"offset":"end"') && resolve());
    });
    stage.stdin.write(`${pod.join("\n")}\n{"host":"y","message":"x","partition":"other","offset":"end"}\n`);
    await taken;
    const before = linesOf(text).length;
    stage.kill("SIGTERM");
    const [status] = await once(stage, "close");
    expect(status).toBe(0);
    expect(
      linesOf(text)
        .slice(before)
        .map(({ type }) => type),
    ).toEqual(types);
  });

  it("takes no time in which it was stopped or could not write for silence of a host", () => {
    let now = 5_000;
    const awake = createAwakeClock(() => now);
    expect(awake()).toBe(0);
    for (let turn = 0; turn < 4; turn++) {
      now += 250;
      awake();
    }
    now += 3_600_000;
    expect(awake()).toBe(2000);
    now += 20;
    expect(awake()).toBe(2020);
  });

  it("says what it wants, where not one record can be read", () => {
    const plain = run("[    1.000000] Linux version 6.1.0\n[    2.000000] java invoked oom-killer\n");
    expect(plain.stderr).toBe(
      "oomlog: none of 2 records could be read: not JSON\n" +
        "  Give a JSON object a line, with host, time and message; for a log as it is: oomlog explain\n",
    );
    expect(linesOf(plain.stdout)).toHaveLength(2);
    const unnamed = run('{"text2":"a"}\n'.repeat(250));
    expect(unnamed.stderr).toBe(
      "oomlog: none of 100 records could be read: no message\n  Name the field of the text: --field message=NAME\n",
    );
    expect(run("no\n", ["--quiet"]).stderr).toBe("");
    expect(run(`no\n{"message":"a"}\n${"no\n".repeat(200)}`).stderr).toBe("");
  });

  it("says what is no name of a field", () => {
    const { status, stderr } = run("", ["--field", "hosts=a"]);
    expect(status).toBe(2);
    expect(stderr).toContain("--field hosts=a: not a field");
  });
});
