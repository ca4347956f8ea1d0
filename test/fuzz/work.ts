import v8 from "node:v8";
import { createAnalyser, createLineReader } from "../../src/index.js";
import { sample } from "../parse/samples.js";
import { grown, tables } from "./grown.js";
import { lines as hostileLines } from "./hostile.js";

/** Ten times the input may take so many times the work. */
const MOST_RATIO = 12;

/** Objects that forty times the lines may leave alive beyond what the lines did: two generations of hosts hold most. */
const MOST_HELD = 500_000;

function analyse(lines: Iterable<string>, beforeEnd: () => void = () => {}): void {
  const analyser = createAnalyser({ source: "work", onAnalysis() {}, onNote() {} });
  const reader = createLineReader({ source: "work", timeZone: 0, onLine: (line) => analyser.push(line), onNote() {} });
  let number = 0;
  for (const line of lines) reader.push(line, ++number, null);
  beforeEnd();
  reader.end();
  analyser.end();
}

const { lines: report } = sample("7.3.4+deb13-cloud-amd64_amd64/m2_nested");
const row = report.findIndex((line) => /\] \[ +\d+\] /.test(line));

const repeat = (lines: readonly string[], times: number): string[] => Array.from({ length: times }, () => lines).flat();

/** Texts that are so many times as long, each in its own way. */
const pumped: Readonly<Record<string, (times: number) => readonly string[]>> = {
  reports: (times) => repeat(report, times),
  "rows of one table": (times) => [
    ...report.slice(0, row),
    ...repeat([report[row] ?? ""], times * 100),
    ...report.slice(row),
  ],
  ...tables,
  "kill lines": (times) =>
    repeat(
      report.filter((line) => line.includes("Killed process")),
      times * 70,
    ),
  hosts: (times) =>
    Array.from(
      { length: times * 100 },
      (_, at) => `2026-10-17T10:03:07Z host-${at} kernel: ${hostileLines[at % hostileLines.length]}`,
    ),
  "columns of a table": (times) => [
    `[  pid  ]   uid  tgid total_vm      rss ${Array.from({ length: times * 20 }, (_, at) => `c${at}`).join(" ")} name`,
    ...repeat([`[ 1 ] 0 1 1 1 ${"7 ".repeat(times * 20)}x`], 10),
  ],
  "counters on a line": (times) => repeat([`[    1.000000] active_anon:1 ${"a:1 ".repeat(times * 20)}`], 10),
  "lines of nothing": (times) => repeat(["[    1.000000] usb 1-1: new high-speed USB device"], times * 100),
  "a blank run": (times) => [`[    1.000000] x${" ".repeat(times * 700)}y`],
  "a record over many lines of JSON": (times) => ["{", ...repeat(['"a": "b",'], times * 20), '"message": "x"', "}"],
  ...Object.fromEntries(
    hostileLines
      .filter((line) => line.trim() !== "")
      .map((line) => [
        `"${line.slice(0, 40)}"`,
        (times: number) => repeat([line], times * (line.includes("Killed process") ? 70 : 10)),
      ]),
  ),
};

/** All that must be linear: reading, and what is asked of what was read. */
const linear: Readonly<Record<string, (times: number) => () => void>> = {
  ...Object.fromEntries(
    Object.entries(pumped).map(([name, make]) => [
      name,
      (times: number) => {
        const text = make(times);
        return () => analyse(text);
      },
    ]),
  ),
  ...grown,
};

/**
 * Does what must be linear ten times as often: the work grows with it, no faster. Returns how many were tried.
 *
 * @param takeBlocks Blocks of code that ran since its last call.
 */
export function holdLinearWork(takeBlocks: () => number): number {
  const workOf = (run: () => void): number => {
    takeBlocks();
    run();
    return takeBlocks();
  };
  for (const [name, make] of Object.entries(linear)) {
    // What is done once, whatever the size, is done before.
    make(1)();
    const ratio = workOf(make(30)) / workOf(make(3));
    if (ratio > MOST_RATIO) throw new Error(`ten times ${name} takes ${ratio.toFixed(1)} times the work`);
  }
  return Object.keys(linear).length;
}

/** Objects alive, after a collection. */
function alive(): number {
  return Number(
    (v8 as unknown as { queryObjects(of: unknown, how: { format: "count" }): number }).queryObjects(Object, {
      format: "count",
    }),
  );
}

/** Reads texts without end: what is held does not grow with them. Returns the number of texts. */
export function holdBoundedMemory(): number {
  const endless = Object.entries(pumped).filter(([name]) => ["hosts", "lines of nothing"].includes(name));
  for (const [name, make] of endless) {
    const held = (times: number): number => {
      const before = alive();
      let after = 0;
      analyse(make(times), () => {
        after = alive();
      });
      return after - before;
    };
    held(1);
    const [few, many] = [held(10), held(400)];
    if (many - few > MOST_HELD) throw new Error(`forty times ${name} holds ${many} objects, not ${few}`);
  }
  return endless.length;
}
