import { isAscii } from "node:buffer";
import { decodeBytes } from "../../model/text.js";
import type { ReadInto } from "../file-bytes.js";
import { MAX_LINE_BYTES, type OverlongLine, type RawLine } from "../lines.js";
import { anchorOf, isWorthALook } from "./anchors.js";
import { LOOK_BEHIND_END, Scanner } from "./scanner.js";

/** Whoever reads the lines. */
export interface SkimReader {
  take(line: RawLine): void;
  /** What waits is handed on: the next line is not the one that follows. */
  flush(): void;
  /** Whether lines that tell of no report may be left out from here on. */
  readonly idle: boolean;
}

export interface SkimmerOptions {
  readonly reader: SkimReader;
  /** Lines before the first byte that is pushed. */
  readonly lines: number;
  /** Offset of the first byte that is pushed. */
  readonly byteOffset: number;
  readonly onOverlong: (line: OverlongLine) => void;
}

const LINE_FEED = 0x0a;
/** How much before a line that may belong to a report is read with it: its head may be in a form that shows no word. */
const CONTEXT_BYTES = 1 << 16;
/** Bytes that are taken in at once. */
const STEP_BYTES = 1 << 20;
/** Lines read before it is asked again whether they may be left out. */
const LINES_AT_ONCE = 16;

/**
 * Reads the lines of a large log that may matter, and leaves out the others unseen: most lines of most logs. Whenever a
 * report is open, every line is read; a line in each step is, so that clocks go on. The lines that are read are those of
 * the log, with their numbers and offsets, and go to the same grammar as all others.
 */
export class Skimmer {
  readonly #scanner = new Scanner();
  readonly #bytes = this.#scanner.bytes;
  readonly #options: SkimmerOptions;
  /** Bytes at hand: `[0, #end)` of the scanner's memory. */
  #end = 0;
  /** Offset of the first of them in the log. */
  #offset: number;
  /** Beginning of the first line that was neither read nor left for good. */
  #from = 0;
  /** While lines are left out: where the search goes on. Lines before `#from` and `#at` are counted apart. */
  #at = 0;
  /** Lines before {@link #at} while lines are left out, before {@link #from} while they are read. */
  #lines: number;
  #reading = true;
  /** Lines are read at least up to here. */
  #until = 0;
  /** Bytes of an overlong line that were dropped; null when none is open. */
  #dropped: number | null = null;

  constructor(options: SkimmerOptions) {
    this.#options = options;
    this.#lines = options.lines;
    this.#offset = options.byteOffset;
  }

  /** Lines of the log so far. */
  get lines(): number {
    return this.#lines;
  }

  /** Takes the next bytes right from a file; false when it gives none. */
  pull(readInto: ReadInto): boolean {
    this.#makeRoom();
    const length = readInto(this.#bytes, this.#end, STEP_BYTES);
    this.#end += length;
    this.#go(false);
    return length > 0;
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at += STEP_BYTES) {
      const step = chunk.subarray(at, at + STEP_BYTES);
      this.#makeRoom();
      this.#bytes.set(step, this.#end);
      this.#end += step.length;
      this.#go(false);
    }
  }

