import { describe, expect, it } from "vitest";
import { importsBelow, importsOf } from "./imports.js";
import { coreFolders, corePackages, layers, outerFolders } from "./layers.js";

/** What is wrong with an import, or null. Independent of the linter's own rules. */
function trespass(file: string, target: string): string | null {
  const [top, folder = ""] = file.split("/");
  const [targetTop, targetFolder = ""] = target.split("/");
  const relative = target.startsWith("src/") || target.startsWith("commands/");
  const face = /^src\/(?:analyse(?:-stream)?|index|stage)\.[jt]s$/;
  const isCore = coreFolders.includes(folder) || face.test(file);
  if (!relative) {
    const known = corePackages[folder]?.some((name) => target === name || target.startsWith(`${name}/`)) === true;
    if (top === "src" && (isCore || folder === "page") && !known) return "package";
    if (target === "@oclif/core") return "the whole of oclif";
    return target.startsWith("@oclif/") && folder === "node" ? "oclif" : null;
  }
  if (top === "commands" || folder === "cli") return null;
  if (targetTop === "commands" || targetFolder === "cli") return "the command line";
  if (folder === "node") return targetFolder === "page" ? "the page" : null;
  if (folder === "page") return targetFolder === "node" ? "Node" : null;
  if (face.test(file)) return outerFolders.includes(targetFolder) ? "an outer folder" : null;
  if (!coreFolders.includes(folder)) return "unknown folder";
  return targetFolder === folder || layers[folder]?.includes(targetFolder) ? null : "another layer";
}

describe("the layers", () => {
  it("hold for every import", () => {
    const imports = [...importsBelow("src"), ...importsBelow("commands")];
    expect(imports.length).toBeGreaterThan(50);
    expect(imports.filter(({ file, target }) => trespass(file, target) !== null)).toEqual([]);
  });

  it.each([
    ["src/model/a.ts", `import { x } from "../kernel/x.js";`],
    ["src/parse/a.ts", `import type { x } from "../replay/x.js";`],
    ["src/parse/a.ts", `export * from "../analyse.js";`],
    ["src/diagnose/rules/a.ts", `export { x } from "../../node/x.js";`],
    ["src/render/a.ts", `import fs from "node:fs";`],
    ["src/render/a.ts", `import {\n  readFile,\n} from "fs";`],
    ["src/replay/a.ts", `const os = await import("node:os");`],
    ["src/input/a.ts", `import split2 from "split2";`],
    ["src/triage/a.ts", `import "fast-csv";`],
    ["src/page/a.ts", `import { x } from "../node/x.js";`],
    ["src/node/a.ts", `import { x } from "../cli/x.js";`],
    ["src/analyse.ts", `import { x } from "./node/x.js";`],
  ])("are broken by %s: %s", (file, text) => {
    const found = importsOf(file, text);
    expect(found).toHaveLength(1);
    expect(found.map((one) => trespass(one.file, one.target))).not.toContain(null);
  });
});
