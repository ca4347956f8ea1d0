import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { formats } from "../../src/input/index.js";
import { sample, samples } from "../parse/samples.js";
import { type Dress, type KernelRecord, recordsOf } from "./dress/dress.js";
import { dresses } from "./dress/index.js";
import { readText } from "./read-text.js";

const base = recordsOf(sample("4.19.78_amd64/m2_group").lines);

/** The records of each sample as its plain form reads. */
const recordsBySample = samples.map(({ name, lines }): { name: string; records: readonly KernelRecord[] } => {
  let usec = 0;
  const records = readText(lines.join("\n")).lines.map(({ level, uptimeUsec, text }) => {
    usec = Math.max(usec, uptimeUsec ?? 0);
    return { level: level ?? 6, usec, text };
  });
  return { name, records };
});

function nameOf({ id, variant }: Dress): string {
  return variant === undefined ? id : `${id} ${variant}`;
}

function fixtureOf(dress: Dress): string {
  const file = nameOf(dress).replaceAll(/[^\w.-]+/g, "-");
  return fileURLToPath(new URL(`../../samples/formats/${file}.txt`, import.meta.url));
}

describe("a format", () => {
  it.each(formats.map(({ id }) => id))("%s has a fixture", (id) => {
    expect(dresses.some((dress) => dress.id === id)).toBe(true);
  });

  it("is named once and described in one sentence", () => {
    expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length);
    for (const { id, description } of formats) {
      expect(id).toMatch(/^[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*$/);
      expect(description).toMatch(/^[A-Z0-9a-z].{20,160}\.$/s);
    }
  });
});

describe.each(dresses.map((dress) => ({ name: nameOf(dress), dress })))("$name", ({ dress }) => {
  it("gives back the kernel's lines from its fixture", () => {
    const file = fixtureOf(dress);
    // `WRITE_FIXTURES=1` writes the fixture of a new format; what is in it is held against the sample's own lines.
    if (process.env["WRITE_FIXTURES"] !== undefined && !existsSync(file)) writeFileSync(file, dress.put(base));
    const { lines } = readText(readFileSync(file));
    const { leaves = (text: string) => text } = dress;
    expect(lines.map((line) => leaves(line.text))).toEqual(base.map((record) => leaves(record.text)));
    expect(lines[0]).toMatchObject(dress.first);
    expect(new Set(lines.map((line) => line.boot))).toEqual(new Set([0]));
  });

  it("gives back every sample", () => {
    const { leaves = (text: string) => text } = dress;
    for (const { name, records } of recordsBySample) {
      const read = readText(dress.put(records)).lines.map((line) => leaves(line.text));
      expect(read, name).toEqual(records.map((record) => leaves(record.text)));
    }
  });
});
