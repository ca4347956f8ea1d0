import type { BitReader } from "./bit-reader.js";
import { corrupt } from "./damage.js";

const SYMBOLS_IN_GROUP = 50;
const LONGEST_CODE = 20;
const RUN_A = 0;
const RUN_B = 1;

/** A Huffman code in canonical form. */
interface Code {
  /** By length: the highest code of that length, or -1. */
  readonly limit: Int32Array;
  /** By length: what to subtract from a code to get its place among the symbols. */
  readonly base: Int32Array;
  readonly symbols: Uint16Array;
}

/** Unpacks the block whose magic and checksum were read. */
export function readBlock(bits: BitReader, blockBytes: number, checksum: number): Buffer {
  // Randomised blocks are of versions before 1995.
  if (bits.bit() === 1) throw corrupt("randomised bzip2 block");
  const origin = bits.read(24);
  const alphabet = readAlphabet(bits);
  const codeCount = bits.read(3);
  const selectorCount = bits.read(15);
  if (alphabet.length === 0 || codeCount < 2 || codeCount > 6 || selectorCount === 0) throw corrupt("bzip2 tables");
  const selectors = readSelectors(bits, selectorCount, codeCount);
  const codes = Array.from({ length: codeCount }, () => readCode(bits, alphabet.length + 2));
  const transformed = new Uint32Array(blockBytes);
  const length = readSymbols(bits, { alphabet, selectors, codes, transformed });
  if (origin >= length) throw corrupt("bzip2 block");
  const text = expandRuns(invert(transformed, length, origin), length);
  if (crcOf(text) !== checksum) throw corrupt("bzip2 checksum");
  return text;
}

/** The bytes that occur in the block, in rising order. */
function readAlphabet(bits: BitReader): number[] {
  const ranges = bits.read(16);
  const alphabet: number[] = [];
  for (let high = 0; high < 16; high++) {
    if (((ranges >> (15 - high)) & 1) === 0) continue;
    const used = bits.read(16);
    for (let low = 0; low < 16; low++) if ((used >> (15 - low)) & 1) alphabet.push(high * 16 + low);
  }
  return alphabet;
}

/** Which code each group of symbols uses, moved to front. */
function readSelectors(bits: BitReader, count: number, codeCount: number): Uint8Array {
  const recent = Array.from({ length: codeCount }, (_, index) => index);
  const selectors = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    let place = 0;
    while (bits.bit() === 1) if (++place >= codeCount) throw corrupt("bzip2 selectors");
    const [selected = 0] = recent.splice(place, 1);
    recent.unshift(selected);
    selectors[index] = selected;
  }
  return selectors;
}

function readCode(bits: BitReader, symbolCount: number): Code {
  const lengths = new Uint8Array(symbolCount);
  let length = bits.read(5);
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    while (bits.bit() === 1) length += bits.bit() === 0 ? 1 : -1;
    if (length < 1 || length > LONGEST_CODE) throw corrupt("bzip2 code");
    lengths[symbol] = length;
  }
  const limit = new Int32Array(LONGEST_CODE + 1).fill(-1);
  const base = new Int32Array(LONGEST_CODE + 1);
  const symbols = new Uint16Array(symbolCount);
  let next = 0;
  let place = 0;
  for (let at = 1; at <= LONGEST_CODE; at++) {
    base[at] = next - place;
    for (let symbol = 0; symbol < symbolCount; symbol++) if (lengths[symbol] === at) symbols[place++] = symbol;
    next = (base[at] ?? 0) + place;
    limit[at] = next - 1;
    next <<= 1;
  }
  return { limit, base, symbols };
}

function readSymbol(bits: BitReader, { limit, base, symbols }: Code): number {
  let code = 0;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    code = (code << 1) | bits.bit();
    if (code <= (limit[length] ?? -1)) {
      const symbol = symbols[code - (base[length] ?? 0)];
      if (symbol === undefined) break;
      return symbol;
    }
  }
  throw corrupt("bzip2 code");
}

