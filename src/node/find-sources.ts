import { createReadStream, type Stats } from "node:fs";
import { lstat, readdir, stat, statfs } from "node:fs/promises";
import type { Readable } from "node:stream";
import { decodeBytes } from "../model/text.js";
import { FileBytes } from "./file-bytes.js";
import { expandPattern, isPattern } from "./glob.js";
import { compareRotated } from "./rotation.js";
import { type FileIdentity, problemOf, type Source, type SourceProblem } from "./source.js";

export interface FindSourcesOptions {
  /** What `-` reads. */
  readonly stdin: Readable;
  readonly onProblem: (problem: SourceProblem) => void;
}

/**
 * The sources that paths name, in order: `-` is standard input, a directory gives every regular file below it, sorted by
 * name and the logs of one rotation oldest first. A path that does not exist and looks like a pattern is one.
 *
 * Links are followed, but inside directories each file and directory is read once, so that no loop can arise.
 *
 * What can not be read is a problem, and the rest goes on.
 */
export async function* findSources(paths: readonly string[], options: FindSourcesOptions): AsyncGenerator<Source> {
  for (const path of paths) {
    if (path === "-") yield { name: "-", open: () => options.stdin };
    else if (isPattern(path) && !(await exists(path))) yield* findMatching(path, options);
    else yield* findNamed(path, options);
  }
}

async function* findMatching(pattern: string, options: FindSourcesOptions): AsyncGenerator<Source> {
  const found = await expandPattern(pattern);
  if (found.length === 0) options.onProblem({ name: pattern, reason: "no file has such a name" });
  for (const path of found.sort(compareRotated)) yield* findNamed(path, options);
}

async function* findNamed(path: string, options: FindSourcesOptions): AsyncGenerator<Source> {
  const bytes = Buffer.from(path);
  const stats = await statOrTell(bytes, options);
  if (stats === undefined) return;
  if (stats.isDirectory() && (await isKernels(bytes))) {
    options.onProblem({ name: path, reason: "is a view of the kernel, not a folder of files", hint: KERNEL_LOG });
  } else if (stats.isDirectory()) yield* walk(bytes, stats.dev, new Set([identityOf(stats)]), options);
  else if (path === "/proc/kmsg") options.onProblem({ name: path, reason: "never ends", hint: KERNEL_LOG });
  else if (stats.isFile() || stats.isFIFO() || harmlessDevices.has(path)) yield fileSource(bytes, stats);
  else {
    // Most devices never end.
    options.onProblem({
      name: path,
      reason: stats.isSocket() ? "is a socket" : "is a device",
      ...(path === "/dev/kmsg" ? { hint: KERNEL_LOG } : {}),
    });
  }
}

const KERNEL_LOG = "Read the kernel's log with: dmesg | oomlog explain";

/**
 * File systems in which the kernel shows itself, by the magic numbers of statfs(2): files there may never end, and none is
 * a log. pstore, which holds logs, is none of them.
 */
const kernelFileSystems: ReadonlySet<number> = new Set([
  0x9fa0, // proc
  0x62656572, // sysfs
  0x64626720, // debugfs
  0x74726163, // tracefs
  0x27e0eb, // cgroup
  0x63677270, // cgroup2
]);

async function isKernels(directory: Buffer): Promise<boolean> {
  return statfs(directory).then(
    ({ type }) => kernelFileSystems.has(type),
    () => false,
  );
}

const harmlessDevices: ReadonlySet<string> = new Set(["/dev/null", "/dev/stdin"]);

/** Paths are bytes here: a name need not be UTF-8. `seen` holds what was read below the directory that was named. */
async function* walk(
  directory: Buffer,
  device: number,
  seen: Set<string>,
  options: FindSourcesOptions,
): AsyncGenerator<Source> {
  const prefix = directory.at(-1) === slash[0] ? directory : Buffer.concat([directory, slash]);
  const names = await readdir(directory, { encoding: "buffer" }).catch((error: unknown) => {
    options.onProblem(problemOf(decodeBytes(directory), error));
    return [];
  });
  const inOrder = names.map((bytes) => ({ bytes, name: decodeBytes(bytes) }));
  inOrder.sort((a, b) => compareRotated(a.name, b.name));
  for (const { bytes } of inOrder) {
    const path = Buffer.concat([prefix, bytes]);
    // A link that leads nowhere is no log, and no fault of the user's either.
    const stats = await stat(path).catch(() => undefined);
    if (stats === undefined || !(stats.isDirectory() || stats.isFile())) continue;
    const identity = identityOf(stats);
    if (seen.has(identity)) continue;
    seen.add(identity);
    if (stats.isDirectory()) {
      if (stats.dev === device || !(await isKernels(path))) yield* walk(path, stats.dev, seen, options);
    } else yield { ...fileSource(path, stats), incidental: true };
  }
}

/** What a file is, by whatever path. */
function identityOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

const slash = Buffer.from("/");

function fileSource(path: Buffer, stats: Stats): Source {
  if (!stats.isFile()) return { name: decodeBytes(path), open: () => createReadStream(path) };
  return openFile({ path, modifiedAt: stats.mtimeMs, bytes: stats.size });
}

/** A regular file as a source. */
export function openFile(identity: FileIdentity): Source {
  const { path, modifiedAt, bytes } = identity;
  const file = new FileBytes(Buffer.from(path));
  return {
    name: decodeBytes(path),
    modifiedAt,
    bytes,
    file: identity,
    open: () => file.chunks(),
    readInto: file.readInto,
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
