import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { analyseSource } from "../../src/node/analyse-source.js";
import { FileBytes } from "../../src/node/file-bytes.js";
import { findSources } from "../../src/node/find-sources.js";
import { readLines } from "../../src/node/read-lines.js";
import type { Source, SourceProblem } from "../../src/node/source.js";
import { root } from "../house/imports.js";
import { ordinaryLines } from "./skim-both.js";
import { temporaryFolder } from "./temporary-folder.js";

async function read(source: Source): Promise<{ readonly analyses: Analysis[]; readonly lines: number }> {
  const analyses: Analysis[] = [];
  let lines = 0;
  const onEnd = (count: number): void => {
    lines = count;
  };
  for await (const one of analyseSource(source, { onNote() {}, onProblem() {}, onEnd })) analyses.push(one);
  return { analyses, lines };
}

test("a file read right into memory gives what its chunks give", async () => {
  const sample = readFileSync(join(root, "samples/6.12.117+deb13-cloud-amd64_amd64/g_uid_max.log"), "utf8");
  const file = join(temporaryFolder(), "kern.log");
  // The log goes on for MiB before, between and behind the reports, which is where lines are left out.
  writeFileSync(file, ["before", "between", "behind"].map(() => ordinaryLines(30_000, 1, 1) + sample).join(""));
  for await (const source of findSources([file], { stdin: process.stdin, onProblem() {} })) {
    const { readInto, ...chunked } = source;
    expect(readInto).toBeDefined();
    const found = await read(source);
    expect(found).toEqual(await read(chunked));
    expect(found.analyses.length).toBeGreaterThan(1);
    expect(found.lines).toBe(readFileSync(file, "utf8").split("\n").length - 1);
  }
});

test("a file that becomes shorter while it is read is told, and what was read counts", async () => {
  const file = join(temporaryFolder(), "kern.log");
  writeFileSync(file, "usb 1-1: new high-speed USB device\n".repeat(100_000));
  const problems: string[] = [];
  const onProblem = ({ reason }: SourceProblem): void => void problems.push(reason);
  for await (const source of findSources([file], { stdin: process.stdin, onProblem })) {
    let lines = 0;
    for await (const batch of readLines(source, { onNote() {}, onProblem })) {
      lines += batch.length;
      truncateSync(file, 1_000);
    }
    expect(lines).toBeGreaterThan(5_000);
  }
  expect(problems).toEqual(["became shorter while it was read; what came before was read"]);
});

test("reading goes on where the other way left off, and ends when the file is closed", async () => {
  const file = join(temporaryFolder(), "bytes");
  writeFileSync(file, Buffer.alloc(600_000, "0123456789"));
  const bytes = new FileBytes(Buffer.from(file));
  const memory = Buffer.alloc(8);
  const lengths: number[] = [];
  for await (const chunk of bytes.chunks()) {
    lengths.push(chunk.length);
    if (lengths.length === 1) {
      expect(bytes.readInto(memory, 2, 5)).toBe(5);
      expect(memory.toString("latin1", 2, 7)).toBe("45678");
    }
  }
  expect(lengths).toEqual([262_144, 262_144, 75_707]);
  expect(bytes.readInto(memory, 0, 8)).toBe(0);
});

test("a file that can not be opened is told once", async () => {
  const problems: SourceProblem[] = [];
  const bytes = new FileBytes(Buffer.from(join(temporaryFolder(), "absent")));
  const source: Source = { name: "absent", open: () => bytes.chunks(), readInto: bytes.readInto };
  const options = { onNote() {}, onProblem: (problem: SourceProblem) => problems.push(problem) };
  for await (const _ of analyseSource(source, options)) throw new Error("nothing was expected");
  expect(problems.map(({ name }) => name)).toEqual(["absent"]);
});
