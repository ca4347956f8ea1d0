import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ordinaryLines, readBothWays } from "./skim-both.js";

const shared = new URL("../../../shared/", import.meta.url);

/** Longer logs are storms of the same reports. */
const MOST_BYTES = 1 << 16;

function filesOf(folder: string, suffix: RegExp): { name: string; bytes: Buffer }[] {
  return readdirSync(new URL(folder, shared))
    .filter((name) => suffix.test(name))
    .map((name) => ({ name, bytes: readFileSync(new URL(`${folder}${name}`, shared)).subarray(0, MOST_BYTES) }));
}

const before = Buffer.from(ordinaryLines(1500, 0, 1));
const after = Buffer.from(ordinaryLines(3000, 100_000, 103_000));

/** Each log as it is, and in the middle of a long one. */
describe.each([
  { title: "a log of the lab", logs: filesOf("lab/runs/", /\.dmesg$/) },
  { title: "a public log", logs: filesOf("corpus/logs/", /./) },
])("$title, with lines left out, gives what it gives line by line", ({ logs }) => {
  // Some reports take their time: what they leave open is replayed over its whole range.
  it.each(logs)("$name", { timeout: 300_000 }, async ({ bytes }) => {
    for (const log of [bytes, Buffer.concat([before, bytes, Buffer.from("\n"), after])]) {
      const { whole, skimmed } = await readBothWays(log);
      expect({ ...skimmed, sawAll: whole.sawAll }).toEqual(whole);
    }
  });
});
