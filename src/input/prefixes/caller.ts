import type { Header } from "../header.js";
import { BLANK, CLOSE_BRACKET, OPEN_BRACKET, skipBlanks, skipDigits } from "../scan.js";
import type { PrefixFormat } from "./prefix.js";

/** `T` (thread) or `C` (processor) and a number in brackets; a row of the task table has no letter. */
function peel(text: string, from: number, header: Header): number {
  if (text.charCodeAt(from) !== OPEN_BRACKET) return -1;
  const letter = skipBlanks(text, from + 1);
  const code = text.charCodeAt(letter);
  if (code !== 0x54 && code !== 0x43) return -1;
  const end = skipDigits(text, letter + 1);
  // The kernel pads to six characters: `[  T146]`, `[    C1]`.
  if (end === letter + 1 || end - from < 7 || text.charCodeAt(end) !== CLOSE_BRACKET) return -1;
  header.caller = text.slice(letter, end);
  return text.charCodeAt(end + 1) === BLANK ? end + 2 : end + 1;
}

/** `[  T146] `, `[    C1] `. */
export const caller: PrefixFormat = {
  id: "caller",
  layer: "prefix",
  place: "caller",
  description: "Caller id after the stamp on kernels with CONFIG_PRINTK_CALLER (`[    3.865246][  T146] …`).",
  starts: "[",
  peel,
};
