/**
 * Bytes as text and back, without loss: UTF-8, and an invalid byte 0xHH stands as the lone surrogate U+DCHH.
 *
 * `TextDecoder` would put one and the same replacement character for every invalid byte.
 */
export function decodeBytes(bytes: ArrayLike<number>): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    text += length === 0 ? String.fromCharCode(0xdc00 + (bytes[at] ?? 0)) : codePoint(bytes, at, length);
    at += length || 1;
  }
  return text;
}

/** The bytes of a text that {@link decodeBytes} made. */
export function encodeBytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), continuation(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), continuation(code >> 6), continuation(code));
    else bytes.push(0xf0 | (code >> 18), continuation(code >> 12), continuation(code >> 6), continuation(code));
  }
  return bytes;
}

function continuation(code: number): number {
  return 0x80 | (code & 0x3f);
}

/** Length of the valid UTF-8 sequence at `at` (1 to 4), or 0: no overlong forms, no surrogates, no cut tails. */
function sequenceLength(bytes: ArrayLike<number>, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  for (let i = 1; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  const invalid =
    (first === 0xe0 && second < 0xa0) ||
    (first === 0xed && second > 0x9f) ||
    (first === 0xf0 && second < 0x90) ||
    (first === 0xf4 && second > 0x8f);
  return invalid ? 0 : length;
}

function codePoint(bytes: ArrayLike<number>, at: number, length: number): string {
  if (length === 1) return String.fromCharCode(bytes[at] ?? 0);
  let code = (bytes[at] ?? 0) & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) code = (code << 6) | ((bytes[at + i] ?? 0) & 0x3f);
  return String.fromCodePoint(code);
}

/** Undoes the kernel's `\xNN` of /dev/kmsg, where a literal backslash is `\x5c` too. */
export function undoHexEscapes(text: string): string {
  return text.includes("\\x") ? undoRuns(text, /(?:\\x[0-9a-fA-F]{2})+/g, 4, 2, 16) : text;
}

/** Undoes rsyslog's `#NNN` (octal) for control characters; `#040` and above is text of its own. */
export function undoOctalEscapes(text: string): string {
  return text.includes("#") ? undoRuns(text, /(?:#(?:0[0-3][0-7]|177))+/g, 4, 1, 8) : text;
}

/** Undoes quoted-printable `=XX`. */
export function undoQuotedPrintable(text: string): string {
  return text.includes("=") ? undoRuns(text, /(?:=[0-9A-F]{2})+/g, 3, 1, 16) : text;
}

/** Replaces each run of escapes by the text of its bytes. */
function undoRuns(text: string, runs: RegExp, width: number, skip: number, radix: number): string {
  return text.replace(runs, (run) => {
    const bytes: number[] = [];
    for (let at = 0; at < run.length; at += width) bytes.push(Number.parseInt(run.slice(at + skip, at + width), radix));
    return decodeBytes(bytes);
  });
}
