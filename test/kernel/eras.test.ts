import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { distributions } from "../../src/kernel/eras/distributions.js";
import { oldestTraits } from "../../src/kernel/eras/mainline-2.js";
import { stableRows } from "../../src/kernel/eras/stable.js";
import { eraById, eras, mainlineRows, selectionKey } from "../../src/kernel/eras/table.js";
import { gfpRows } from "../../src/kernel/gfp/tables.js";
import { compareVersions, versionOf } from "../../src/kernel/version.js";
import { root } from "../house/imports.js";

/** The one form in which the kernel is cited. */
const citation =
  /^Since Linux (?:commit [0-9a-f]{12} \([^()]+\) \(v([\d.]+)\)|v([\d.]+(?:-\d+\.el\d+)?) \(commit unconfirmed\)), .+\.$/;

/** The commits that were confirmed; any other hash would be a guess. */
const confirmed = [
  "1c0fe6e3bda0",
  "51b1bd2ace15",
  "5e9d834a0e0c",
  "a63d83f427fb",
  "a7f638f999ff",
  "af5b0f6a09e4",
  "e1e12d2f3104",
];

const versionedRows = [...mainlineRows, ...stableRows];
const builtRows = distributions.flatMap(({ rows }) => rows.map((row) => ({ row, id: row.from })));

describe("a row of the era table", () => {
  it.each(versionedRows.map((row) => [row.change, row] as const))("cites its change: %s", (change, row) => {
    const cited = citation.exec(change);
    expect(cited?.[1] ?? cited?.[2]).toBe(row.from);
  });

  it.each(builtRows.map(({ row }) => [row.change, row.from] as const))("cites its build: %s", (change, from) => {
    expect(citation.exec(change)?.[2]?.replace(/\.el\d+$/, "")).toBe(from);
  });

  it.each(gfpRows.map(({ change, id }) => [change, id] as const))("cites its gfp bits: %s", (change, id) => {
    expect(citation.exec(change)?.[2]).toBe(id);
  });

  it("names confirmed commits alone", () => {
    const text = [...versionedRows.map((row) => row.change), ...builtRows.map(({ row }) => row.change)].join("\n");
    const hashes = new Set([...text.matchAll(/commit ([0-9a-f]{12})/g)].map(([, hash]) => hash));
    expect([...hashes].sort()).toEqual(confirmed);
  });

  it("stands in its order, oldest first", () => {
    for (const [index, row] of mainlineRows.slice(1).entries()) {
      const before = mainlineRows[index];
      expect(compareVersions(versionOf(before?.from ?? ""), versionOf(row.from))).toBeLessThanOrEqual(0);
    }
    for (const { rows } of distributions) {
      const builds = rows.map(({ from }) => Number(from.split("-")[1]));
      expect(builds).toEqual([...builds].sort((a, b) => a - b));
    }
  });

  it("changes something", () => {
    const first = mainlineRows[0];
    for (const row of versionedRows) if (row !== first) expect(Object.keys(row.traits)).not.toEqual([]);
    let traits = oldestTraits;
    for (const row of mainlineRows) {
      for (const [name, value] of Object.entries(row.traits)) {
        expect(value, `${row.from} ${name}`).not.toBe(traits[name as keyof typeof traits]);
      }
      traits = { ...traits, ...row.traits };
    }
  });
});

describe("a trait", () => {
  const files = ["src/model/selection-traits.ts", "src/model/printing-traits.ts"];
  const source = files.map((file) => readFileSync(join(root, file), "utf8")).join("\n");
  const names = Object.keys(oldestTraits);

  it.each(names)("is documented: %s", (name) => {
    const at = source.indexOf(`\n  readonly ${name}:`);
    expect(at).toBeGreaterThan(0);
    const before = source.slice(0, at).trimEnd();
    const comment = before.slice(before.lastIndexOf("/**"));
    expect(comment).toMatch(/\*\/$/);
    expect(comment.length).toBeGreaterThan(60);
    expect(comment.replace(/\s*\n\s*\* ?/g, " ")).toMatch(
      /Since Linux (?:v[\d.]+ \(commit unconfirmed\)|commit [0-9a-f]{12} \([^()]+\) \(v[\d.]+\))/,
    );
  });

  it.each(names)("has a row that changes it, or a kernel that never did: %s", (name) => {
    const values = new Set(eras.map((era) => era.traits[name as keyof typeof oldestTraits]));
    expect(values.size).toBeGreaterThan(1);
  });
});

describe("an era", () => {
  it("has an id of its own", () => {
    expect(new Set(eras.map((era) => era.id)).size).toBe(eras.length);
    for (const { id } of eras) expect(eraById(id)?.id).toBe(id);
  });

  it("has every trait", () => {
    for (const era of eras) expect(Object.keys(era.traits).sort()).toEqual(Object.keys(oldestTraits).sort());
  });

  /** One kernel of each rule set, mostly its last. */
  it.each([
    ["v2.6.18", "L1"],
    ["v2.6.24", "L2"],
    ["v2.6.31", "L3"],
    ["v2.6.35", "L4"],
    ["v2.6.37", "R1"],
    ["v3.1", "R2"],
    ["v3.4", "R3"],
    ["v3.13", "R4"],
    ["v3.19", "R5"],
    ["v4.6", "R6"],
    ["v4.8", "R7"],
    ["v4.14", "R8"],
    ["v4.15", "R9"],
    ["v5.0", "R10"],
    ["v5.2", "R11"],
    ["v5.8", "R12"],
    ["v7.1", "R13"],
    ["v5.4.286", "R13"],
    ["el5-2.6.18-194", "L1"],
    ["el6-2.6.32-71", "L4"],
    ["el6-2.6.32-220", "R2"],
    ["el7-3.10.0-1160", "R4"],
    ["el8-4.18.0-80", "R10"],
    ["el8-4.18.0-305", "R12"],
    ["el8-4.18.0-348", "R13"],
    ["el10-6.12.0-55", "R13"],
  ])("%s belongs to %s", (id, rules) => {
    expect(eraById(id)?.rules).toBe(rules);
  });

  it("selects alike when only its printing differs", () => {
    const [a, b] = [eraById("v5.9"), eraById("v5.9")];
    if (a === undefined || b === undefined) throw new Error("no era v5.9");
    expect(selectionKey({ ...a.traits, taskTable: "rss_anon" })).toBe(selectionKey(b.traits));
    expect(selectionKey({ ...a.traits, pointsClamp: "at-least-1" })).not.toBe(selectionKey(b.traits));
  });
});
