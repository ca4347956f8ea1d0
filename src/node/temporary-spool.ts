import { closeSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Spool } from "../input/index.js";

/** Loaded when a part comes: few sources need it, and each start would pay for it. */
const v8 = () => process.getBuiltinModule("node:v8");

/** Beyond this many bytes it takes no more: the folder of temporary files is others' too. */
const LIMIT_BYTES = 8 * 2 ** 30;

export interface TemporarySpool extends Spool<unknown> {
  close(): void;
}

/** A spool in a temporary file, which is made when the first part comes and has no name from then on. */
export function createTemporarySpool(limitBytes = LIMIT_BYTES): TemporarySpool {
  const ends: number[] = [];
  let file: number | null = null;

  function begin(): number {
    const path = join(tmpdir(), `oomlog-${process.getBuiltinModule("node:crypto").randomUUID()}.spool`);
    const opened = openSync(path, "wx+", 0o600);
    unlinkSync(path);
    return opened;
  }

  return {
    push(part) {
      const start = ends.at(-1) ?? 0;
      const bytes = v8().serialize(part);
      if (start + bytes.length > limitBytes) return false;
      try {
        file ??= begin();
        for (let done = 0; done < bytes.length; )
          done += writeSync(file, bytes, done, bytes.length - done, start + done);
      } catch {
        // No room, or no folder to write to: the caller says what that costs.
        return false;
      }
      ends.push(start + bytes.length);
      return true;
    },
    pop() {
      const end = ends.pop();
      if (end === undefined || file === null) return null;
      const start = ends.at(-1) ?? 0;
      const bytes = Buffer.alloc(end - start);
      for (let done = 0; done < bytes.length; ) {
        const read = readSync(file, bytes, done, bytes.length - done, start + done);
        if (read === 0) throw new Error(`the temporary file ends at ${start + done}, before ${end}`);
        done += read;
      }
      return v8().deserialize(bytes) as readonly unknown[];
    },
    close() {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}
