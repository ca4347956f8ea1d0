/** 2^21 entries: at most 32 MiB. */
const mostEntries = 1 << 21;

/**
 * A set of texts in bounded memory. An entry is 64 bits, so that a million of them mistake one new text for an old one with
 * a chance of 1 in 37 million. When it is full, it forgets all and starts anew.
 */
export class KeySet {
  #slots = new Uint32Array(1 << 11);
  #count = 0;

  add(key: string): void {
    const [low, high] = hash(key);
    this.#put(low, high);
  }

  has(key: string): boolean {
    const [low, high] = hash(key);
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    for (let at = low & mask; ; at = (at + 1) & mask) {
      if (slots[2 * at] === low && slots[2 * at + 1] === high) return true;
      if (slots[2 * at] === 0 && slots[2 * at + 1] === 0) return false;
    }
  }

  /** Adds all of another set. */
  absorb(other: KeySet): void {
    for (const [low, high] of entriesOf(other.#slots)) this.#put(low, high);
  }

  #put(low: number, high: number): void {
    if (this.#count >= mostEntries) this.#clear();
    if (this.#count * 4 >= this.#slots.length) this.#grow();
    this.#insert(low, high);
  }

  #insert(low: number, high: number): void {
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    for (let at = low & mask; ; at = (at + 1) & mask) {
      const storedLow = slots[2 * at] ?? 0;
      const storedHigh = slots[2 * at + 1] ?? 0;
      if (storedLow === low && storedHigh === high) return;
      if (storedLow !== 0 || storedHigh !== 0) continue;
      slots[2 * at] = low;
      slots[2 * at + 1] = high;
      this.#count++;
      return;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    this.#count = 0;
    for (const [low, high] of entriesOf(old)) this.#insert(low, high);
  }

  #clear(): void {
    this.#slots = new Uint32Array(1 << 11);
    this.#count = 0;
  }
}

function* entriesOf(slots: Uint32Array): Generator<readonly [low: number, high: number]> {
  for (let at = 0; at < slots.length; at += 2) {
    const low = slots[at] ?? 0;
    const high = slots[at + 1] ?? 0;
    if (low !== 0 || high !== 0) yield [low, high];
  }
}

/** Two FNV-1a hashes with different starts; never both 0, which marks a free slot. */
function hash(text: string): readonly [low: number, high: number] {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ (code + 0x9e3779b9 + (high << 6)), 0x85ebca6b);
  }
  low ^= low >>> 15;
  high ^= high >>> 13;
  return low === 0 && high === 0 ? [1, 1] : [low >>> 0, high >>> 0];
}
