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
  let next = iterator.next();
  try {
    while (!signal.aborted) {
      const result = await Promise.race([next, pause(signal)]);
      if (typeof result === "boolean") {
        yield { kind: "tick" };
        continue;
      }
      if (result.done) return;
      yield { kind: "bytes", bytes: result.value };
      if (isDue()) yield { kind: "tick" };
      next = iterator.next();
    }
  } finally {
    // A pending read of a terminal or pipe would keep it open: nobody waits for it.
    iterator.return?.().catch(() => {});
  }
}
