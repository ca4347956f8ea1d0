import type { BuildOptions } from "esbuild";

/** How a program for Node becomes one script, which has no import() of its own. */
export const oneScript: BuildOptions = {
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  minify: true,
  keepNames: true,
  supported: { "dynamic-import": false },
  logLevel: "warning",
};
