import { existsSync, readFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Script } from "node:vm";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const bundle = new URL("../../bundle/", import.meta.url);
const direct = fileURLToPath(new URL("direct.cjs", bundle));

/** The compiled code of direct.cjs, of use to the Node alone that made it: any other compiles anew. */
export const codeCache = `${direct}.${process.version}-${process.arch}.cache`;

interface Direct {
  isDirect(argv: readonly string[]): boolean;
  runDirect(argv: readonly string[], root: string): Promise<void>;
}

/** dist/bundle/direct.cjs with its compiled code, made by `npm run build`, where that is there. */
export function loadDirect(): { readonly script: Script; readonly exports: Direct } {
  const script = new Script(module.wrap(readFileSync(direct, "latin1")), {
    filename: direct,
    cachedData: readCache(),
  });
  const made = { exports: {} as Direct };
  script.runInThisContext()(made.exports, createRequire(direct), made, direct, dirname(direct));
  return { script, exports: made.exports };
}

function readCache(): Buffer | undefined {
  try {
    return readFileSync(codeCache);
  } catch {
    return undefined;
  }
}

/** The same without: Node keeps compiled code itself, since version 22. */
function requireDirect(): Direct {
  (module as { readonly enableCompileCache?: () => void }).enableCompileCache?.();
  return createRequire(direct)(direct);
}

/** Runs a command line: a command by itself where it can be, else by oclif with all that belongs to it. */
export async function start(argv: string[]): Promise<void> {
  const exports = existsSync(codeCache) ? loadDirect().exports : requireDirect();
  if (exports.isDirect(argv)) return exports.runDirect(argv, root);
  const { main } = await import(new URL("src/cli/main.js", bundle).href);
  return main(argv, pathToFileURL(root).href);
}
