import { cutShort } from "./damage.js";

const NOTHING = Buffer.alloc(0);

/** Reads a stream of chunks by counts of bytes, whatever the chunks. */
export class ByteReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #held: Buffer = NOTHING;
  #ended = false;
  /** Why the stream ended, where that is a failure: it counts when what came before it has been used up. */
  #failure: unknown = null;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#iterator = chunks[Symbol.asyncIterator]();
  }

  /** The bytes at hand. */
  get bytes(): Buffer {
    return this.#held;
  }

  /**
   * Reads until this many bytes are at hand, or all that there are; false where the stream ends before.
   *
   * @throws what the stream throws, when it fails before.
   */
  async fill(count: number): Promise<boolean> {
    if (this.#held.length >= count) return true;
    const parts: Uint8Array[] = [this.#held];
    let length = this.#held.length;
    while (length < count && !this.#ended) {
      const bytes = await this.#next();
      if (bytes === null) break;
      parts.push(bytes);
      length += bytes.length;
    }
    if (parts.length > 1) this.#held = Buffer.concat(parts, length);
    if (length < count && this.#failure !== null) throw this.#failure;
    return length >= count;
  }

  async #next(): Promise<Uint8Array | null> {
    try {
      const { value, done } = await this.#iterator.next();
      if (!done) return value;
    } catch (error) {
      this.#failure = error;
    }
    this.#ended = true;
    return null;
  }

  /** Drops bytes that are at hand. */
  skip(count: number): void {
    this.#held = this.#held.subarray(count);
  }

  /**
   * The next bytes.
   *
   * @throws {DamageError} when the stream ends before.
   */
  async take(count: number): Promise<Buffer> {
    if (!(await this.fill(count))) throw cutShort();
    const taken = this.#held.subarray(0, count);
    this.skip(count);
    return taken;
  }

  /** The next bytes as a stream of their own. */
  section(bytes: number): Section {
    return new Section(this, bytes);
  }

  /** Closes the stream. */
  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}

/** A part of a stream. */
export class Section {
  readonly #reader: ByteReader;
  #left: number;

  constructor(reader: ByteReader, bytes: number) {
    this.#reader = reader;
    this.#left = bytes;
  }

  /**
   * Its bytes as they come.
   *
   * @throws {DamageError} when the stream ends before.
   */
  async *chunks(): AsyncGenerator<Uint8Array> {
    while (this.#left > 0) yield await this.#take();
  }

  /**
   * Passes over what was not read of it, also when the reading broke off.
   *
   * @throws {DamageError} when the stream ends before.
   */
  async skip(): Promise<void> {
    while (this.#left > 0) await this.#take();
  }

  async #take(): Promise<Uint8Array> {
    if (!(await this.#reader.fill(1))) throw cutShort();
    const part = this.#reader.bytes.subarray(0, this.#left);
    this.#reader.skip(part.length);
    this.#left -= part.length;
    return part;
  }
}

/** Unpacks with a reader of the stream, and closes the stream at the end. */
export async function* withReader(
  chunks: AsyncIterable<Uint8Array>,
  unpack: (reader: ByteReader) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(chunks);
  try {
    yield* unpack(reader);
  } finally {
    await reader.close();
  }
}