  end(): void {
    // The search looks behind the end of the bytes; nothing may stand there.
    this.#bytes.fill(0, this.#end, this.#end + 16);
    this.#go(true);
    if (this.#dropped !== null) this.#tellOverlong(this.#from, this.#end);
    else if (this.#reading && this.#from < this.#end) this.#read(this.#end);
    else if (!this.#reading && this.#bytes[this.#end - 1] !== LINE_FEED && this.#end > 0) this.#lines++;
  }

  #go(last: boolean): void {
    for (;;) {
      const goesOn = this.#reading ? this.#readOn() : this.#skip(last);
      if (!goesOn) return;
    }
  }

  /** Moves what is still needed to the front. */
  #makeRoom(): void {
    if (this.#end + STEP_BYTES <= this.#bytes.length - 16) return;
    if (!this.#reading) this.#leaveBehind();
    const keep = this.#from;
    this.#bytes.copyWithin(0, keep, this.#end);
    this.#offset += keep;
    this.#end -= keep;
    this.#from = 0;
    this.#at -= keep;
    this.#until -= keep;
  }

  /** Leaves for good what is too far from the search to be read with what it finds, but for a line now and then. */
  #leaveBehind(): void {
    const lineStart = this.#startOfLine(this.#at);
    if (this.#at - lineStart > MAX_LINE_BYTES) {
      // Only reading knows of overlong lines.
      this.#from = lineStart;
      this.#reading = true;
      return;
    }
    const earliest = Math.min(this.#at - CONTEXT_BYTES, lineStart);
    if (earliest <= this.#from) return;
    this.#from = this.#bytes.indexOf(LINE_FEED, earliest - 1) + 1;
    const end = this.#bytes.indexOf(LINE_FEED, this.#from);
    if (end === -1 || end >= lineStart) return;
    const { reader } = this.#options;
    reader.take(this.#lineAt(this.#from, end, this.#lines - this.#countLines(this.#from, this.#at) + 1));
    reader.flush();
    this.#from = end + 1;
  }

  /** Reads whole lines; true when the rest may be left out. */
  #readOn(): boolean {
    const { reader } = this.#options;
    for (let count = 1; ; count++) {
      const end = this.#endOfLine(this.#from);
      if (end === -1) {
        this.#dropOverlong();
        return false;
      }
      if (this.#dropped === null && end - this.#from <= MAX_LINE_BYTES) this.#read(end);
      else this.#tellOverlong(this.#from, end);
      this.#from = end + 1;
      if (count % LINES_AT_ONCE !== 0 || this.#from < this.#until || !reader.idle) continue;
      reader.flush();
      if (!reader.idle) continue;
      this.#reading = false;
      this.#at = this.#from;
      return true;
    }
  }

  /** Drops what is there of a line that is longer than any kernel's. */
  #dropOverlong(): void {
    if (this.#dropped === null && this.#end - this.#from <= MAX_LINE_BYTES) return;
    this.#dropped = (this.#dropped ?? 0) + this.#end - this.#from;
    this.#from = this.#end;
  }

  #tellOverlong(from: number, end: number): void {
    const dropped = this.#dropped ?? 0;
    this.#dropped = null;
    this.#lines++;
    this.#options.onOverlong({
      line: this.#lines,
      byteOffset: this.#offset + from - dropped,
      bytes: dropped + end - from,
    });
  }

  /** Searches for the next line that matters; true when there is one, and it and what follows is to be read. */
  #skip(last: boolean): boolean {
    const { reader } = this.#options;
    const end = last ? this.#end : this.#end - LOOK_BEHIND_END;
    while (this.#at < end) {
      const place = this.#scanner.find(this.#at, end);
      this.#lines += this.#scanner.lines;
      this.#at = place;
      if (place === end) break;
      if (!isWorthALook(this.#bytes, place)) {
        this.#at++;
        continue;
      }
      const lineStart = this.#startOfLine(place);
      const found = this.#endOfLine(place);
      if (found === -1 && !last && this.#end - lineStart <= MAX_LINE_BYTES) return false;
      const lineEnd = found === -1 ? this.#end : found;
      const anchor =
        lineEnd - lineStart > MAX_LINE_BYTES ? "line" : anchorOf(this.#bytes.toString("latin1", lineStart, lineEnd));
      if (anchor === null) {
        this.#at = lineEnd;
        continue;
      }
      const from = anchor === "report" ? this.#contextOf(lineStart) : lineStart;
      // The lines that are read with it were counted already.
      this.#lines -= this.#countLines(from, place);
      this.#from = from;
      this.#until = lineEnd + 1;
      this.#reading = true;
      reader.flush();
      return true;
    }
    return false;
  }

  /** Beginning of the line with this place; what was read already is not read again. */
  #startOfLine(place: number): number {
    if (place <= this.#from) return this.#from;
    return Math.max(this.#from, this.#bytes.lastIndexOf(LINE_FEED, place - 1) + 1);
  }

  #contextOf(lineStart: number): number {
    const earliest = Math.max(this.#from, lineStart - CONTEXT_BYTES);
    if (earliest === this.#from) return earliest;
    const feed = this.#bytes.indexOf(LINE_FEED, earliest);
    return feed === -1 || feed >= lineStart ? lineStart : feed + 1;
  }

  #countLines(from: number, to: number): number {
    let count = 0;
    for (let at = this.#bytes.indexOf(LINE_FEED, from); at !== -1 && at < to; count++) {
      at = this.#bytes.indexOf(LINE_FEED, at + 1);
    }
    return count;
  }

  /** The next line feed, or -1: behind the bytes at hand stand old ones. */
  #endOfLine(from: number): number {
    const found = this.#bytes.indexOf(LINE_FEED, from);
    return found < this.#end ? found : -1;
  }

  #read(end: number): void {
    this.#lines++;
    this.#options.reader.take(this.#lineAt(this.#from, end, this.#lines));
  }

  #lineAt(from: number, end: number, line: number): RawLine {
    const bytes = this.#bytes.subarray(from, end);
    const text = isAscii(bytes) ? bytes.toString("latin1") : decodeBytes(bytes);
    return { text, line, byteOffset: this.#offset + from };
  }
}
