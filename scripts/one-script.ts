import { writeFileSync } from "node:fs";
import { type BuildOptions, build } from "esbuild";

/**
 * Bundles a program for Node into one script, which has no import() of its own and is ASCII: V8 keeps such a script in
 * half the memory and Node reads it without decoding.
 */
export async function buildScript(options: BuildOptions & { readonly outfile: string }): Promise<void> {
  const { outputFiles = [] } = await build({
    ...options,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    minify: true,
    supported: { "dynamic-import": false },
    logLevel: "warning",
    write: false,
  });
  const script = outputFiles.map(({ text }) => text).join("");
  writeFileSync(options.outfile, toAscii(script));
}

/** What esbuild leaves as it is stands in regular expressions, where the escape means the same. */
function toAscii(script: string): string {
  return script.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
