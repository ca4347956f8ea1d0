import { corrupt } from "./damage.js";

const STATES = 12;
const LITERAL_STATES = 7;
const MOST_POSITION_STATES = 16;
const SHORTEST_MATCH = 2;
const PROBABILITY_BITS = 11;
const EVEN = 1 << (PROBABILITY_BITS - 1);
const MOVE_BITS = 5;
const TOP = 2 ** 24;
/** Room beyond the dictionary, so that it is not moved for every chunk. */
const SLACK_BYTES = 1 << 22;
const LEAST_ROOM_BYTES = 1 << 16;

/** The probabilities for the length of a match. */
interface LengthCoder {
  readonly choices: Uint16Array;
  readonly low: Uint16Array;
  readonly middle: Uint16Array;
  readonly high: Uint16Array;
}

function lengthCoder(): LengthCoder {
  return {
    choices: new Uint16Array(2),
    low: new Uint16Array(MOST_POSITION_STATES << 3),
    middle: new Uint16Array(MOST_POSITION_STATES << 3),
    high: new Uint16Array(256),
  };
}

/**
 * Unpacks the chunks of an LZMA2 stream. The dictionary grows as the text does, so that a header alone can not claim
 * memory.
 */
export class Lzma2 {
  readonly #dictionaryBytes: number;
  /** The text so far, as far back as the dictionary reaches, and room for a chunk. */
  #text: Buffer = Buffer.allocUnsafe(0);
  #at = 0;
  /** Bytes since the dictionary was reset: what may be referred to, and the position that contexts depend on. */
  #length = 0;

  // Probabilities, as the format names them.
  readonly #isMatch = new Uint16Array(STATES << 4);
  readonly #isRep = new Uint16Array(STATES);
  readonly #isRepG0 = new Uint16Array(STATES);
  readonly #isRepG1 = new Uint16Array(STATES);
  readonly #isRepG2 = new Uint16Array(STATES);
  readonly #isRep0Long = new Uint16Array(STATES << 4);
  readonly #slots = new Uint16Array(4 << 6);
  readonly #special = new Uint16Array(128);
  readonly #align = new Uint16Array(16);
  readonly #matchLength = lengthCoder();
  readonly #repLength = lengthCoder();
  #literals = new Uint16Array(0);

  #literalContextBits = 0;
  #literalPositionMask = 0;
  #positionMask = 0;
  #state = 0;
  readonly #distances = new Float64Array(4);

  // The range decoder.
  #input: Uint8Array = this.#text;
  #inputAt = 0;
  #range = 0;
  #code = 0;

  constructor(dictionaryBytes: number) {
    this.#dictionaryBytes = dictionaryBytes;
  }

