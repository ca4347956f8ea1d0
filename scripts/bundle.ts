import { readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildScript } from "./one-script.js";

/**
 * Bundles the command line into dist/bundle: Node starts a dozen files in half the time of four hundred. The library
 * stays as it is, a file for each module.
 */
const dist = fileURLToPath(new URL("../", import.meta.url));
const commands = readdirSync(`${dist}commands`).filter((name) => name.endsWith(".js"));
rmSync(`${dist}bundle`, { recursive: true, force: true });
await build({
  absWorkingDir: dist,
  entryPoints: [
    ...commands.map((name) => `commands/${name}`),
    "src/cli/main.js",
    "src/cli/help.js",
    "src/cli/command-not-found.js",
    "src/node/parallel/worker.js",
  ],
  outdir: "bundle",
  outbase: ".",
  bundle: true,
  // What commands share stays shared: classes are one, and each command loads what it needs.
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  logLevel: "warning",
});

// What runs most is one file with all it needs, for which compiled code can be kept (src/cli/start.ts).
await buildScript({
  stdin: {
    contents: `
      import { name, version, oclif } from "../package.json";
      import { runDirect as run } from "./src/cli/direct.js";
      export { isDirect } from "./src/cli/direct.js";
      const { bin, dirname } = oclif;
      export const runDirect = (argv, root) => run(argv, { name, version, oclif: { bin, dirname } }, root);`,
    resolveDir: dist,
    sourcefile: "direct-entry.js",
  },
  outfile: `${dist}bundle/direct.cjs`,
});
