import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import loadWabt from "wabt";
import { otherEvents, recognise } from "../../src/diagnose/index.js";
import type { RawLine } from "../../src/node/lines.js";
import { scanModule } from "../../src/node/skim/scan-module.js";
import { Scanner } from "../../src/node/skim/scanner.js";
import { Skimmer } from "../../src/node/skim/skimmer.js";
import { root } from "../house/imports.js";
import { samples } from "../parse/samples.js";
import { ordinaryLines, readBothWays } from "./skim-both.js";

describe("the scanner", () => {
  it("is what its source says", async () => {
    const wabt = await loadWabt();
    const parsed = wabt.parseWat("scan.wat", readFileSync(join(root, "src/node/skim/scan.wat"), "utf8"), {
      simd: true,
    });
    expect(Buffer.from(parsed.toBinary({}).buffer).toString("base64")).toBe(scanModule);
  });

  it("finds what a regular expression finds, and counts lines", () => {
    const scanner = new Scanner();
    const letters = fc.constantFrom(
      ..."oOmMryekKilLauxv-_h:137 \n",
      "oom",
      "kill",
      "memory",
      "Mem-Info",
      "alloc",
      "Linux v",
      "corrective",
      "for more",
      "_high",
      " 137",
      ":137",
      "....",
    );
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 60 }), fc.nat(40), (parts, at) => {
        const bytes = Buffer.from(`${parts.join("")}\0\0\0`);
        const end = bytes.length - 3;
        scanner.bytes.fill(0, 0, 512);
        scanner.bytes.set(bytes, 64);
        const from = Math.min(at, end);
        const text = bytes.toString("latin1");
        const found = text.slice(from).search(/oom|kill|mory|mem-|allo|ux v|rrec|r mo|_hig|[ :]137/i);
        const place = found === -1 ? end : Math.min(end, from + found);
        expect(scanner.find(64 + from, 64 + end)).toBe(64 + place);
        expect(scanner.lines).toBe(text.slice(from, place).split("\n").length - 1);
      }),
      { numRuns: 2000 },
    );
  });
});

/** What is mistaken for a kill, each way in which it is written. */
const othersThanAKill = [
  "swapper/0: page allocation failure: order:4, mode:0x40cc0",
  "kswapd0: page allocation stalls for 10004ms, order:0",
  "SLUB: Unable to allocate memory on node -1, gfp=0x920(GFP_ATOMIC|__GFP_ZERO)",
  "[<ffffffff811>] slab_out_of_memory+0x1a/0x200",
  "Huh VM_FAULT_OOM leaked out to the #PF handler. Retrying PF",
  "OOM request ignored. No task eligible",
  "Killed /user.slice/session-1.scope due to memory pressure for /user.slice being 61.87% > 60.00%",
  "Killed /user.slice/session-1.scope due to memory used (15) / total (16) and swap used (1) / total (1)",
  "app.service: A process of this unit has been killed by the OOM killer.",
  "app.service: Failed with result 'oom-kill'.",
  "low memory! at or below SIGTERM limits: mem 10.00%, swap 10.00%",
  'sending SIGTERM to process 812 uid 0 "java": oom_score 900, oom_score_adj 0, VmRSS 812 MiB',
  "Implementing a corrective action:",
  "oomd kill: 60.20 10.1 workload.slice 1",
  "lowmemorykiller: Killing 'app' (4711), adj 906,",
  "Kill 'com.example.app' (4711), uid 10101, oom_score_adj 906 to free 81244kB",
  "[talos] Sending SIGKILL to cgroup kubepods/burstable",
  "Out of memory in UB 101: OOM killed process 812 (java)",
  "OOM killed process httpd (pid=812, ve=101) exited, free=812.",
  "LKRG: ALERT: BLOCK: Task: Killing pid 812, name app",
  "INFO: task jbd2/sda1-8:212 blocked for more than 120 seconds.",
  " mem_cgroup_handle_over_high+0x1a/0x200",
  "app[812]: killed due to inadequate hugepage pool",
  "VM_FAULT_OOM: fault in hugetlb",
  "container app: reason OOMKilled",
  "container died, exited with code: 137",
  '{"state":{"exitCode":137}}',
  "app.service: Main process exited, code=killed, status=9/KILL",
  "java.lang.OutOfMemoryError: Java heap space",
  "fatal error: runtime: out of memory",
  "fork: Cannot allocate memory",
  "what():  std::bad_alloc",
  "JavaScript heap out of memory",
  "OOM killer disabled.",
];

