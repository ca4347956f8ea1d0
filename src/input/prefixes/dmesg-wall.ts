import { monthOf } from "../clock/months.js";
import type { Header } from "../header.js";
import { BLANK, CLOSE_BRACKET, isDigit, OPEN_BRACKET, readSecondOfDay } from "../scan.js";
import type { PrefixFormat } from "./prefix.js";

/** Weekday and month in any language, then day, time and year. */
const STAMP = /\[(?:\S{1,12} )?(\S{1,12}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})\] ?/y;

function peel(text: string, from: number, header: Header): number {
  const next = text.charCodeAt(from + 1);
  if (text.charCodeAt(from) !== OPEN_BRACKET || next === BLANK || next === CLOSE_BRACKET || isDigit(next)) return -1;
  STAMP.lastIndex = from;
  const match = STAMP.exec(text);
  if (match === null) return -1;
  const [whole, monthName = "", day, time = "", year] = match;
  const secondOfDay = readSecondOfDay(time, 0);
  if (secondOfDay < 0) return -1;
  header.civil = {
    year: Number(year),
    month: monthOf(monthName),
    day: Number(day),
    secondOfDay,
    usec: 0,
    zone: null,
  };
  header.timeSource = "dmesg";
  return from + whole.length;
}

/** `[Mon Nov 23 07:43:38 2026] `. */
export const dmesgWall: PrefixFormat = {
  id: "dmesg-T",
  layer: "prefix",
  place: "stamp",
  description: "dmesg -T in any language (`[Mon Nov 23 07:43:38 2026] …`).",
  starts: "[",
  peel,
};
