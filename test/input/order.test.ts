import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineReader } from "../../src/input/index.js";
import { readText } from "./read-text.js";

function texts(lines: readonly string[], options = {}): string[] {
  return readText(lines.join("\n"), options).lines.map(({ text }) => text);
}

describe("records of a network", () => {
  const record = (sequence: number): string => `6,${sequence},${sequence * 100},-;record ${sequence}`;

  it("come out in the kernel's order when they are swapped within a few places", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5000 }),
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 120 }),
        (start, delays) => {
          const arrived = delays
            .map((delay, i) => ({ sequence: start + i, at: i + delay }))
            .sort((a, b) => a.at - b.at)
            .map(({ sequence }) => record(sequence));
          expect(texts(arrived)).toEqual(delays.map((_, i) => `record ${start + i}`));
        },
      ),
    );
  });

  it("are never lost, and one that comes twice is one", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 60 }), (sequences) => {
        const read = texts(sequences.map(record));
        expect(new Set(read)).toEqual(new Set(sequences.map((sequence) => `record ${sequence}`)));
      }),
    );
  });

  it("begin anew with a boot", () => {
    const lines = [9000, 9001, 0, 1].map(record);
    expect(texts(lines)).toEqual(["record 9000", "record 9001", "record 0", "record 1"]);
  });

  it("are joined from their fragments", () => {
    const lines = ["4,7,1,-,ncfrag=6/12;world!", "4,8,2,-;next", "4,7,1,-,ncfrag=0/12;hello "];
    expect(texts(lines)).toEqual(["hello world!", "next"]);
  });
});

describe("a log that runs backward", () => {
  const line = (second: number, text: string): string =>
    `2026-10-17T10:03:${String(second).padStart(2, "0")}Z {} ${text}`;

  it("is turned round, the lines of one message in their order", () => {
    const events = [5, 4, 3].map((second) =>
      JSON.stringify({ timestamp: 1_792_231_380 + second, message: `a${second}\nb${second}` }),
    );
    const { lines, notes } = readText(
      [...events, JSON.stringify({ timestamp: 1_792_231_381, message: "a1" })].join("\n"),
    );
    expect(lines.map(({ text }) => text)).toEqual(["a1", "a3", "b3", "a4", "b4", "a5", "b5"]);
    expect(notes).toMatchObject([{ code: "log-backward" }]);
  });

  it("is turned round in parts beyond the limit, and says so", () => {
    const { lines, notes } = readText(
      Array.from({ length: 2000 }, (_, i) => JSON.stringify({ timestamp: 2_000_000_000 - i, message: String(i) })).join(
        "\n",
      ),
      { turnLimit: 1500 },
    );
    expect(lines).toHaveLength(2000);
    expect(lines[0]?.text).toBe("1499");
    expect(notes.map(({ code }) => code)).toEqual(["log-backward", "log-backward-cut"]);
  });

  it("is turned round whole beyond the limit where there is a spool", () => {
    const parts: (readonly unknown[])[] = [];
    const spool = { push: (part: readonly unknown[]) => parts.push(part) > 0, pop: () => parts.pop() ?? null };
    // Messages of two lines, one of which lies across each limit.
    const events = Array.from({ length: 500 }, (_, i) =>
      JSON.stringify({ timestamp: 2_000_000_000 - i, message: `a${i}\nb${i}` }),
    );
    const { lines, notes } = readText(events.join("\n"), { turnLimit: 101, spool });
    const expected = Array.from({ length: 500 }, (_, i) => [`a${499 - i}`, `b${499 - i}`]).flat();
    expect(lines.map(({ text }) => text)).toEqual(expected);
    expect(notes.map(({ code }) => code)).toEqual(["log-backward"]);
  });

  it("runs forward when its stamps rise, fall a little, or stand still", () => {
    for (const seconds of [
      [1, 2, 3],
      [3, 2, 4, 5, 6],
      [7, 7, 7],
      [5, 4],
    ]) {
      const lines = seconds.map((second, i) => line(second, String(i)));
      expect(texts(lines)).toEqual(seconds.map((_, i) => String(i)));
    }
  });

  it("shows by the kernel's order when all stamps are equal", () => {
    const report = [
      "a invoked oom-killer: gfp_mask=0x0",
      "CPU: 1 PID: 1 Comm: a",
      "Call Trace:",
      " dump_stack+0x1/0x2",
      "[  pid  ]   uid  tgid name",
      "[      1]     0     1 a",
    ];
    expect(texts(report.map((text) => line(7, text)).reverse())).toEqual(report);
    expect(texts(report.map((text) => line(7, text)))).toEqual(report);
  });
});

describe("a follower", () => {
  it("gets each record when the source is idle", () => {
    const seen: string[] = [];
    const reader = createLineReader({
      source: "-",
      timeZone: 0,
      onLine: ({ text }) => seen.push(text),
      onNote: () => {},
    });
    reader.push("6,1,1,-;first", 1, 0);
    expect(seen).toEqual([]);
    reader.flush();
    expect(seen).toEqual(["first"]);
    reader.push("6,2,2,-;second", 2, 14);
    reader.push("6,4,4,-;fourth", 3, 29);
    reader.flush();
    expect(seen).toEqual(["first", "second", "fourth"]);
    reader.end();
    expect(seen).toHaveLength(3);
  });
});

describe("a boot", () => {
  it.each([
    ["a falling stamp", ["[  900.000000] a", "[    1.000000] b"]],
    ["the kernel's first line", ["[    5.000000] a", "[    0.000000] Linux version 6.1.0", "[    0.000000] b"]],
    [
      "journalctl's mark",
      ["Oct 17 10:03:07 h kernel: a", `-- Boot ${"0a".repeat(16)} --`, "Oct 17 10:03:08 h kernel: b"],
    ],
    ["journalctl's older mark", ["Oct 17 10:03:07 h kernel: a", "-- Reboot --", "Oct 17 10:03:08 h kernel: b"]],
    [
      "a boot id",
      ["a", "b"].map((id) =>
        JSON.stringify({ __REALTIME_TIMESTAMP: "1", _BOOT_ID: id, _TRANSPORT: "kernel", MESSAGE: id }),
      ),
    ],
  ])("shows by %s", (_, lines) => {
    const boots = readText(lines.join("\n")).lines.map(({ boot }) => boot);
    expect(boots[0]).toBe(0);
    expect(boots.at(-1)).toBe(1);
  });

  it("is counted for each host", () => {
    const lines = ["h1 kernel: [  900.000000] a", "h2 kernel: [    5.000000] b", "h1 kernel: [  901.000000] c"];
    expect(readText(lines.map((line) => `Oct 17 10:03:07 ${line}`).join("\n")).lines.map(({ boot }) => boot)).toEqual([
      0, 0, 0,
    ]);
  });

  it("is none where processors print out of turn", () => {
    expect(readText("[  900.000000] a\n[  899.500000] b").lines.map(({ boot }) => boot)).toEqual([0, 0]);
  });
});
