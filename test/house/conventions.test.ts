import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { noteTable } from "../../src/model/note.js";
import { root } from "./imports.js";
import { layers } from "./layers.js";

/** The files of the project, without what is installed or built. */
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (file) => !/^(?:node_modules|dist|coverage|\.git|\.lab|\.cache)(?:\/|$)/.test(file),
);

describe("the house", () => {
  it("has no warehouse", () => {
    expect(files.filter((file) => /(?:^|\/)(?:utils?|helpers?|common|misc|shared)(?:\/|\.[a-z]+$)/.test(file))).toEqual(
      [],
    );
  });

  it("has every folder on the map, with what it may import", () => {
    const map = readFileSync(join(root, "docs/architecture.md"), "utf8");
    const rows = new Map(
      [...map.matchAll(/^\| `src\/([a-z]+)`[^|]*\|.*\| (.*) \|$/gm)].map(([, name, may]) => [name, may]),
    );
    for (const entry of readdirSync(join(root, "src"), { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const allowed = layers[entry.name];
      expect([...rows.keys()]).toContain(entry.name);
      if (allowed !== undefined) expect(rows.get(entry.name)).toBe(allowed.join(", ") || "nothing");
    }
  });

  it("names no registry and no download address in the lock file", () => {
    const lock = readFileSync(join(root, "package-lock.json"), "utf8");
    expect(lock).not.toMatch(/"resolved"|https?:\/\/registry/);
  });

  it("pins every dependency", () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    for (const version of Object.values({ ...dependencies, ...devDependencies })) expect(version).toMatch(/^[0-9]/);
  });

  it("installs nothing for its users that runs a script", () => {
    const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
    const withScript = Object.entries<{ hasInstallScript?: true; dev?: true }>(packages).filter(
      ([, entry]) => entry.hasInstallScript === true,
    );
    // esbuild's script saves a start of Node at each run; without it the package works as well.
    expect(withScript.map(([path, { dev }]) => [path, dev])).toEqual([["node_modules/esbuild", true]]);
  });

  it("gives the reason for every dependency", () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const page = readFileSync(join(root, "docs/dependencies.md"), "utf8");
    const rows = [...page.matchAll(/^\| `([^`]+)` \| .{20,} \|$/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual(Object.keys(dependencies).sort());
  });

  it("has no script that runs at install of the package by others", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    for (const name of ["preinstall", "install", "postinstall"]) expect(scripts).not.toHaveProperty(name);
  });
});

describe("a note", () => {
  it.each(Object.entries(noteTable))("%s has a sentence", (code, { sentence }) => {
    expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(sentence).toMatch(/^(?:[A-Z]|\{\}).*[.}]$/s);
  });
});
