import type { Named } from "../model/incident.js";

/** Different names that are counted by name: attackers choose task names, so there may be any number. */
const mostNames = 10_000;

/** Counts names in bounded memory; names beyond the bound are counted together. */
export class Counter {
  readonly #counts = new Map<string, number>();
  #others = 0;

  add(name: string, count = 1): void {
    const known = this.#counts.get(name);
    if (known === undefined && this.#counts.size >= mostNames) this.#others += count;
    else this.#counts.set(name, (known ?? 0) + count);
  }

  /** How many different names; at least, beyond the bound. */
  get size(): number {
    return this.#counts.size + (this.#others > 0 ? 1 : 0);
  }

  get total(): number {
    let total = this.#others;
    for (const count of this.#counts.values()) total += count;
    return total;
  }

  /** The most frequent first; equal ones in the order in which they came. */
  ranked(most = mostNames): Named[] {
    return [...this.#counts]
      .map(([name, count]) => ({ name, count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, most);
  }
}
