import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { codeOf } from "../system-error.js";
import type { FilePosition } from "./follow-file.js";

/** What must be known to go on after a restart. */
export interface Cursor {
  /** The source, as it was named. */
  readonly source: string;
  /** Before the oldest report that was open: nothing before it is needed any more. Null for a stream. */
  readonly position: FilePosition | null;
  /** Lines of the file before that. */
  readonly line: number;
  /** Number of the kernel's last record before that; null for everything but /dev/kmsg. */
  readonly sequence: number | null;
  /** Reports that were told, newest last, as `HOST ID`: those after the place are not told again. */
  readonly told: readonly string[];
}

/** How many reports are remembered. */
export const MOST_TOLD = 1_000;

/**
 * Reads a cursor file; null when there is none yet.
 *
 * @throws {SyntaxError} when it holds something else.
 */
export function readCursor(path: string): Cursor | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
  const read: unknown = JSON.parse(text);
  if (!isCursor(read)) throw new SyntaxError("not a cursor");
  return read;
}

function isCursor(value: unknown): value is Cursor {
  if (typeof value !== "object" || value === null) return false;
  const { source, line, told, position, sequence } = value as Partial<Cursor>;
  return (
    typeof source === "string" &&
    isPlace(line) &&
    (sequence === null || isPlace(sequence) || sequence === -1) &&
    Array.isArray(told) &&
    told.every((one) => typeof one === "string") &&
    (position === null || [position?.device, position?.inode, position?.byteOffset].every(isPlace))
  );
}

function isPlace(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

/** Replaces a cursor file: a crash leaves the old one or the new one. */
export function writeCursor(path: string, cursor: Cursor): void {
  const aside = `${path}.tmp`;
  try {
    rmSync(aside, { force: true });
    writeFileSync(aside, `${JSON.stringify(cursor)}\n`, { flush: true, flag: "wx" });
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}
