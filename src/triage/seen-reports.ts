/** 2^21 reports: at most 32 MiB. */
const mostEntries = 1 << 21;

/**
 * The reports that were seen, by host and report id. An entry is 64 bits, so that a million of them mistake one new
 * report for an old one with a chance of 1 in 37 million. When it is full, it forgets all and starts anew.
 */
export class SeenReports {
  #slots = new Uint32Array(1 << 11);
  #count = 0;

  /** Adds a report; false when it was there. */
  add(host: string | null, id: string): boolean {
    if (this.#count >= mostEntries) this.#clear();
    if (this.#count * 4 >= this.#slots.length) this.#grow();
    const [low, high] = hash(`${host ?? ""}\n${id}`);
    return this.#put(low, high);
  }

  /** Whether a report is there. */
  has(host: string | null, id: string): boolean {
    const [low, high] = hash(`${host ?? ""}\n${id}`);
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    for (let at = low & mask; ; at = (at + 1) & mask) {
      if (slots[2 * at] === low && slots[2 * at + 1] === high) return true;
      if (slots[2 * at] === 0 && slots[2 * at + 1] === 0) return false;
    }
  }

  #put(low: number, high: number): boolean {
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    for (let at = low & mask; ; at = (at + 1) & mask) {
      const storedLow = slots[2 * at] ?? 0;
      const storedHigh = slots[2 * at + 1] ?? 0;
      if (storedLow === 0 && storedHigh === 0) {
        slots[2 * at] = low;
        slots[2 * at + 1] = high;
        this.#count++;
        return true;
      }
      if (storedLow === low && storedHigh === high) return false;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    this.#count = 0;
    for (let at = 0; at < old.length; at += 2) {
      const low = old[at] ?? 0;
      const high = old[at + 1] ?? 0;
      if (low !== 0 || high !== 0) this.#put(low, high);
    }
  }

  #clear(): void {
    this.#slots = new Uint32Array(1 << 11);
    this.#count = 0;
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
