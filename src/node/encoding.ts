import type { Encoding } from "../input/encoding.js";

/** The bytes after the byte order mark, UTF-16 turned into UTF-8. */
export async function* toUtf8(
  chunks: AsyncIterable<Uint8Array>,
  { name, markBytes }: Encoding,
): AsyncGenerator<Uint8Array> {
  let mark = markBytes;
  const decoder = name === "utf-8" ? null : new TextDecoder(name, { ignoreBOM: true });
  for await (const chunk of chunks) {
    const bytes = chunk.subarray(Math.min(mark, chunk.length));
    mark -= chunk.length - bytes.length;
    yield decoder === null ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }), "utf8");
  }
  if (decoder !== null) yield Buffer.from(decoder.decode(), "utf8");
}
