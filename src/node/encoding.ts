/** How the text of a source is written. */
export interface Encoding {
  readonly name: "utf-8" | "utf-16le" | "utf-16be";
  /** Length of the byte order mark. */
  readonly markBytes: number;
}

/** UTF-8 unless a byte order mark says UTF-16 (what PowerShell's `>` writes). */
export function encodingOf(head: Uint8Array): Encoding {
  const [first, second, third] = head;
  if (first === 0xff && second === 0xfe) return { name: "utf-16le", markBytes: 2 };
  if (first === 0xfe && second === 0xff) return { name: "utf-16be", markBytes: 2 };
  return { name: "utf-8", markBytes: first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0 };
}

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
