import { createGunzip } from "node:zlib";
import { throughZlib } from "./through-zlib.js";

/** Large output buffers halve the time (node:zlib's default is 16 KiB). */
const OUTPUT_BYTES = 1 << 18;

/** Members that follow each other are one stream; what follows them and is no member is left out, as gzip does. */
export function gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return throughZlib(chunks, createGunzip({ chunkSize: OUTPUT_BYTES }));
}
