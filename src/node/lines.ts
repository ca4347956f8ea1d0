import { isAscii } from "node:buffer";
import type { Transform } from "node:stream";
import split2 from "split2";
import { decodeBytes } from "../model/text.js";

/** One line of a source, its terminator taken off and nothing else: some envelopes count bytes. */
export interface RawLine {
  /** The text, decoded by {@link decodeBytes}; a carriage return stays. */
  readonly text: string;
  /** 1-based number, as `grep -n` and `sed` count. */
  readonly line: number;
  /** Offset of the first byte in the (decompressed) source. */
  readonly byteOffset: number;
}

/** A line that was too long to be one of a kernel log, and was left out. */
export interface OverlongLine {
  readonly line: number;
  readonly byteOffset: number;
  readonly bytes: number;
}

export interface LineSplitterOptions {
  /** What ends a line. `\r` is for sources that have no other. */
  readonly terminator?: "\n" | "\r";
  /** Offset of the first byte that is pushed. */
  readonly firstByteOffset?: number;
  readonly onOverlong?: (line: OverlongLine) => void;
}

/** Longest line that is read, in bytes. The longest that a kernel can print is far below. */
export const MAX_LINE_BYTES = 1 << 20;

/**
 * Cuts bytes into lines with split2, the same at any chunking. Memory is bounded by {@link MAX_LINE_BYTES} and a chunk;
 * a longer line is skipped in linear time and told.
 */
export class LineSplitter {
  /** `overflow` is true while split2 drops an overlong line. */
  readonly #stream: Transform & { readonly overflow?: boolean };
  readonly #onOverlong: (line: OverlongLine) => void;
  #ready: RawLine[] = [];
  #line = 0;
  #byteOffset: number;
  /** Whether the lines at hand are ASCII, as most are: known by the chunk, since to look at each line costs most. */
  #ascii = true;
  /** The same of the unfinished line. */
  #tailAscii = true;
  /** Bytes of the unfinished line that split2 holds or has dropped. */
  #unfinished = 0;

  constructor({ terminator = "\n", firstByteOffset = 0, onOverlong = () => {} }: LineSplitterOptions = {}) {
    this.#byteOffset = firstByteOffset;
    this.#onOverlong = onOverlong;
    // Bytes pass through split2 as Latin-1 text, one character a byte: it would replace what is not UTF-8, and offsets
    // could not be counted. split2 drops an overlong line without a word, so its breaks are counted on the way.
    const breaks = { [Symbol.split]: (text: string) => this.#split(text, terminator) };
    this.#stream = split2(breaks, (line: string) => this.#take(line), {
      maxLength: MAX_LINE_BYTES,
      skipOverflow: true,
      decodeStrings: false,
    });
    this.#stream.resume();
  }

  /** Lines that have ended. */
  get lines(): number {
    return this.#line;
  }

  /** Bytes of the line that has not ended yet. */
  get unfinished(): number {
    return this.#unfinished;
  }

  /** The lines that end within these bytes. */
  async push(bytes: Uint8Array): Promise<RawLine[]> {
    const ascii = isAscii(bytes);
    this.#ascii = ascii && this.#tailAscii;
    this.#tailAscii = this.#ascii;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    await new Promise<void>((resolve, reject) => {
      this.#stream.write(text, (error) => (error ? reject(error) : resolve()));
    });
    if (this.#ready.length > 0) this.#tailAscii = ascii;
    return this.#drain();
  }

  /** The last line, when it has no terminator. */
  async end(): Promise<RawLine[]> {
    this.#ascii = this.#tailAscii;
    await new Promise<void>((resolve) => this.#stream.end(resolve));
    return this.#drain();
  }

  #drain(): RawLine[] {
    const lines = this.#ready;
    this.#ready = [];
    return lines;
  }

  #split(text: string, terminator: string): string[] {
    const parts = text.split(terminator);
    const last = parts.at(-1)?.length ?? 0;
    if (!this.#stream.overflow) this.#unfinished = last;
    else if (parts.length === 1) this.#unfinished += last;
    else {
      this.#skip(this.#unfinished + (parts[0]?.length ?? 0));
      this.#unfinished = last;
    }
    return parts;
  }

  #skip(bytes: number): void {
    this.#line++;
    this.#onOverlong({ line: this.#line, byteOffset: this.#byteOffset, bytes });
    this.#byteOffset += bytes + 1;
  }

  #take(bytes: string): void {
    // At the end of the source split2 gives what it had kept of an overlong line.
    if (bytes.length > MAX_LINE_BYTES) {
      this.#skip(Math.max(bytes.length, this.#unfinished));
      return;
    }
    this.#line++;
    const text = this.#ascii ? bytes : decodeLatin1(bytes);
    this.#ready.push({ text, line: this.#line, byteOffset: this.#byteOffset });
    this.#byteOffset += bytes.length + 1;
  }
}

function decodeLatin1(bytes: string): string {
  return /[\x80-\xff]/.test(bytes) ? decodeBytes(Buffer.from(bytes, "latin1")) : bytes;
}
