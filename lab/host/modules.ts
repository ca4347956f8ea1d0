import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { KernelFiles } from "./kernel-store.js";
import { run } from "./process.js";

/** A kernel module, decompressed. */
export interface Module {
  /** File name, `virtio_blk.ko`. */
  readonly name: string;
  readonly content: Buffer;
}

const decompressors: Readonly<Record<string, string>> = { ".xz": "xz", ".zst": "zstd", ".gz": "gzip" };

/**
 * The modules of the given names with all that they need, in load order. Names that are built into the kernel are left
 * out.
 *
 * @throws when a kernel has a module neither as a file nor built in.
 */
export async function loadOrder(files: KernelFiles, names: readonly string[]): Promise<readonly Module[]> {
  if (names.length === 0) return [];
  const folder = join(files.root, "lib/modules", files.release);
  const dependencies = parseModulesDep(await readFile(join(folder, "modules.dep"), "utf8"));
  const builtin = new Set(
    (await readFile(join(folder, "modules.builtin"), "utf8")).split("\n").map((path) => moduleName(path)),
  );
  const order: string[] = [];
  const visit = (path: string): void => {
    if (order.includes(path)) return;
    // modules.dep lists all that a module needs, the most basic last.
    for (const other of (dependencies.get(path) ?? []).toReversed()) visit(other);
    order.push(path);
  };
  for (const name of names) {
    const path = [...dependencies.keys()].find((key) => moduleName(key) === name);
    if (path !== undefined) visit(path);
    else if (!builtin.has(name)) throw new Error(`${files.release}: no module ${name}`);
  }
  return Promise.all(order.map((path) => readModule(join(folder, path))));
}

/** The lines `PATH: NEEDED NEEDED` of a modules.dep. */
export function parseModulesDep(text: string): ReadonlyMap<string, readonly string[]> {
  const lines = text.split("\n").filter((line) => line.includes(":"));
  return new Map(
    lines.map((line) => {
      const [path = "", needed = ""] = line.split(":");
      return [path, needed.split(" ").filter((word) => word !== "")];
    }),
  );
}

/** `virtio_blk` of `kernel/drivers/block/virtio_blk.ko.xz`; `-` and `_` are the same in module names. */
function moduleName(path: string): string {
  return basename(path)
    .replace(/\.ko(?:\.\w+)?$/, "")
    .replaceAll("-", "_");
}

async function readModule(path: string): Promise<Module> {
  const name = `${moduleName(path)}.ko`;
  const suffix = Object.keys(decompressors).find((ending) => path.endsWith(ending));
  const program = suffix === undefined ? undefined : decompressors[suffix];
  const content = program === undefined ? await readFile(path) : (await run(program, ["-dc", path])).stdout;
  return { name, content };
}
