import { createReadStream, type Stats } from "node:fs";
import { opendir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
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
    if (path === "-") {
      yield { name: "-", open: () => options.stdin };
      continue;
    }
    try {
      const stats = await stat(path);
      if (stats.isDirectory()) yield* walk(path, options);
      else if (isReadable(path, stats, options)) yield fileSource(path);
    } catch (error) {
      options.onProblem(problemOf(path, error));
    }
  }
}

async function* walk(directory: string, options: FindSourcesOptions): AsyncGenerator<Source> {
  const names: { name: string; directory: boolean }[] = [];
  try {
    for await (const entry of await opendir(directory)) {
      if (entry.isDirectory() || entry.isFile()) names.push({ name: entry.name, directory: entry.isDirectory() });
    }
  } catch (error) {
    options.onProblem(problemOf(directory, error));
  }
  names.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of names) {
    const path = join(directory, entry.name);
    if (entry.directory) yield* walk(path, options);
    else yield fileSource(path);
  }
}

function fileSource(path: string): Source {
  return { name: path, open: () => createReadStream(path, { highWaterMark: CHUNK_BYTES }) };
}

/** A FIFO is read (`<(dmesg)`); a device is not: most never end. */
function isReadable(path: string, stats: Stats, { onProblem }: FindSourcesOptions): boolean {
  if (stats.isFile() || stats.isFIFO() || path === "/dev/null" || path === "/dev/stdin") return true;
  onProblem({
    name: path,
    reason: stats.isSocket() ? "is a socket" : "is a device",
    ...(path === "/dev/kmsg" ? { hint: "Read the kernel's log with: dmesg | oomlog explain" } : {}),
  });
  return false;
}