  /** A chunk that is not packed. */
  copy(control: number, bytes: Buffer): Uint8Array {
    if (control === 1) this.#length = 0;
    this.#makeRoom(bytes.length);
    const start = this.#at;
    bytes.copy(this.#text, start);
    this.#at += bytes.length;
    this.#length += bytes.length;
    return Buffer.from(this.#text.subarray(start, this.#at));
  }

  /**
   * A packed chunk.
   *
   * @param size Bytes that it unpacks to.
   * @param properties The byte that sets the contexts, in chunks that have one.
   */
  unpack(control: number, size: number, properties: number | undefined, bytes: Uint8Array): Uint8Array {
    if (control >= 0xe0) this.#length = 0;
    if (properties !== undefined) this.#setProperties(properties);
    if (control >= 0xa0) this.#resetState();
    if (this.#literals.length === 0) throw corrupt("LZMA2 chunk");
    this.#makeRoom(size);
    this.#input = bytes;
    this.#inputAt = 5;
    this.#range = 0xffffffff;
    this.#code = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).readUInt32BE(1);
    const start = this.#at;
    this.#decode(start + size);
    return Buffer.from(this.#text.subarray(start, this.#at));
  }

  #makeRoom(size: number): void {
    if (this.#at + size <= this.#text.length) return;
    const kept = Math.min(this.#at, this.#dictionaryBytes);
    const wanted = Math.min(kept * 2, this.#dictionaryBytes + SLACK_BYTES) + Math.max(size, LEAST_ROOM_BYTES);
    const from = this.#at - kept;
    if (this.#text.length >= wanted) this.#text.copyWithin(0, from, this.#at);
    else {
      const larger = Buffer.allocUnsafe(wanted);
      this.#text.copy(larger, 0, from, this.#at);
      this.#text = larger;
    }
    this.#at = kept;
  }

  #setProperties(properties: number): void {
    if (properties >= 9 * 5 * 5) throw corrupt("LZMA2 properties");
    const contextBits = properties % 9;
    const positionBits = Math.floor(properties / 9) % 5;
    if (contextBits + positionBits > 4) throw corrupt("LZMA2 properties");
    this.#literalContextBits = contextBits;
    this.#literalPositionMask = (1 << positionBits) - 1;
    this.#positionMask = (1 << Math.floor(properties / 45)) - 1;
    this.#literals = new Uint16Array(0x300 << (contextBits + positionBits));
  }

  #resetState(): void {
    const match = this.#matchLength;
    const rep = this.#repLength;
    for (const table of [
      this.#isMatch,
      this.#isRep,
      this.#isRepG0,
      this.#isRepG1,
      this.#isRepG2,
      this.#isRep0Long,
      this.#slots,
      this.#special,
      this.#align,
      this.#literals,
      match.choices,
      match.low,
      match.middle,
      match.high,
      rep.choices,
      rep.low,
      rep.middle,
      rep.high,
    ]) {
      table.fill(EVEN);
    }
    this.#state = 0;
    this.#distances.fill(0);
  }

  #normalize(): void {
    if (this.#range >= TOP) return;
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | (this.#input[this.#inputAt++] ?? 0)) >>> 0;
  }

  #bit(probabilities: Uint16Array, index: number): 0 | 1 {
    this.#normalize();
    const probability = probabilities[index] ?? EVEN;
    const bound = (this.#range >>> PROBABILITY_BITS) * probability;
    if (this.#code < bound) {
      this.#range = bound;
      probabilities[index] = probability + (((1 << PROBABILITY_BITS) - probability) >> MOVE_BITS);
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    probabilities[index] = probability - (probability >> MOVE_BITS);
    return 1;
  }

  #tree(probabilities: Uint16Array, from: number, bits: number): number {
    let node = 1;
    for (let bit = 0; bit < bits; bit++) node = (node << 1) | this.#bit(probabilities, from + node);
    return node - (1 << bits);
  }

  #reverseTree(probabilities: Uint16Array, from: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let bit = 0; bit < bits; bit++) {
      const read = this.#bit(probabilities, from + node);
      node = (node << 1) | read;
      value |= read << bit;
    }
    return value;
  }

  #directBits(count: number): number {
    let value = 0;
    for (let bit = 0; bit < count; bit++) {
      this.#normalize();
      this.#range >>>= 1;
      const one = this.#code >= this.#range;
      if (one) this.#code -= this.#range;
      value = value * 2 + (one ? 1 : 0);
    }
    return value;
  }

  #decode(end: number): void {
    while (this.#at < end) {
      const place = this.#length & this.#positionMask;
      if (this.#bit(this.#isMatch, (this.#state << 4) + place) === 0) {
        this.#literal();
        continue;
      }
      const length = this.#bit(this.#isRep, this.#state) === 0 ? this.#match(place) : this.#repeat(place);
      this.#copyMatch(length, end);
    }
    if (this.#inputAt > this.#input.length) throw corrupt("LZMA2 chunk");
  }

  #literal(): void {
    const previous = this.#length === 0 ? 0 : (this.#text[this.#at - 1] ?? 0);
    const context =
      ((this.#length & this.#literalPositionMask) << this.#literalContextBits) +
      (previous >> (8 - this.#literalContextBits));
    const from = 0x300 * context;
    let symbol = 1;
    if (this.#state >= LITERAL_STATES) {
      let matched = this.#text[this.#at - (this.#distances[0] ?? 0) - 1] ?? 0;
      while (symbol < 0x100) {
        const expected = (matched >> 7) & 1;
        matched <<= 1;
        const read = this.#bit(this.#literals, from + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | read;
        if (read !== expected) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(this.#literals, from + symbol);
    this.#text[this.#at++] = symbol & 0xff;
    this.#length++;
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  /** A match at a new distance; returns its length. */
  #match(place: number): number {
    const distances = this.#distances;
    distances.copyWithin(1, 0, 3);
    const length = this.#matchLengthOf(this.#matchLength, place);
    this.#state = this.#state < LITERAL_STATES ? 7 : 10;
    const slot = this.#tree(this.#slots, Math.min(length - SHORTEST_MATCH, 3) << 6, 6);
    if (slot < 4) {
      distances[0] = slot;
      return length;
    }
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** bits;
    distances[0] =
      slot < 14
        ? base + this.#reverseTree(this.#special, base - slot, bits)
        : base + this.#directBits(bits - 4) * 16 + this.#reverseTree(this.#align, 0, 4);
    return length;
  }

  /** A match at one of the last four distances; returns its length. */
  #repeat(place: number): number {
    const distances = this.#distances;
    if (this.#bit(this.#isRepG0, this.#state) === 0) {
      if (this.#bit(this.#isRep0Long, (this.#state << 4) + place) === 0) {
        this.#state = this.#state < LITERAL_STATES ? 9 : 11;
        return 1;
      }
    } else {
      const which =
        this.#bit(this.#isRepG1, this.#state) === 0 ? 1 : this.#bit(this.#isRepG2, this.#state) === 0 ? 2 : 3;
      const distance = distances[which] ?? 0;
      distances.copyWithin(1, 0, which);
      distances[0] = distance;
    }
    this.#state = this.#state < LITERAL_STATES ? 8 : 11;
    return this.#matchLengthOf(this.#repLength, place);
  }

  #matchLengthOf({ choices, low, middle, high }: LengthCoder, place: number): number {
    if (this.#bit(choices, 0) === 0) return SHORTEST_MATCH + this.#tree(low, place << 3, 3);
    if (this.#bit(choices, 1) === 0) return SHORTEST_MATCH + 8 + this.#tree(middle, place << 3, 3);
    return SHORTEST_MATCH + 16 + this.#tree(high, 0, 8);
  }

  #copyMatch(length: number, end: number): void {
    const distance = (this.#distances[0] ?? 0) + 1;
    if (distance > this.#length || distance > this.#dictionaryBytes || this.#at + length > end) {
      throw corrupt("LZMA2 match");
    }
    const text = this.#text;
    const at = this.#at;
    if (distance >= length) text.copyWithin(at, at - distance, at - distance + length);
    else for (let i = at; i < at + length; i++) text[i] = text[i - distance] ?? 0;
    this.#at += length;
    this.#length += length;
  }
}
