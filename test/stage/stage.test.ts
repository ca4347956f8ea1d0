import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStage, type Offset, type StageBounds, type StageOutput } from "../../src/stage.js";
import { sample } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";
import { type FleetKill, fleetLog, withPids } from "../triage/fleet.js";
import { type Fleet, recordsOfHost } from "./nats/records.js";

const names = ["4.18.0-147.el8.x86_64_amd64/m2_k8s", "3.2.71_amd64/m1_nested", "6.1.0-50-armmp_armhf/m1_k8s"];

/** Records of nine hosts in three partitions, each with two kills at about the same time. */
const kills: readonly FleetKill[] = Array.from({ length: 18 }, (_, at) => ({
  records: sample(names[at % 3] ?? "").lines,
  host: `h${at % 9}`,
  at: at < 9 ? at * 0.001 : 60 + at * 0.001,
  pidOffset: 1000 * (at + 1),
}));

const podLines = sample("4.18.0-147.el8.x86_64_amd64/m2_k8s").lines.map((line) =>
  line.replace(/^<\d>\[ *[\d.]+\] /, ""),
);

/** Two hosts that write a record in turn, and have a report each at the same time. */
const rounds: Fleet = {
  hosts: 2,
  records: 200,
  report: (pidOffset) => podLines.map((line) => withPids(line, pidOffset)),
};

interface Given {
  readonly host: string;
  readonly partition: number;
  readonly offset: number;
  readonly json: string;
}

const records: readonly Given[] = fleetLog(kills).map((line, index) => {
  const [, time = "", host = "", message = ""] = /^(\S+) (\S+) kernel: (.*)$/s.exec(line) ?? [];
  const partition = Number(host.slice(1)) % 3;
  return {
    host,
    partition,
    offset: index + 1,
    json: JSON.stringify({ host, time, message, partition, offset: index + 1 }),
  };
});

function run(given: readonly Given[], checkpointEvery: number, { end = true } = {}) {
  const outputs: StageOutput[] = [];
  const stage = createStage({ onOutput: (output) => outputs.push(output) });
  given.forEach(({ json }, index) => {
    stage.push(json);
    if ((index + 1) % checkpointEvery === 0) stage.checkpoint();
  });
  if (end) stage.end();
  return outputs;
}

const keysOf = (outputs: readonly StageOutput[]): string[] =>
  outputs.flatMap((output) => (output.type === "analysis" ? [`${output.host} ${output.analysis.report.id}`] : []));

const checkpointsOf = (outputs: readonly StageOutput[]): Map<Offset | null, Offset> =>
  new Map(outputs.flatMap((output) => (output.type === "checkpoint" ? [[output.partition, output.offset]] : [])));

const whole = keysOf(run(records, 100));

