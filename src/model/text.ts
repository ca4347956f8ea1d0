/**
 * Log text that came as bytes. Task names are bytes to the kernel: cut in the middle of a character, or never UTF-8.
 *
 * Inside the program a byte that is not UTF-8 stands as the lone surrogate U+DC80 to U+DCFF (its value plus U+DC00), so
 * that text stays exact and searchable and names that differ stay different. Every output shows it as `\xHH`, with a
 * backslash doubled so that the two can not be confused: {@link showText}.
 */

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 bytes as text; a byte that is not part of valid UTF-8 becomes the lone surrogate U+DC00 + byte. */
export function decodeBytes(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return decodeLeniently(bytes);
  }
}

function decodeLeniently(bytes: Uint8Array): string {
  let text = "";
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    text +=
      length === 0
        ? String.fromCharCode(0xdc00 + (bytes[at] ?? 0))
        : strictUtf8.decode(bytes.subarray(at, at + length));
    at += length || 1;
  }
  return text;
}

/** Length of the valid UTF-8 sequence at an offset; 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first <= 0xf4 ? 4 : 0;
  if (first < 0xc2 || length === 0 || at + length > bytes.length) return 0;
  // The second byte of some sequences has a narrower range: no overlong forms, no surrogates, nothing past U+10FFFF.
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index] ?? 0;
    if (byte < (index === 1 ? lowest : 0x80) || byte > (index === 1 ? highest : 0xbf)) return 0;
  }
  return length;
}

/**
 * Log text as every output shows it: a literal backslash as `\\`, a byte that is not UTF-8 as `\xHH`, any other lone
 * surrogate (only JSON can bring one) as `\uHHHH`. Two different texts never look the same.
 */
export function showText(text: string): string {
  // Nearly all text is plain: a search without the flag `u` and a callback costs a tenth.
  if (!/[\\\ud800-\udfff]/.test(text)) return text;
  return text.replace(/[\\\p{Surrogate}]/gu, (character) => {
    if (character === "\\") return "\\\\";
    const code = character.charCodeAt(0);
    return code >= 0xdc80 && code <= 0xdcff ? `\\x${hex(code - 0xdc00, 2)}` : `\\u${hex(code, 4)}`;
  });
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
