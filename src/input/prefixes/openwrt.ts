import { englishMonth } from "../clock/months.js";
import { peelPriorityNames } from "../facility.js";
import type { Header } from "../header.js";
import { readSecondOfDay } from "../scan.js";
import type { PrefixFormat } from "./prefix.js";
import { peelTag } from "./tag.js";

const DATE = /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4}) /y;

/** The facility and level tell it from other lines that begin with such a date. */
function peel(text: string, from: number, header: Header): number {
  DATE.lastIndex = from;
  const match = DATE.exec(text);
  if (match === null) return -1;
  const [whole, monthName = "", day, time = "", year] = match;
  const month = englishMonth(monthName, 0);
  const secondOfDay = readSecondOfDay(time, 0);
  const at = from + whole.length;
  if (month === 0 || secondOfDay < 0 || peelPriorityNames(text, at, header) === at) return -1;
  header.civil = { year: Number(year), month, day: Number(day), secondOfDay, usec: 0, zone: null };
  return peelTag(text, at, header);
}

/** OpenWrt's ring of log records, without host. */
export const openwrt: PrefixFormat = {
  id: "openwrt-logread",
  layer: "prefix",
  place: "header",
  description: "OpenWrt's logread, without host (`Sat Oct 17 10:03:07 2026 kern.warn kernel: [93787.865246] …`).",
  starts: "a",
  peel,
};
