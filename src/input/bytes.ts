import { decodeBytes } from "../model/text.js";

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
    return decodeBytes(Uint8Array.from(bytes));
  });
}
