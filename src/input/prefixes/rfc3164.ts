import { englishMonth } from "../clock/months.js";
import type { Header } from "../header.js";
import { BLANK, DOT, fractionUsec, isDigit, readDigits, readSecondOfDay, skipDigits } from "../scan.js";
import type { PrefixFormat } from "./prefix.js";
import { peelHostAndTag } from "./tag.js";

/** `Oct 17 10:03:07[.866956] HOST TAG: `; the day is padded with a blank. */
function peel(text: string, from: number, header: Header): number {
  if (text.charCodeAt(from + 3) !== BLANK) return -1;
  const month = englishMonth(text, from);
  if (month === 0) return -1;
  let at = from + 4;
  if (text.charCodeAt(at) === BLANK) at++;
  const dayEnd = skipDigits(text, at);
  const day = dayEnd - at > 2 ? -1 : readDigits(text, at, dayEnd - at);
  if (day < 1 || day > 31 || text.charCodeAt(dayEnd) !== BLANK) return -1;
  at = dayEnd + 1;
  let year: number | null = null;
  if (isDigit(text.charCodeAt(at + 2))) {
    year = readDigits(text, at, 4);
    if (year < 0 || text.charCodeAt(at + 4) !== BLANK) return -1;
    at += 5;
  }
  const secondOfDay = readSecondOfDay(text, at);
  if (secondOfDay < 0) return -1;
  at += 8;
  let usec = 0;
  if (text.charCodeAt(at) === DOT) {
    const end = skipDigits(text, at + 1);
    usec = fractionUsec(text, at + 1, end);
    at = end;
  }
  if (text.charCodeAt(at) !== BLANK) return -1;
  header.civil = { year, month, day, secondOfDay, usec, zone: null };
  return peelHostAndTag(text, at + 1, header);
}

/** Syslog of the traditional kind and `journalctl -o short`. */
export const rfc3164: PrefixFormat = {
  id: "rfc3164",
  layer: "prefix",
  place: "header",
  description: "Traditional syslog files and journalctl short, short-precise (`Oct 17 10:03:07 web-07 kernel: …`).",
  starts: "a",
  peel,
};
