import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeBytes } from "../../src/model/text.js";
import type { KernelRecord } from "./dress/dress.js";
import { dresses } from "./dress/index.js";
import { readText } from "./read-text.js";

const folder = new URL("../../../shared/lab/runs/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".dmesg"));

/** A record with a stamp within its text was torn when the ring was read: it is cut again by dresses that show it. */
const TORN = /\[ *\d+\.\d{6}\] /;

/** Longest log that is dressed whole: the few longer ones are storms of the same reports. */
const MOST_RECORDS = 2000;

/** Every log meets this many dresses, another choice for each, so that a run stays short and each pair is met in time. */
const DRESSES_A_LOG = 6;

describe("a log of the lab", () => {
  it("loses level and stamp, and nothing else", () => {
    let lines = 0;
    for (const file of files) {
      const bytes = readFileSync(new URL(file, folder));
      const raw = decodeBytes(bytes).split("\n");
      // A ring that was read while it overran holds lines that are cut in their prefix, and lines in lines.
      const whole = raw.filter(
        (line) => /^<\d>\[ *\d+\.\d{6}\] /.test(line) && !/.\[ *\d+\.\d{6}\] ./.test(line.slice(5)),
      );
      const texts = new Set(readText(bytes).lines.map(({ text }) => text));
      for (const line of whole) {
        const text = line.replace(/^<\d>\[ *\d+\.\d{6}\] /, "").replace(/\r$/, "");
        if (!texts.has(text)) expect.fail(`${file}: ${line}`);
        lines++;
      }
    }
    expect(lines).toBeGreaterThan(100_000);
  });
});

describe.each(files.map((file, index) => ({ file, index })))("$file", ({ file, index }) => {
  it("is the same in any dress", () => {
    let usec = 0;
    const records: KernelRecord[] = readText(readFileSync(new URL(file, folder)))
      .lines.filter(({ text }) => !TORN.test(text))
      .slice(-MOST_RECORDS)
      .map(({ level, uptimeUsec, text }) => {
        usec = Math.max(usec, uptimeUsec ?? 0);
        return { level: level ?? 6, usec, text };
      });
    for (let i = 0; i < DRESSES_A_LOG; i++) {
      const dress = dresses[(index * DRESSES_A_LOG + i) % dresses.length];
      if (dress === undefined) continue;
      const { leaves = (text: string) => text } = dress;
      const texts = readText(dress.put(records)).lines.map(({ text }) => leaves(text));
      expect(texts, `${dress.id} ${dress.variant ?? ""}`).toEqual(records.map(({ text }) => leaves(text)));
    }
  });
});
