import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { codeOf } from "../system-error.js";
import { createTicker, type Followed, pause } from "./follow.js";

/** A read that is smaller than a record fails. */
const RECORD_BYTES = 8192;

export interface FollowKmsgOptions {
  readonly signal: AbortSignal;
  /** Records with a number up to this one were read before; -1 is none; undefined begins with the next record. */
  readonly after?: number | undefined;
}

/** Follows the kernel's own log: a record at each read. */
export async function* followKmsg(path: string, options: FollowKmsgOptions): AsyncGenerator<Followed> {
  const { signal, after } = options;
  const isDue = createTicker();
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  let passing = after === undefined;
  try {
    const buffer = Buffer.allocUnsafe(RECORD_BYTES);
    while (!signal.aborted) {
      try {
        const { bytesRead } = await handle.read(buffer, 0, RECORD_BYTES, null);
        if (bytesRead === 0) return;
        const bytes = Buffer.from(buffer.subarray(0, bytesRead));
        if (!passing && sequenceOf(bytes) > (after ?? -1)) yield { kind: "bytes", bytes };
        if (isDue()) yield { kind: "tick" };
      } catch (error) {
        const code = codeOf(error);
        if (code === "EPIPE") yield { kind: "lost" };
        else if (code !== "EAGAIN") throw error;
        else {
          passing = false;
          if (!(await pause(signal))) return;
          yield { kind: "tick" };
        }
      }
    }
  } finally {
    await handle.close();
  }
}

/** The number of a record of /dev/kmsg: `6,1204,3865246,-;…`; -1 where there is none. */
export function sequenceOf(record: Buffer): number {
  const [, sequence] = /^\d+,(\d+),/.exec(record.toString("latin1", 0, 64)) ?? [];
  return sequence === undefined ? -1 : Number(sequence);
}
