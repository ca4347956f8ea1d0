import { decodeBytes } from "../model/text.js";
import { encodingOf, MARK_BYTES } from "./encoding.js";

/** Longest line that is read, in bytes; the longest that a kernel can print is far below. */
export const MAX_LINE_BYTES = 1 << 20;

const LINE_FEED = 0x0a;

export interface LineSink {
  /** A line without its line feed. */
  line(text: string, line: number, byteOffset: number): void;
  /** A line that was too long and left out. */
  overlong(line: number, bytes: number): void;
}

/**
 * Cuts bytes into lines, the same at any chunking; what it holds is bounded by {@link MAX_LINE_BYTES}. They are UTF-8
 * unless a byte order mark says UTF-16: then offsets are those in UTF-8.
 */
export class LineSplitter {
  readonly #sink: LineSink;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #isOverlong = false;
  #line = 1;
  #byteOffset = 0;
  /** The first bytes, until there are enough to know the encoding. */
  #head: Uint8Array | null = new Uint8Array();
  #decoder: InstanceType<typeof TextDecoder> | null = null;
  readonly #encoder = new TextEncoder();

  constructor(sink: LineSink) {
    this.#sink = sink;
  }

  push(bytes: Uint8Array): void {
    if (this.#head === null) {
      this.#pushUtf8(this.#decoder === null ? bytes : this.#toUtf8(bytes));
      return;
    }
    this.#head = joined([this.#head, bytes], this.#head.length + bytes.length);
    if (this.#head.length >= MARK_BYTES) this.#begin(this.#head);
  }

  #begin(head: Uint8Array): void {
    this.#head = null;
    const { name, markBytes } = encodingOf(head);
    this.#byteOffset = markBytes;
    if (name !== "utf-8") this.#decoder = new TextDecoder(name, { ignoreBOM: true });
    this.push(head.subarray(markBytes));
  }

  #toUtf8(bytes?: Uint8Array): Uint8Array {
    const text = bytes === undefined ? this.#decoder?.decode() : this.#decoder?.decode(bytes, { stream: true });
    return this.#encoder.encode(text);
  }

  #pushUtf8(bytes: Uint8Array): void {
    let from = 0;
    for (let to = bytes.indexOf(LINE_FEED); to !== -1; to = bytes.indexOf(LINE_FEED, from)) {
      this.#take(bytes.subarray(from, to));
      this.#close(1);
      from = to + 1;
    }
    if (from < bytes.length) this.#take(bytes.slice(from));
  }

  /** The last line, when it has no line feed. */
  end(): void {
    if (this.#head !== null) this.#begin(this.#head);
    if (this.#decoder !== null) this.#pushUtf8(this.#toUtf8());
    if (this.#heldBytes > 0) this.#close(0);
  }

  #take(bytes: Uint8Array): void {
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > MAX_LINE_BYTES) {
      this.#isOverlong = true;
      this.#held = [];
    } else this.#held.push(bytes);
  }

  #close(feedBytes: number): void {
    if (this.#isOverlong) this.#sink.overlong(this.#line, this.#heldBytes);
    else this.#sink.line(decodeBytes(joined(this.#held, this.#heldBytes)), this.#line, this.#byteOffset);
    this.#line++;
    this.#byteOffset += this.#heldBytes + feedBytes;
    this.#held = [];
    this.#heldBytes = 0;
    this.#isOverlong = false;
  }
}

function joined(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
