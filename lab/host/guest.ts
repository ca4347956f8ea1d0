import { createHash } from "node:crypto";
import { access, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Architecture } from "../architectures.js";
import { run } from "./process.js";

/** Compiles the guest's /init for an architecture, once per state of its sources; returns the program. */
export async function compileGuest(sources: string, folder: string, architecture: Architecture): Promise<Buffer> {
  const names = (await readdir(sources)).filter((name) => /\.[ch]$/.test(name)).sort();
  const digest = createHash("sha256");
  for (const name of names) digest.update(await readFile(join(sources, name)));
  const program = join(folder, `init-${architecture.id}-${digest.digest("hex").slice(0, 12)}`);
  const isThere = await access(program).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    await mkdir(folder, { recursive: true });
    const flags = ["-std=gnu17", "-Os", "-Wall", "-Wextra", "-static", "-s"];
    const files = names.filter((name) => name.endsWith(".c")).map((name) => join(sources, name));
    await run(architecture.compiler, [...flags, "-o", program, ...files]);
  }
  return readFile(program);
}
