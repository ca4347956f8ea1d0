/** Remembers what follows from a key, for a bounded number of keys: they come from logs, which hold whatever they hold. */
export class Memo<Key, Value> {
  readonly #most: number;
  readonly #known = new Map<Key, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The value of a key, made when it is not remembered. */
  get(key: Key, make: () => Value): Value {
    const known = this.#known.get(key);
    if (known !== undefined || this.#known.has(key)) return known as Value;
    const made = make();
    // All keys are forgotten at once: a log that fills this has few repeats anyway.
    if (this.#known.size >= this.#most) this.#known.clear();
    this.#known.set(key, made);
    return made;
  }
}
