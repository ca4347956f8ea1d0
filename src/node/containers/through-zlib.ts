import type { Transform } from "node:stream";
import { corrupt, cutShort, type DamageError } from "./damage.js";

/** Packed bytes that are handed on at once: what they unpack to is held. */
const SLICE_BYTES = 1 << 14;

/**
 * Unpacks with a transform of node:zlib. Piping would drop what is buffered when the stream turns out damaged; here
 * everything that came out before is handed on first.
 */
export async function* throughZlib(chunks: AsyncIterable<Uint8Array>, stream: Transform): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let failure: NodeJS.ErrnoException | null = null;
  let wake = (): void => {};
  stream.on("data", (bytes: Uint8Array) => ready.push(bytes));
  stream.on("error", (error) => {
    failure = error;
  });
  // A failed stream never answers the write at hand.
  stream.on("close", () => wake());
  stream.on("end", () => wake());

  async function* step(begin: (done: () => void) => void): AsyncGenerator<Uint8Array> {
    await new Promise<void>((resolve) => {
      wake = resolve;
      begin(resolve);
    });
    const out = ready;
    ready = [];
    yield* out;
    if (failure !== null) throw damageOf(failure);
  }

  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
        yield* step((done) => stream.write(chunk.subarray(at, at + SLICE_BYTES), () => done()));
      }
    }
    yield* step(() => stream.end());
  } finally {
    stream.destroy();
  }
}

function damageOf({ code, message }: NodeJS.ErrnoException): DamageError {
  return code === "Z_BUF_ERROR" || message.includes("unexpected end") ? cutShort() : corrupt(message);
}
