import { facilityOf, levelOf } from "../facility.js";
import type { Header } from "../header.js";
import type { PrefixFormat } from "./prefix.js";

const NAMES = /([a-z][a-z0-9]{2,7}) *:([a-z]{3,6}) *: /y;

/** dmesg takes the facility from the record itself: unlike the level of `dmesg -r`, it can be trusted. */
function peel(text: string, from: number, header: Header): number {
  NAMES.lastIndex = from;
  const match = NAMES.exec(text);
  if (match === null) return -1;
  const facility = facilityOf(match[1] ?? "");
  const level = levelOf(match[2] ?? "");
  if (facility === null || level === null) return -1;
  header.facility = facility;
  header.level = level;
  header.proof = facility === 0 ? "kernel" : "userspace";
  return from + match[0].length;
}

/** `kern  :warn  : `. */
export const dmesgDecode: PrefixFormat = {
  id: "dmesg-x",
  layer: "prefix",
  place: "level",
  description: "dmesg -x: facility and level by name (`kern  :warn  : [    3.865246] …`).",
  starts: "a",
  peel,
};
