import zlib from "node:zlib";
import { Decompress } from "fzstd";
import { corrupt, cutShort } from "./damage.js";
import { throughZlib } from "./through-zlib.js";

/** Packed bytes that are handed on at once: what they unpack to is held, and a few may be 128 KiB each. */
const SLICE_BYTES = 1 << 11;
const UNEXPECTED_END = 5;

/** Frames that follow each other are one stream. Node unpacks it itself from 22.15 on. */
export function unzstd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Parameters<typeof throughZlib>[1] };
  return createZstdDecompress === undefined ? withFzstd(chunks) : throughZlib(chunks, createZstdDecompress());
}

async function* withFzstd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  // A block that was handed out is reused as the window of the next one.
  const stream = new Decompress((bytes) => ready.push(bytes.slice()));

  function* push(bytes: Uint8Array, last: boolean): Generator<Uint8Array> {
    let failure: unknown = null;
    try {
      stream.push(bytes, last);
    } catch (error) {
      failure = error;
    }
    const out = ready;
    ready = [];
    yield* out;
    if (failure !== null)
      throw (failure as { code?: number }).code === UNEXPECTED_END ? cutShort() : corruptBy(failure);
  }

  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) yield* push(chunk.subarray(at, at + SLICE_BYTES), false);
  }
  yield* push(new Uint8Array(0), true);
}

function corruptBy(error: unknown): Error {
  return corrupt(error instanceof Error ? error.message : String(error));
}
