import { isDigit } from "./scan.js";

const NONE: readonly never[] = [];
const DIGIT = 0x30;
const LETTER = 0x61;

/**
 * The formats that may begin with a character, in the order of the list: one look-up rules out most of them.
 *
 * `starts` names the characters of each; `0` stands for any digit, `a` for any letter of any script.
 */
export function dispatchBy<F extends { readonly starts: string }>(
  formats: readonly F[],
): (code: number) => readonly F[] {
  const table: (readonly F[])[] = Array.from({ length: 128 }, (_, code) =>
    formats.filter(({ starts }) => starts.includes(String.fromCharCode(code))),
  );
  return (code) => table[kindOf(code)] ?? NONE;
}

function kindOf(code: number): number {
  if (isDigit(code)) return DIGIT;
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code >= 128 ? LETTER : code;
}
