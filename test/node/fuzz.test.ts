import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineReader } from "../../src/input/index.js";
import type { OomReport } from "../../src/model/report.js";
import { skimLines } from "../../src/node/read-lines.js";
import { ReportAssembler } from "../../src/parse/assembler.js";
import { samples } from "../parse/samples.js";

/** `OOMLOG_FUZZ_LINES=1000000 npx vitest run test/node/fuzz.test.ts` is the long run. */
const LINES = Number(process.env["OOMLOG_FUZZ_LINES"] ?? 30_000);
const HOSTS = 8;

type Draw = (below: number) => number;

/** A generator of whole numbers from a seed (xorshift). */
function drawFrom(seed: number): Draw {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const RECORD = /^(?:<(\d)>)?\[ *(\d+)\.(\d{6})\] (.*)$/s;

/** Samples of one report, all of whose lines have a stamp: told apart by what they print. */
const whole = samples
  .filter(({ lines }) => lines.every((line) => RECORD.test(line)))
  .filter(({ lines }) => lines.filter((line) => line.includes("invoked oom-killer:")).length === 1);

const ORDINARY = [
  "usb 1-1: new high-speed USB device number 7 using xhci_hcd",
  "EXT4-fs (sda1): re-mounted. Opts: errors=remount-ro",
  "a room, a zoom, a bloom and some skills",
  "IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready",
];

/** One host's kernel log: whole reports, reports without head or end, and lines of other things. */
function* hostLog(draw: Draw, onWhole: (lines: readonly string[]) => void): Generator<string> {
  let seconds = 100;
  const stamped = (text: string, usec: number): string => {
    return `[${String(seconds).padStart(5)}.${String(usec % 1_000_000).padStart(6, "0")}] ${text}`;
  };
  for (;;) {
    for (let count = draw(60); count > 0; count--)
      yield stamped(ORDINARY[draw(ORDINARY.length)] ?? "", draw(1_000_000));
    // A report before has been given up.
    seconds += 130 + draw(100);
    const { lines } = whole[draw(whole.length)] ?? { lines: [] };
    const records = lines.map((line) => RECORD.exec(line) ?? []);
    const texts = records.map((record) => record[4] ?? "");
    // The lines of one record (a name with a line feed) bear one stamp.
    const stamps = records.map((record) => `${record[2]}.${record[3]}`);
    const cut = draw(3);
    const from = cut === 1 ? 1 + draw(texts.length - 1) : 0;
    const to = cut === 2 ? draw(texts.length) : texts.length;
    if (cut === 0) onWhole(lines);
    for (const [index, text] of texts.entries())
      if (index >= from && index < to) yield stamped(text, stamps.indexOf(stamps[index] ?? "") * 100);
    seconds += 130;
  }
}

function keyOf({ host, trigger, kills, tasks, complete }: OomReport): string {
  return JSON.stringify([host, trigger?.name, trigger?.gfpMask, kills.map(({ pid }) => pid), tasks.length, complete]);
}

/** The reports in a text, one assembler a host; lines may be left out from a byte on. */
async function reportsIn(text: string, skimFromBytes: number): Promise<OomReport[]> {
  const reports: OomReport[] = [];
  const hosts = new Map<string | null, ReportAssembler>();
  const reader = createLineReader({
    source: "x",
    onLine(line) {
      let assembler = hosts.get(line.host);
      if (assembler === undefined) {
        assembler = new ReportAssembler({ source: "x", onReport: (report) => reports.push(report) });
        hosts.set(line.host, assembler);
      }
      assembler.push(line);
    },
    onNote: () => {},
  });
  const bytes = Buffer.from(text);
  const source = {
    name: "x",
    async *open() {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    },
  };
  const skimReader = {
    take: ({ text, line, byteOffset }: { text: string; line: number; byteOffset: number }) =>
      reader.push(text, line, byteOffset),
    flush: () => reader.flush(),
    get idle() {
      return reader.steady && [...hosts.values()].every(({ idle }) => idle);
    },
  };
  for await (const _ of skimLines(source, skimReader, { skimFromBytes, onNote() {}, onProblem() {} }));
  reader.end();
  for (const assembler of hosts.values()) assembler.end();
  return reports;
}

const plainReports = new Map<readonly string[], OomReport>();

async function plainKey(lines: readonly string[], host: string): Promise<string> {
  let report = plainReports.get(lines);
  if (report === undefined) {
    [report] = await reportsIn(`${lines.join("\n")}\n`, Number.POSITIVE_INFINITY);
    if (report === undefined) throw new Error("a sample without report");
    plainReports.set(lines, report);
  }
  return keyOf({ ...report, host });
}

describe("a log of many hosts, cut and interleaved", () => {
  it("loses no report that is whole in it, with or without lines left out", { timeout: 1_200_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1 }), async (seed) => {
        const draw = drawFrom(seed);
        const expected: { lines: readonly string[]; host: string }[] = [];
        const hosts = Array.from({ length: HOSTS }, (_, index) => {
          const host = `web-${index + 1}`;
          return { host, log: hostLog(draw, (lines) => expected.push({ lines, host })), left: 0 };
        });
        const lines: string[] = [];
        while (lines.length < LINES) {
          const one = hosts[draw(HOSTS)];
          for (let run = 1 + draw(5); run > 0; run--) {
            lines.push(`2026-10-17T10:03:07.000000+00:00 ${one?.host} kernel: ${one?.log.next().value}`);
          }
        }
        // Reports at the end may be cut there.
        const text = `${lines.join("\n")}\n`;
        const reports = await reportsIn(text, Number.POSITIVE_INFINITY);
        expect(await reportsIn(text, 1)).toEqual(reports);
        const found = new Map<string, number>();
        for (const report of reports) found.set(keyOf(report), (found.get(keyOf(report)) ?? 0) + 1);
        // The last one of a host may be cut by the end of the text.
        const last = new Map(expected.map((one) => [one.host, one]));
        const missing: string[] = [];
        for (const one of expected) {
          const key = await plainKey(one.lines, one.host);
          const count = found.get(key) ?? 0;
          found.set(key, count - 1);
          if (count <= 0 && last.get(one.host) !== one) missing.push(key);
        }
        expect(missing).toEqual([]);
        expect(expected.length).toBeGreaterThan(LINES / 1000);
      }),
      {
        numRuns: 1,
        endOnFailure: true,
        ...(process.env["OOMLOG_FUZZ_SEED"] === undefined ? { seed: 20_261_017 } : {}),
      },
    );
  });
});
