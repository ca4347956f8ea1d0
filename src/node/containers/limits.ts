import { DamageError } from "./damage.js";

/** How much a source may unpack to: a few bytes can claim to be a petabyte. */
export interface UnpackLimits {
  /** Containers in each other. */
  readonly depth: number;
  /** Unpacked bytes for one packed byte, on average: no log is packed so well, and gzip packs zeros 1,030 times. */
  readonly ratio: number;
  /** The ratio counts from this many unpacked bytes on. */
  readonly ratioFromBytes: number;
  /** Unpacked bytes in all. */
  readonly bytes: number;
}

export const defaultLimits: UnpackLimits = { depth: 5, ratio: 1_000, ratioFromBytes: 2 ** 26, bytes: 2 ** 42 };

/** Unpacked bytes that are handed on at once. */
const PIECE_BYTES = 1 << 18;

/** Counts the bytes of one file before and after unpacking. */
export class UnpackMeter {
  readonly #limits: UnpackLimits;
  #packed = 0;
  #unpacked = 0;

  constructor(limits: UnpackLimits) {
    this.#limits = limits;
  }

  /** Counts what is read of the file itself. */
  async *packed(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#packed += chunk.length;
      yield chunk;
    }
  }

  /** @throws {DamageError} beyond the limits. */
  async *unpacked(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const { ratio, ratioFromBytes, bytes } = this.#limits;
    for await (const chunk of chunks) {
      this.#unpacked += chunk.length;
      if (this.#unpacked > bytes) throw new DamageError(`unpacks to more than ${bytes} bytes; the rest was not read`);
      if (this.#unpacked > ratioFromBytes && this.#unpacked > this.#packed * ratio) {
        throw new DamageError(`unpacks to more than ${ratio} times its size, as no log does; the rest was not read`);
      }
      // A chunk of a few bytes may be lines by the million: they are held at once.
      for (let at = 0; at < chunk.length; at += PIECE_BYTES) yield chunk.subarray(at, at + PIECE_BYTES);
    }
  }
}
