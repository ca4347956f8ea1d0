import { DamageError } from "./containers/damage.js";
import type { ReadInto } from "./file-bytes.js";
import { codeOf, reasonOf } from "./system-error.js";

/** A regular file, by which another thread can open it. */
export interface FileIdentity {
  /** Its name need not be UTF-8. */
  readonly path: Uint8Array;
  /** When it was last written, in milliseconds since 1970. */
  readonly modifiedAt: number;
  readonly bytes: number;
}

/** One input: bytes with a name. */
export interface Source {
  /** A path, a member of an archive, or `-` for standard input: what messages and reports name it. */
  readonly name: string;
  /** When it was last written, in milliseconds since 1970; absent for a stream. */
  readonly modifiedAt?: number;
  /** Its size on disk; absent for a stream. */
  readonly bytes?: number;
  /** The regular file that it is; absent for anything else, and for what is packed in one. */
  readonly file?: FileIdentity;
  /** Found in a folder or an archive, not named by the user: that it is empty or no log is not worth a word. */
  readonly incidental?: true;
  /** Whether reading it has failed so far: what came is not all there is. */
  readonly isDamaged?: () => boolean;
  /** Reads on right into memory, while it is open and where its bytes are those of a file: see `FileBytes`. */
  readonly readInto?: ReadInto;
  /** Opens it and gives its bytes (a file anew; standard input and a member of an archive once). The stream is closed when the iteration ends, also early. */
  open(): AsyncIterable<Uint8Array>;
}

/** An input that could not be read, whole or in part. */
export interface SourceProblem {
  readonly name: string;
  /** What happened, in words. */
  readonly reason: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** The problem that a failed system call on a source is. */
export function problemOf(name: string, error: unknown): SourceProblem {
  const hint = hints[codeOf(error) ?? ""];
  return { name, reason: reasonOf(error), ...(hint === undefined ? {} : { hint }) };
}

/**
 * Tells what failed while a source was read: damage, or a system call.
 *
 * @throws anything else: it is a fault of the program.
 */
export function tellFailure(name: string, error: unknown, onProblem: (problem: SourceProblem) => void): void {
  if (error instanceof DamageError) onProblem({ name, reason: error.message });
  else if (codeOf(error) !== undefined) onProblem(problemOf(name, error));
  else throw error;
}

const hints: Readonly<Record<string, string>> = {
  ENOENT: "Check the name; logs of this machine come from: dmesg | oomlog explain",
  EACCES: "Read it with the rights to do so (sudo), or pipe it in: sudo cat FILE | oomlog explain",
  EPERM: "Read it with the rights to do so (sudo), or pipe it in: sudo cat FILE | oomlog explain",
};
