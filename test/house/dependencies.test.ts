import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./root.js";

interface Locked {
  readonly version: string;
  readonly dev?: true;
  readonly devOptional?: true;
  readonly hasInstallScript?: true;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const lock: Readonly<Record<string, Locked>> = JSON.parse(
  readFileSync(join(root, "package-lock.json"), "utf8"),
).packages;
const packages = Object.entries(lock).filter(([path]) => path !== "");
const production = packages.filter(([, { dev, devOptional }]) => dev !== true && devOptional !== true);
const page = readFileSync(join(root, "docs/dependencies.md"), "utf8");

describe("what npm install brings", () => {
  it("runs no script, and is of no platform", () => {
    expect(production.length).toBeGreaterThan(Object.keys(dependencies).length);
    const suspicious = production.filter(([, { hasInstallScript, os, cpu }]) => hasInstallScript || os || cpu);
    expect(suspicious).toEqual([]);
  });

  it("is pinned, with a digest and without an address", () => {
    for (const version of Object.values({ ...dependencies, ...devDependencies })) expect(version).toMatch(/^\d/);
    for (const [path, { integrity, resolved }] of packages) {
      expect(integrity, path).toMatch(/^sha512-/);
      expect(resolved, path).toBeUndefined();
    }
  });

  it("is told in docs/dependencies.md: each dependency with its reason, and how many packages there are", () => {
    const told = [...page.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, name]) => name);
    expect(told.sort()).toEqual(Object.keys(dependencies).sort());
    expect(page).toContain(`${production.length} packages in all`);
  });
});
