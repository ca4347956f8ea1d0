import type { Header } from "../header.js";
import { readIsoTime } from "./iso.js";
import type { PrefixFormat } from "./prefix.js";
import { peelHostAndTag } from "./tag.js";

/** The weekday stays English in every language; the zone is named. */
const WEEKDAY = /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?=\d{4}-)/y;
const ZONE = / ([A-Z][A-Za-z]{1,5}|[+-]\d\d(?:\d\d)?) /y;

function peel(text: string, from: number, header: Header): number {
  WEEKDAY.lastIndex = from;
  if (!WEEKDAY.test(text)) return -1;
  const time = readIsoTime(text, from + 4);
  if (time === null) return -1;
  ZONE.lastIndex = time.end;
  const zone = ZONE.exec(text);
  if (zone === null) return -1;
  header.civil = { ...time.civil, zone: zoneOf(zone[1] ?? "") };
  return peelHostAndTag(text, time.end + zone[0].length, header);
}

function zoneOf(name: string): number | string {
  if (name === "UTC" || name === "GMT") return 0;
  if (!/^[+-]/.test(name)) return name;
  const minutes = Number(name.slice(1, 3)) * 60 + Number(name.slice(3, 5));
  return name.startsWith("-") ? -minutes : minutes;
}

/** `Sat 2026-10-17 10:03:07 UTC web-07 kernel: `. */
export const shortFull: PrefixFormat = {
  id: "journal-short-full",
  layer: "prefix",
  place: "header",
  description: "journalctl short-full and with-unit (`Sat 2026-10-17 10:03:07 UTC web-07 kernel: …`).",
  starts: "a",
  peel,
};
