import type { Header } from "../header.js";
import type { PrefixFormat } from "./prefix.js";

const LINE = /(\d{6,}) (\d{14}) (\d{1,2}) ([0-7]) (?:\[CONT START\] |\[CONT\] |\[OOS\] |\[SEQ RESET\] )*/y;

/** Sequence, microseconds, facility and level of the record, then marks of the receiver. */
function peel(text: string, from: number, header: Header): number {
  LINE.lastIndex = from;
  const match = LINE.exec(text);
  if (match === null) return -1;
  header.sequence = Number(match[1]);
  header.uptimeUsec = Number(match[2]);
  header.facility = Number(match[3]);
  header.level = Number(match[4]);
  header.proof = header.facility === 0 ? "kernel" : "userspace";
  return from + match[0].length;
}

/** `001204 00000003865246 0 4 `. */
export const netconsd: PrefixFormat = {
  id: "netconsd",
  layer: "prefix",
  place: "header",
  description: "Files of netconsd's logger, one per sender (`001204 00000003865246 0 4 …`).",
  starts: "0",
  peel,
};