interface Tables {
  readonly alphabet: readonly number[];
  readonly selectors: Uint8Array;
  readonly codes: readonly Code[];
  /** Gets the bytes of the transformed block. */
  readonly transformed: Uint32Array;
}

/** Undoes Huffman codes, runs and move-to-front; returns the number of bytes. */
function readSymbols(bits: BitReader, { alphabet, selectors, codes, transformed }: Tables): number {
  const recent = Uint8Array.from(alphabet);
  const endOfBlock = alphabet.length + 1;
  let length = 0;
  let run = 0;
  let weight = 1;
  for (let group = 0; ; group++) {
    const code = codes[selectors[group] ?? -1];
    if (code === undefined) throw corrupt("bzip2 selectors");
    for (let count = 0; count < SYMBOLS_IN_GROUP; count++) {
      const symbol = readSymbol(bits, code);
      if (symbol === RUN_A || symbol === RUN_B) {
        run += weight << symbol;
        weight <<= 1;
        if (run > transformed.length) throw corrupt("bzip2 run");
        continue;
      }
      if (run > 0) {
        if (length + run > transformed.length) throw corrupt("bzip2 run");
        transformed.fill(recent[0] ?? 0, length, length + run);
        length += run;
        run = 0;
        weight = 1;
      }
      if (symbol === endOfBlock) return length;
      if (length >= transformed.length) throw corrupt("bzip2 block");
      const byte = recent[symbol - 1] ?? 0;
      recent.copyWithin(1, 0, symbol - 1);
      recent[0] = byte;
      transformed[length++] = byte;
    }
  }
}

/** Undoes the Burrows-Wheeler transform. */
function invert(transformed: Uint32Array, length: number, origin: number): Uint8Array {
  const starts = new Uint32Array(256);
  for (let at = 0; at < length; at++) {
    const byte = (transformed[at] ?? 0) & 0xff;
    starts[byte] = (starts[byte] ?? 0) + 1;
  }
  for (let byte = 0, sum = 0; byte < 256; byte++) {
    const count = starts[byte] ?? 0;
    starts[byte] = sum;
    sum += count;
  }
  // The upper bits of each element say where the byte after it is found.
  for (let at = 0; at < length; at++) {
    const byte = (transformed[at] ?? 0) & 0xff;
    const place = starts[byte] ?? 0;
    starts[byte] = place + 1;
    transformed[place] = (transformed[place] ?? 0) | (at << 8);
  }
  const bytes = new Uint8Array(length);
  let next = (transformed[origin] ?? 0) >>> 8;
  for (let at = 0; at < length; at++) {
    const element = transformed[next] ?? 0;
    bytes[at] = element & 0xff;
    next = element >>> 8;
  }
  return bytes;
}

/** Four equal bytes are followed by the number of more of them. */
function expandRuns(bytes: Uint8Array, length: number): Buffer {
  let size = 0;
  forEachRun(bytes, length, (_, count) => {
    size += count;
  });
  const text = Buffer.allocUnsafe(size);
  let to = 0;
  forEachRun(bytes, length, (byte, count) => {
    if (count === 1) text[to++] = byte;
    else {
      text.fill(byte, to, to + count);
      to += count;
    }
  });
  return text;
}

function forEachRun(bytes: Uint8Array, length: number, take: (byte: number, count: number) => void): void {
  let equal = 0;
  let previous = -1;
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] ?? 0;
    if (equal === 4) {
      if (byte > 0) take(previous, byte);
      equal = 0;
      previous = -1;
      continue;
    }
    equal = byte === previous ? equal + 1 : 1;
    previous = byte;
    take(byte, 1);
  }
}

const crcTable = Int32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});

/** CRC-32 with the highest bit first, other than zlib's. */
function crcOf(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) crc = (crc << 8) ^ (crcTable[((crc >>> 24) ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}
