/** How the text of a source is written. */
export interface Encoding {
  readonly name: "utf-8" | "utf-16le" | "utf-16be";
  /** Length of the byte order mark. */
  readonly markBytes: number;
}

/** Bytes that {@link encodingOf} needs to see. */
export const MARK_BYTES = 3;

/** UTF-8 unless a byte order mark says UTF-16 (what PowerShell's `>` writes). */
export function encodingOf(head: Uint8Array): Encoding {
  const [first, second, third] = head;
  if (first === 0xff && second === 0xfe) return { name: "utf-16le", markBytes: 2 };
  if (first === 0xfe && second === 0xff) return { name: "utf-16be", markBytes: 2 };
  return { name: "utf-8", markBytes: first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0 };
}