describe("the skimmer", () => {
  /** Lines that are read of a text in chunks, by a reader that is idle whenever it is asked. */
  function read(text: string, size: number): { lines: RawLine[]; count: number; overlong: unknown[] } {
    const lines: RawLine[] = [];
    const overlong: unknown[] = [];
    const skimmer = new Skimmer({
      reader: { take: (line) => lines.push(line), flush() {}, idle: true },
      lines: 0,
      byteOffset: 0,
      onOverlong: (line) => overlong.push(line),
    });
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) skimmer.push(bytes.subarray(at, at + size));
    skimmer.end();
    return { lines, count: skimmer.lines, overlong };
  }

  it.each([1 << 20, 70_001, 4096])("numbers lines and bytes as they are in the log, in chunks of %d", (size) => {
    const lines = Array.from({ length: 120_000 }, (_, index) =>
      index % 30_011 === 7 ? `[${index}.000000] x invoked oom-killer: é` : `line ${index} ${"y".repeat(index % 97)}`,
    );
    const text = lines.join("\n");
    const { lines: read_, count } = read(text, size);
    expect(count).toBe(lines.length);
    expect(read_.length).toBeLessThan(20_000);
    const offsets: number[] = [];
    let offset = 0;
    for (const line of lines) {
      offsets.push(offset);
      offset += Buffer.byteLength(line) + 1;
    }
    for (const { text: taken, line, byteOffset } of read_) {
      expect(taken).toBe(lines[line - 1]);
      expect(byteOffset).toBe(offsets[line - 1]);
    }
    const numbers = read_.map(({ line }) => line);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    for (let index = 7; index < lines.length; index += 30_011) expect(numbers).toContain(index + 1);
  });

  it("finds a word wherever chunks are cut", () => {
    const before = "x\n".repeat(40);
    for (let size = 1; size < 90; size++) {
      const { lines } = read(`${before}a invoked oom-killer: b`, size);
      expect(lines.at(-1)).toEqual({ text: "a invoked oom-killer: b", line: 41, byteOffset: 80 });
    }
  });

  it.each(othersThanAKill)("finds %s by itself", (text) => {
    const { lines } = read(`${"x\n".repeat(40_000)}${text}\n${"y\n".repeat(40_000)}`, 4096);
    expect(lines).toContainEqual({ text, line: 40_001, byteOffset: 80_000 });
  });

  it("is tried with each of them", () => {
    const tried = new Set(othersThanAKill.map((text) => recognise({ text, trust: "kernel" })?.id));
    expect(tried).toEqual(new Set(otherEvents.map(({ id }) => id)));
  });

  it("tells overlong lines and goes on", () => {
    const long = `${"z".repeat(3 << 20)}\n`;
    const { lines, count, overlong } = read(`a\n${long}Killed process 1 (x)\n${long.slice(0, -1)}`, 1 << 16);
    expect(count).toBe(4);
    expect(lines.map(({ line }) => line)).toEqual([1, 3]);
    expect(overlong).toEqual([
      { line: 2, byteOffset: 2, bytes: 3 << 20 },
      { line: 4, byteOffset: 2 + long.length + 21, bytes: 3 << 20 },
    ]);
  });
});

describe("a log of which lines are left out", () => {
  it.each(samples)("$name gives what it gives line by line", async ({ lines }) => {
    const log = `${lines.join("\n")}\n`;
    const stamps = [...log.matchAll(/\[ *(\d+\.\d{6})\]/g)].map(([, seconds]) => Number(seconds));
    const [first = 0, last = 0] = [Math.min(...stamps), Math.max(...stamps)];
    const text = [
      ordinaryLines(3000, 0, first),
      log,
      ordinaryLines(4000, last, last + 4000),
      log.replaceAll(/\[ *(\d+\.\d{6})\] /g, (_, seconds: string) => {
        return `[${(Number(seconds) + last + 5000).toFixed(6).padStart(12)}] `;
      }),
      ordinaryLines(3000, 2 * last + 6000, 2 * last + 9000),
    ].join("");
    const { whole, skimmed } = await readBothWays(Buffer.from(text, "utf8"));
    expect({ ...skimmed, sawAll: true }).toEqual(whole);
    expect(skimmed.sawAll).toBe(false);
    expect(whole.analyses.length).toBeGreaterThan(1);
  });
});
