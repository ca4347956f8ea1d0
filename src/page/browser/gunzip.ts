import {
  Z_BUF_ERROR,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  ZStream,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
} from "pako";

/** Bytes that are handed on at most at a time. */
const OUTPUT_BYTES = 1 << 17;

/** A window of 32 KiB, in the format of gzip. */
const GZIP_WINDOW_BITS = 15 + 16;

const GZIP_FIRST_BYTE = 0x1f;

/**
 * Unpacks gzip as a stream. Members that follow each other are one text, and what follows them and is no member is left
 * out, as gzip itself does; the DecompressionStream of a browser fails at the second member.
 *
 * @throws Error when all that can be unpacked was handed on, and that is not all there was.
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = new ZStream();
  zlibInflateInit2(stream, GZIP_WINDOW_BITS);
  let isBetweenMembers = false;
  for await (const chunk of chunks) {
    stream.input = chunk;
    stream.next_in = 0;
    stream.avail_in = chunk.length;
    do {
      if (isBetweenMembers) {
        if (chunk[stream.next_in] !== GZIP_FIRST_BYTE) return;
        zlibInflateReset(stream);
        isBetweenMembers = false;
      }
      stream.output = new Uint8Array(OUTPUT_BYTES);
      stream.next_out = 0;
      stream.avail_out = OUTPUT_BYTES;
      const status = zlibInflate(stream, Z_NO_FLUSH);
      if (stream.next_out > 0) yield stream.output.subarray(0, stream.next_out);
      if (status === Z_STREAM_END) isBetweenMembers = true;
      else if (status !== Z_OK && status !== Z_BUF_ERROR) throw new Error(`the gzip data is damaged (${stream.msg})`);
    } while (stream.avail_in > 0 || (stream.avail_out === 0 && !isBetweenMembers));
  }
  if (!isBetweenMembers) throw new Error("the gzip data ends too early");
}
