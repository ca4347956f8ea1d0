import type { Header } from "../header.js";
import { readIsoTime } from "../prefixes/iso.js";
import { fractionUsec, readSecondOfDay } from "../scan.js";
import { monthOf } from "./months.js";

/** `Oct 17, 2026 @ 10:03:07.886` (Kibana) and `Oct 17 10:03:07`. */
const NAMED = /^(\S{3,5}) {1,2}(\d{1,2})(?:, (\d{4}) @)? (\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?$/;
const NUMBER = /^(\d{9,20})(?:\.(\d{1,9}))?$/;

/** Takes a collector's time, whatever its form: a text, or a number of seconds, milli-, micro- or nanoseconds. */
export function takeTime(value: unknown, header: Header): void {
  if (typeof value === "number") takeText(Number.isInteger(value) ? String(value) : value.toFixed(6), header);
  else if (typeof value === "string") takeText(value, header);
}

function takeText(text: string, header: Header): void {
  const number = NUMBER.exec(text);
  if (number !== null) {
    header.wallUsec = usecOf(number[1] ?? "", number[2] ?? "");
    return;
  }
  const iso = readIsoTime(text, 0);
  if (iso !== null) {
    header.civil = iso.civil;
    return;
  }
  const named = NAMED.exec(text);
  if (named === null) return;
  const [, month = "", day, year, time = "", fraction = ""] = named;
  const secondOfDay = readSecondOfDay(time, 0);
  if (secondOfDay < 0) return;
  header.civil = {
    year: year === undefined ? null : Number(year),
    month: monthOf(month),
    day: Number(day),
    secondOfDay,
    usec: fractionUsec(fraction, 0, fraction.length),
    zone: null,
  };
}

/** The number of digits tells the unit: a time of today has 10 in seconds, 13, 16 and 19 in the smaller ones. */
function usecOf(digits: string, fraction: string): number {
  const all = digits.length < 12 ? digits + fraction.padEnd(6, "0").slice(0, 6) : digits;
  const unit = digits.length < 12 ? 6 : digits.length < 15 ? 3 : digits.length < 18 ? 6 : 9;
  return unit === 9 ? Number(all.slice(0, -3)) : Number(all) * 10 ** (6 - unit);
}
