import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "./imports.js";
import { coreFolders, corePackages, layers, outerFolders } from "./layers.js";

/** Files planted in a copy of the project that has nothing but the lint rules, and whether lint must refuse them. */
const plants: { file: string; code: string; refused: boolean }[] = [];

function plant(file: string, code: string, refused: boolean): void {
  plants.push({ file, code, refused });
}

for (const folder of coreFolders) {
  for (const target of [...coreFolders, ...outerFolders]) {
    const allowed = target === folder || layers[folder]?.includes(target) === true;
    plant(`src/${folder}/import-${target}.ts`, `export { x } from "../${target}/x.js";\n`, !allowed);
    plant(`src/${folder}/deep/import-${target}.ts`, `export { x } from "../../${target}/x.js";\n`, !allowed);
  }
  plant(`src/${folder}/import-builtin.ts`, `export { readFileSync } from "node:fs";\n`, true);
  plant(`src/${folder}/import-bare-builtin.ts`, `export { readFileSync } from "fs";\n`, true);
  plant(`src/${folder}/import-split2.ts`, `export { default } from "split2";\n`, true);
  plant(`src/${folder}/import-fast-csv.ts`, `export { format } from "fast-csv";\n`, true);
  plant(`src/${folder}/import-dynamic.ts`, `export const os = await import("node:os");\n`, true);
  plant(`src/${folder}/import-face.ts`, `export { x } from "../analyse.js";\n`, true);
  plant(`src/${folder}/import-command.ts`, `export { x } from "../../commands/x.js";\n`, true);
  plant(`src/${folder}/global-buffer.ts`, `export const x = Buffer.alloc(1);\n`, true);
  plant(`src/${folder}/global-process.ts`, `export const x = process.env;\n`, true);
  plant(`src/${folder}/sibling.ts`, `export { x } from "./x.js";\n`, false);
}
for (const target of coreFolders) plant(`src/analyse-${target}.ts`, `export { x } from "./${target}/x.js";\n`, false);
for (const [folder, names] of Object.entries(corePackages)) {
  for (const name of names) plant(`src/${folder}/import-package.ts`, `export { x } from "${name}/x.js";\n`, false);
}
plant("src/index.ts", `export { x } from "./node/x.js";\n`, true);
plant("src/analyse.ts", `export { x } from "node:fs";\n`, true);
plant("src/page/import-node.ts", `export { x } from "../node/x.js";\n`, true);
plant("src/page/import-builtin.ts", `export { x } from "node:fs";\n`, true);
plant("src/page/import-split2.ts", `export { default } from "split2";\n`, true);
plant("src/page/browser/import-cli.ts", `export { x } from "../../cli/x.js";\n`, true);
plant("src/page/browser/import-papaparse.ts", `export { default } from "papaparse";\n`, false);
plant("src/page/import-core.ts", `export { x } from "../analyse.js";\n`, false);
plant("src/node/import-cli.ts", `export { x } from "../cli/x.js";\n`, true);
plant("src/node/import-oclif.ts", `export { Command } from "@oclif/core/command";\n`, true);
plant("src/node/import-core.ts", `export { x } from "../analyse.js";\nexport { default } from "split2";\n`, false);
plant("src/cli/import-all.ts", `export { x } from "../node/x.js";\nexport { y } from "../render/y.js";\n`, false);
plant("src/cli/import-oclif.ts", `export { Command } from "@oclif/core";\n`, true);
plant("commands/import-split2.ts", `export { default } from "split2";\n`, true);

describe("lint", () => {
  let folder = "";
  const refused = new Set<string>();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "oomlog-lint-"));
    copyFileSync(join(root, "biome.json"), join(folder, "biome.json"));
    for (const { file, code } of plants) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), code);
    }
    for (const { location, category } of lint(folder)) {
      if (/noRestricted(?:Imports|Globals)$/.test(category)) refused.add(location.path);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(plants.filter((one) => one.refused))("refuses $file", ({ file }) => {
    expect(refused).toContain(file);
  });

  it.each(plants.filter((one) => !one.refused))("accepts $file", ({ file }) => {
    expect(refused).not.toContain(file);
  });
});

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string };
}

function lint(folder: string): Diagnostic[] {
  const biome = join(root, "node_modules/.bin/biome");
  try {
    execFileSync(biome, ["lint", "--reporter=json", "--max-diagnostics=none", "."], { cwd: folder, stdio: "pipe" });
  } catch (error) {
    const { stdout } = error as { stdout: Buffer };
    return JSON.parse(stdout.toString("utf8")).diagnostics;
  }
  throw new Error("lint passed although forbidden imports were planted");
}
