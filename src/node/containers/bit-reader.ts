/** Reads bits, the highest of each byte first. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at: number;
  /** Bits at hand, in the low end. */
  #held = 0;
  #count = 0;

  /** @param skipped Bits of the first byte that are not read. */
  constructor(bytes: Uint8Array, skipped: number) {
    this.#bytes = bytes;
    this.#at = 0;
    if (skipped > 0) this.read(skipped);
  }

  /** Bits that were read. */
  get position(): number {
    return this.#at * 8 - this.#count;
  }

  /**
   * The next bits as a number.
   *
   * @param count 0 to 24.
   * @throws RangeError past the end.
   */
  read(count: number): number {
    while (this.#count < count) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw new RangeError("past the end");
      this.#held = (this.#held << 8) | byte;
      this.#at++;
      this.#count += 8;
    }
    this.#count -= count;
    return (this.#held >>> this.#count) & ((1 << count) - 1);
  }

  /** The next bit. */
  bit(): number {
    return this.read(1);
  }
}
