import { monthOf } from "../clock/months.js";
import type { Header } from "../header.js";
import { BLANK } from "../scan.js";
import type { PrefixFormat } from "./prefix.js";

const ELAPSED = /\[ *\+(\d{1,7})[.,](\d{6})\] ?/y;
/** Month and day are glued (`[Nov23 07:43]`), and a one-digit day is padded with a blank. */
const MINUTE = /\[(\d{0,2}\D{1,8}?) ?(\d{1,2}) (\d\d):(\d\d)\] ?/y;

function peel(text: string, from: number, header: Header): number {
  ELAPSED.lastIndex = from;
  const elapsed = ELAPSED.exec(text);
  if (elapsed !== null) {
    header.elapsedUsec = Number(elapsed[1]) * 1_000_000 + Number(elapsed[2]);
    return from + elapsed[0].length;
  }
  if (text.charCodeAt(from + 1) === BLANK) return -1;
  MINUTE.lastIndex = from;
  const minute = MINUTE.exec(text);
  if (minute === null) return -1;
  const [whole, monthName = "", day, hours, minutes] = minute;
  const secondOfDay = Number(hours) * 3600 + Number(minutes) * 60;
  header.civil = { year: null, month: monthOf(monthName), day: Number(day), secondOfDay, usec: 0, zone: null };
  header.timeSource = "dmesg";
  return from + whole.length;
}

/** `[Nov23 07:43] `, then `[  +0.000224] `. */
export const dmesgElapsed: PrefixFormat = {
  id: "dmesg-e",
  layer: "prefix",
  place: "stamp",
  description:
    "dmesg -e and -H: the date when the minute changes, else the time since the line before (`[  +0.000224] …`).",
  starts: "[",
  peel,
};