describe("a stage", () => {
  it("gives every report of every host, whole, by the id that explain gives it", () => {
    expect(whole).toHaveLength(18);
    expect(new Set(whole).size).toBe(18);
    for (const host of ["h0", "h1", "h2"]) {
      const lines = records.filter((one) => one.host === host).map(({ json }) => json);
      const alone = analyseText(host, lines).map(({ report }) => `${host} ${report.id}`);
      expect(alone).toHaveLength(2);
      expect(whole.filter((key) => key.startsWith(`${host} `))).toEqual(alone);
    }
  });

  it("ends with the last offset of each partition", () => {
    const last = new Map<number, number>();
    for (const { partition, offset } of records) last.set(partition, offset);
    expect(checkpointsOf(run(records, 100))).toEqual(last);
  });

  it("loses no report wherever it is killed, when another reads on from the checkpoints", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: records.length }), { maxLength: 3 }),
        fc.integer({ min: 1, max: 60 }),
        (deaths, every) => {
          const seen: string[] = [];
          const done = new Map<Offset | null, Offset>();
          const left = (): Given[] =>
            records.filter(({ partition, offset }) => offset > Number(done.get(partition) ?? 0));
          for (const death of deaths) {
            // What was given is written, what was open is gone.
            const outputs = run(left().slice(0, death), every, { end: false });
            seen.push(...keysOf(outputs));
            for (const [partition, offset] of checkpointsOf(outputs)) done.set(partition, offset);
          }
          seen.push(...keysOf(run(left(), every)));
          expect(new Set(seen)).toEqual(new Set(whole));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("cuts no report that is over while another, begun within it, is open: its rest would be a report of its own", () => {
    const hosts = [0, 1].map((host) => [...recordsOfHost(rounds, host)]);
    const all = hosts[0]?.flatMap((_, at) => hosts.map((one) => one[at] ?? "")) ?? [];
    const given = all.map((json, index) => JSON.stringify({ ...JSON.parse(json), offset: index + 1 }));
    /** Keys of what a stage gives from a record on, and the last checkpoint where it is killed. */
    const readOn = (from: number, to: number): { readonly keys: string[]; readonly done: number } => {
      const outputs: StageOutput[] = [];
      const stage = createStage({ onOutput: (output) => outputs.push(output) });
      for (const json of given.slice(from, to)) {
        stage.push(json);
        stage.checkpoint();
      }
      if (to === given.length) stage.end();
      return { keys: keysOf(outputs), done: Number(checkpointsOf(outputs).get(null) ?? 0) };
    };
    const expected = readOn(0, given.length).keys;
    expect(expected).toHaveLength(2);
    let again = 0;
    for (let death = 100; death < given.length; death++) {
      const { keys, done } = readOn(0, death);
      const later = readOn(done, given.length).keys;
      again += keys.length + later.length - expected.length;
      expect([death, [...new Set([...keys, ...later])].sort()]).toEqual([death, expected.toSorted()]);
    }
    expect(again).toBeGreaterThan(0);
  });

  it("puts its checkpoint before the first line of the oldest open report", () => {
    const ofOne = records.filter(({ partition }) => partition === 0);
    const outputs: StageOutput[] = [];
    const stage = createStage({ onOutput: (output) => outputs.push(output) });
    const head = ofOne.findIndex(({ json }) => json.includes("invoked oom-killer"));
    for (const { json } of ofOne.slice(0, head + 5)) stage.push(json);
    stage.checkpoint();
    expect(outputs).toEqual(head === 0 ? [] : [{ type: "checkpoint", partition: 0, offset: ofOne[head - 1]?.offset }]);
    for (const { json } of ofOne.slice(head + 5)) stage.push(json);
    stage.checkpoint();
    const [first] = outputs.filter(({ type }) => type === "checkpoint").slice(head === 0 ? 0 : 1);
    expect(first).toMatchObject({ type: "checkpoint", partition: 0 });
    expect(outputs.findIndex(({ type }) => type === "analysis")).toBeLessThan(outputs.indexOf(first as StageOutput));
  });

  it("closes the report of a host that is silent while others go on, and one that is silent for half a minute", () => {
    const [host] = records;
    const own = records.filter((one) => one.host === host?.host && one.offset < records.length / 2);
    const outputs: StageOutput[] = [];
    const stage = createStage({ onOutput: (output) => outputs.push(output) });
    for (const { json } of own) stage.push(json);
    expect(outputs).toEqual([]);
    const noise = (time: string, offset: number) =>
      JSON.stringify({ host: "other", time, message: "eth0: link is up", partition: host?.partition, offset });
    stage.push(noise("2026-10-01T00:00:04Z", 9001));
    expect(outputs).toEqual([]);
    stage.push(noise("2026-10-01T00:00:09Z", 9002));
    expect(keysOf(outputs)).toHaveLength(1);
    stage.checkpoint();
    expect(outputs.at(-1)).toEqual({ type: "checkpoint", partition: host?.partition, offset: 9002 });

    const silent: StageOutput[] = [];
    const other = createStage({ onOutput: (output) => silent.push(output) });
    for (const { json } of own) other.push(json);
    // The first tick tells nothing of how long it has been silent.
    other.tick(1_000_000);
    other.tick(1_030_000);
    expect(silent).toEqual([]);
    other.tick(1_030_001);
    expect(keysOf(silent)).toHaveLength(1);
  });

  it("forgets a partition that is taken from it, without a word", () => {
    const outputs: StageOutput[] = [];
    const stage = createStage({ onOutput: (output) => outputs.push(output) });
    const half = records.slice(0, 100);
    for (const { json } of half) stage.push(json);
    const before = keysOf(outputs).length;
    stage.revoke(0);
    stage.revoke(1);
    stage.revoke(2);
    stage.end();
    expect(keysOf(outputs)).toHaveLength(before);
    expect(checkpointsOf(outputs).size).toBe(0);
    // It may come back.
    for (const { json } of records) stage.push(json);
    stage.end();
    expect(new Set(keysOf(outputs))).toEqual(new Set(whole));
  });

  it("buries what it can not read, and goes on", () => {
    const outputs: StageOutput[] = [];
    const stage = createStage({ onOutput: (output) => outputs.push(output) });
    for (const json of ["", "{", "[1]", "null", '{"host":"a","offset":7}', '{"host":"a","message":"x","offset":8}']) {
      stage.push(json);
    }
    stage.dead("too long");
    stage.end();
    expect(outputs).toEqual([
      { type: "dead", partition: null, offset: null, record: 1, reason: "not JSON" },
      { type: "dead", partition: null, offset: null, record: 2, reason: "not JSON" },
      { type: "dead", partition: null, offset: null, record: 3, reason: "not an object" },
      { type: "dead", partition: null, offset: null, record: 4, reason: "not an object" },
      { type: "dead", partition: null, offset: 7, record: 5, reason: "no message" },
      { type: "dead", partition: null, offset: null, record: 7, reason: "too long" },
      { type: "checkpoint", partition: null, offset: 8 },
    ]);
  });

  it.each<Partial<StageBounds>>([
    { recordsOfReport: 20 },
    { charactersOfReport: 2000 },
    { openReports: 1 },
    { hosts: 1 },
  ])("keeps no more than %j, and says what it cut", (bounds) => {
    const outputs: StageOutput[] = [];
    const stage = createStage({ bounds, onOutput: (output) => outputs.push(output) });
    for (const { json } of records) stage.push(json);
    stage.end();
    const notes = outputs.flatMap((output) =>
      output.type === "analysis" ? output.analysis.notes.map(({ code }) => code) : [],
    );
    expect(notes).toContain("report-too-long");
    const last = new Map<number, number>();
    for (const { partition, offset } of records) last.set(partition, offset);
    expect(checkpointsOf(outputs)).toEqual(last);
  });

  it("takes the names of fields that it is given", () => {
    const outputs: StageOutput[] = [];
    const stage = createStage({
      fields: { message: "log", host: "k8s.node", time: "at" },
      onOutput: (output) => outputs.push(output),
    });
    for (const { json } of records) {
      const { host, time, message } = JSON.parse(json);
      stage.push(JSON.stringify({ k8s: { node: host }, at: time, log: message, host: "collector", message: "noise" }));
    }
    stage.end();
    expect(new Set(keysOf(outputs))).toEqual(new Set(whole));
  });
});
