import { setTimeout as sleep } from "node:timers/promises";

/** What a followed source does. */
export type Followed =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** Some time has passed, with or without bytes. */
  | { readonly kind: "tick" }
  /** What follows is the beginning of another file (rotation), or of this one anew (truncation). */
  | { readonly kind: "restart" }
  /** The source dropped what had not been read. */
  | { readonly kind: "lost" };

/** Time between two ticks, and longest time until new bytes are seen, in milliseconds. */
export const TICK_MS = 250;

/** Tells when a tick is due, also while bytes keep coming. */
export function createTicker(): () => boolean {
  let last = performance.now();
  return () => {
    const now = performance.now();
    if (now - last < TICK_MS) return false;
    last = now;
    return true;
  };
}

/** Waits for the next look; false when following is over. */
export async function pause(signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(TICK_MS, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

/** Follows a stream (`journalctl -kf` on standard input) until it ends. */
export async function* followStream(stream: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Followed> {
  const iterator = stream[Symbol.asyncIterator]();
  const isDue = createTicker();
  const read = new PendingRead(iterator);
  const onAbort = (): void => read.wake();
  signal.addEventListener("abort", onAbort);
  try {
    while (!signal.aborted) {
      const result = await read.within(TICK_MS);
      if (result === null) {
        if (!signal.aborted) yield { kind: "tick" };
        continue;
      }
      if (result.done) return;
      yield { kind: "bytes", bytes: result.value };
      if (isDue()) yield { kind: "tick" };
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    // A pending read of a terminal or pipe would keep it open: nobody waits for it.
    iterator.return?.().catch(() => {});
  }
}

/**
 * The next read of a stream, waited for again and again. A race of promises would keep a reaction for each wait until the
 * read is over: a stream may be silent for weeks.
 */
class PendingRead {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #isAsked = false;
  #result: Promise<IteratorResult<Uint8Array>> | null = null;
  /** Ends the wait, if there is one. */
  wake = (): void => {};

  constructor(iterator: AsyncIterator<Uint8Array>) {
    this.#iterator = iterator;
  }

  /** What was read; null when it takes longer, or is woken. Throws what the stream throws. */
  async within(milliseconds: number): Promise<IteratorResult<Uint8Array> | null> {
    if (!this.#isAsked) this.#ask();
    if (this.#result === null) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const result = this.#result;
    if (result !== null) {
      this.#isAsked = false;
      this.#result = null;
    }
    return result;
  }

  #ask(): void {
    this.#isAsked = true;
    const asked = this.#iterator.next();
    const arrive = (): void => {
      this.#result = asked;
      this.wake();
    };
    asked.then(arrive, arrive);
  }
}
