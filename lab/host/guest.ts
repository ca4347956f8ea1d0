import { createHash } from "node:crypto";
import { access, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Architecture } from "../architectures.js";
import { run } from "./process.js";

/** Compiles the guest's /init for an architecture, once per state of its source; returns the program. */
export async function compileGuest(source: string, folder: string, architecture: Architecture): Promise<Buffer> {
  const digest = createHash("sha256")
    .update(await readFile(source))
    .digest("hex");
  const program = join(folder, `init-${architecture.id}-${digest.slice(0, 12)}`);
  const isThere = await access(program).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    await mkdir(folder, { recursive: true });
    const flags = ["-std=gnu17", "-Os", "-Wall", "-Wextra", "-static", "-s"];
    await run(architecture.compiler, [...flags, "-o", program, source]);
  }
  return readFile(program);
}
