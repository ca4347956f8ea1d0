import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./package-manifest.js";

/**
 * Writes docs/api from the types and comments of the library. TypeDoc needs a TypeScript of its own, older than ours: it is
 * installed aside.
 */
const folder = mkdtempSync(join(tmpdir(), "oomlog-typedoc-"));
try {
  const packages = ["typedoc@0.28.20", "typedoc-plugin-markdown@4.14.1", "typescript@6.0.3"];
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, ...packages]);
  const modules = join(folder, "node_modules");
  const plugin = join(modules, "typedoc-plugin-markdown/dist/index.js");
  execFileSync(join(modules, ".bin/typedoc"), ["--logLevel", "Error", "--plugin", plugin], {
    cwd: root,
    stdio: "inherit",
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
