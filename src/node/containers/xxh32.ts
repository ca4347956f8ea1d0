const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0x85ebca77;
const PRIME_3 = 0xc2b2ae3d;
const PRIME_4 = 0x27d4eb2f;
const PRIME_5 = 0x165667b1;
const STRIPE_BYTES = 16;

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function round(lane: number, input: number): number {
  return Math.imul(rotate((lane + Math.imul(input, PRIME_2)) | 0, 13), PRIME_1);
}

/** The checksum of LZ4 frames: xxHash of 32 bits with seed 0. */
export class Xxh32 {
  #lanes: [number, number, number, number] = [(PRIME_1 + PRIME_2) | 0, PRIME_2 | 0, 0, -PRIME_1 | 0];
  #rest: Buffer = Buffer.alloc(0);
  #length = 0;

  update(bytes: Buffer): this {
    this.#length += bytes.length;
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const end = all.length - (all.length % STRIPE_BYTES);
    let [a, b, c, d] = this.#lanes;
    for (let at = 0; at < end; at += STRIPE_BYTES) {
      a = round(a, all.readInt32LE(at));
      b = round(b, all.readInt32LE(at + 4));
      c = round(c, all.readInt32LE(at + 8));
      d = round(d, all.readInt32LE(at + 12));
    }
    this.#lanes = [a, b, c, d];
    this.#rest = Buffer.from(all.subarray(end));
    return this;
  }

  digest(): number {
    const [a, b, c, d] = this.#lanes;
    const long = this.#length >= STRIPE_BYTES;
    let hash = long ? (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) | 0 : PRIME_5;
    hash = (hash + this.#length) | 0;
    const rest = this.#rest;
    let at = 0;
    for (; at + 4 <= rest.length; at += 4) {
      hash = Math.imul(rotate((hash + Math.imul(rest.readInt32LE(at), PRIME_3)) | 0, 17), PRIME_4);
    }
    for (; at < rest.length; at++) {
      hash = Math.imul(rotate((hash + Math.imul(rest[at] ?? 0, PRIME_5)) | 0, 11), PRIME_1);
    }
    hash = Math.imul(hash ^ (hash >>> 15), PRIME_2);
    hash = Math.imul(hash ^ (hash >>> 13), PRIME_3);
    return (hash ^ (hash >>> 16)) >>> 0;
  }
}
