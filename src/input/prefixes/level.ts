import type { Header } from "../header.js";
import { isDigit } from "../scan.js";
import type { PrefixFormat } from "./prefix.js";

function peel(text: string, from: number, header: Header): number {
  if (text.charCodeAt(from) !== 0x3c) return -1;
  let priority = 0;
  let at = from + 1;
  while (isDigit(text.charCodeAt(at)) && at < from + 4) priority = priority * 10 + text.charCodeAt(at++) - 0x30;
  if (at === from + 1 || text.charCodeAt(at) !== 0x3e || priority > 191) return -1;
  header.level = priority & 7;
  header.facility = priority >> 3;
  return at + 1;
}

/** `<4>`: facility × 8 + level. */
export const level: PrefixFormat = {
  id: "level",
  layer: "prefix",
  place: "level",
  description: "Raw level before a record: dmesg -r, syslog(2), pstore, syslog on the wire (`<4>[    3.865246] …`).",
  starts: "<",
  peel,
};
