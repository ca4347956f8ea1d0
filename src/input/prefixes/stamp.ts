import type { Header } from "../header.js";
import { BLANK, CLOSE_BRACKET, DOT, fractionUsec, OPEN_BRACKET, readDigits, skipBlanks, skipDigits } from "../scan.js";
import type { PrefixFormat } from "./prefix.js";

/**
 * Blanks, digits, a dot and 3 to 9 digits in brackets. A row of the task table (`[    146]`) has no dot. One blank
 * after the bracket belongs to the stamp; on a console a caller id may follow without one.
 */
function peel(text: string, from: number, header: Header): number {
  if (text.charCodeAt(from) !== OPEN_BRACKET) return -1;
  const start = skipBlanks(text, from + 1);
  const dot = skipDigits(text, start);
  if (dot === start || dot - start > 10 || text.charCodeAt(dot) !== DOT) return -1;
  const end = skipDigits(text, dot + 1);
  if (end - dot < 2 || end - dot > 10 || text.charCodeAt(end) !== CLOSE_BRACKET) return -1;
  header.uptimeUsec = readDigits(text, start, dot - start) * 1_000_000 + fractionUsec(text, dot + 1, end);
  return text.charCodeAt(end + 1) === BLANK ? end + 2 : end + 1;
}

/** `[    3.865246] `. */
export const stamp: PrefixFormat = {
  id: "dmesg",
  layer: "prefix",
  place: "stamp",
  description: "Seconds since boot before a record: dmesg, consoles, vmcore-dmesg (`[    3.865246] …`).",
  starts: "[",
  peel,
};
