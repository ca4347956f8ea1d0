import { constants } from "node:fs";
import { type FileHandle, open, readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { codeOf } from "../system-error.js";
import { createTicker, type Followed, pause } from "./follow.js";

/** A place in a file that survives renaming. */
export interface FilePosition {
  readonly device: number;
  readonly inode: number;
  readonly byteOffset: number;
}

export interface FollowFileOptions {
  readonly signal: AbortSignal;
  /** Where to begin: at a place read before, at the end as it is now, or at the beginning. */
  readonly from: FilePosition | "end" | "start";
  /** The place is in no file that is left: what was written since may be lost. */
  readonly onPlaceLost?: () => void;
  /** There is no such file yet; it is waited for. */
  readonly onMissing?: () => void;
}

const READ_BYTES = 1 << 18;

/** Follows a file that grows and is rotated or truncated, as `tail -F` does. */
export class FileFollower {
  readonly #path: string;
  readonly #options: FollowFileOptions;
  #position: FilePosition = { device: 0, inode: 0, byteOffset: 0 };

  constructor(path: string, options: FollowFileOptions) {
    this.#path = path;
    this.#options = options;
  }

  /** Where the next byte comes from. */
  get position(): FilePosition {
    return this.#position;
  }

  async *events(): AsyncGenerator<Followed> {
    const { signal, from } = this.#options;
    const isDue = createTicker();
    let handle = await this.#first(from);
    try {
      while (!signal.aborted) {
        const bytes = handle === null ? null : await this.#read(handle);
        if (bytes !== null) {
          yield { kind: "bytes", bytes };
          if (isDue()) yield { kind: "tick" };
          continue;
        }
        const next = await this.#next(handle);
        if (next === "truncated") {
          this.#position = { ...this.#position, byteOffset: 0 };
          yield { kind: "restart" };
        } else if (next !== null) {
          // What was written to the old one after the last look, before its writer let it go.
          for (let rest = handle && (await this.#read(handle)); rest; rest = handle && (await this.#read(handle))) {
            yield { kind: "bytes", bytes: rest };
          }
          await handle?.close();
          if (handle !== null) yield { kind: "restart" };
          handle = next;
          this.#position = await positionOf(next, 0);
        } else {
          if (!(await pause(signal))) return;
          yield { kind: "tick" };
        }
      }
    } finally {
      await handle?.close();
    }
  }

  async #read(handle: FileHandle): Promise<Uint8Array | null> {
    const { byteOffset } = this.#position;
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, byteOffset);
    if (bytesRead === 0) return null;
    this.#position = { ...this.#position, byteOffset: byteOffset + bytesRead };
    return buffer.subarray(0, bytesRead);
  }

  async #first(from: FollowFileOptions["from"]): Promise<FileHandle | null> {
    const handle = await openOrNull(this.#path);
    if (typeof from === "object") {
      const found = await this.#find(from, handle);
      if (found !== null) {
        if (found !== handle) await handle?.close();
        this.#position = from;
        return found;
      }
      this.#options.onPlaceLost?.();
    }
    if (handle === null) {
      this.#options.onMissing?.();
      return null;
    }
    this.#position = await positionOf(handle, from === "end" ? (await handle.stat()).size : 0);
    return handle;
  }

  /** The file with a place: the one of that name, or the one that a rotation has made of it. */
  async #find(place: FilePosition, named: FileHandle | null): Promise<FileHandle | null> {
    if (named !== null && (await holds(named, place))) return named;
    const folder = dirname(this.#path);
    const names = await readdir(folder).catch((): string[] => []);
    for (const name of names.filter((name) => name.startsWith(basename(this.#path))).sort()) {
      const handle = await openOrNull(join(folder, name));
      if (handle === null) continue;
      if (await holds(handle, place)) return handle;
      await handle.close();
    }
    return null;
  }

  /** What comes after the end of the open file: another file of its name, itself truncated, or nothing yet. */
  async #next(handle: FileHandle | null): Promise<FileHandle | "truncated" | null> {
    const now = await stat(this.#path).catch(() => null);
    if (now === null || !now.isFile()) return null;
    const { device, inode, byteOffset } = this.#position;
    if (handle === null || now.dev !== device || now.ino !== inode) return openOrNull(this.#path);
    return now.size < byteOffset ? "truncated" : null;
  }
}

async function positionOf(handle: FileHandle, byteOffset: number): Promise<FilePosition> {
  const { dev, ino } = await handle.stat();
  return { device: dev, inode: ino, byteOffset };
}

async function holds(handle: FileHandle, { device, inode, byteOffset }: FilePosition): Promise<boolean> {
  const { dev, ino, size } = await handle.stat();
  return dev === device && ino === inode && size >= byteOffset;
}

async function openOrNull(path: string): Promise<FileHandle | null> {
  try {
    // A FIFO of that name must not block.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}
