import { createReadStream, type Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { decodeBytes } from "../model/text.js";
import { problemOf, type Source, type SourceProblem } from "./source.js";

export interface FindSourcesOptions {
  /** What `-` reads. */
  readonly stdin: Readable;
  readonly onProblem: (problem: SourceProblem) => void;
}

const CHUNK_BYTES = 1 << 16;

/**
 * The sources that paths name, in order: `-` is standard input, a directory gives every regular file below it, sorted
 * by name. Symbolic links are followed when they are named, not inside directories, so no loop can arise.
 *
 * What can not be read is a problem, and the rest goes on.
 */
export async function* findSources(paths: readonly string[], options: FindSourcesOptions): AsyncGenerator<Source> {
  for (const path of paths) {
    if (path === "-") yield { name: "-", open: () => options.stdin };
    else yield* findNamed(path, options);
  }
}

async function* findNamed(path: string, options: FindSourcesOptions): AsyncGenerator<Source> {
  const bytes = Buffer.from(path);
  const stats = await statOrTell(bytes, options);
  if (stats === undefined) return;
  if (stats.isDirectory()) yield* walk(bytes, options);
  else if (stats.isFile() || stats.isFIFO() || harmlessDevices.has(path)) yield fileSource(bytes, stats);
  else {
    // Most devices never end.
    options.onProblem({
      name: path,
      reason: stats.isSocket() ? "is a socket" : "is a device",
      ...(path === "/dev/kmsg" ? { hint: "Read the kernel's log with: dmesg | oomlog explain" } : {}),
    });
  }
}

const harmlessDevices: ReadonlySet<string> = new Set(["/dev/null", "/dev/stdin"]);

/** Paths are bytes here: a name need not be UTF-8. */
async function* walk(directory: Buffer, options: FindSourcesOptions): AsyncGenerator<Source> {
  const prefix = directory.at(-1) === slash[0] ? directory : Buffer.concat([directory, slash]);
  const entries = await readdir(directory, { withFileTypes: true, encoding: "buffer" }).catch((error: unknown) => {
    options.onProblem(problemOf(decodeBytes(directory), error));
    return [];
  });
  entries.sort((a, b) => Buffer.compare(a.name, b.name));
  for (const entry of entries) {
    const path = Buffer.concat([prefix, entry.name]);
    if (entry.isDirectory()) yield* walk(path, options);
    else if (entry.isFile()) {
      const stats = await statOrTell(path, options);
      if (stats !== undefined) yield fileSource(path, stats);
    }
  }
}

const slash = Buffer.from("/");

function fileSource(path: Buffer, stats: Stats): Source {
  return {
    name: decodeBytes(path),
    ...(stats.isFile() ? { modifiedAt: stats.mtimeMs } : {}),
    open: () => createReadStream(path, { highWaterMark: CHUNK_BYTES }),
  };
}

async function statOrTell(path: Buffer, { onProblem }: FindSourcesOptions): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    onProblem(problemOf(decodeBytes(path), error));
    return undefined;
  }
}
