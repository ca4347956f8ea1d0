import type { Header } from "../header.js";
import { BLANK } from "../scan.js";
import type { PrefixFormat } from "./prefix.js";

/** A decimal comma by locale. journalctl puts a blank or a star before the `>`, and blanks where nothing was before. */
const STAMP = /\[(?: *(\d{1,10})[.,](\d{6}) )?(?:< *\d{1,10}[.,]\d{6}[ *]?>| {8,20})\] ?/y;

const GREATER = 0x3e;

function peel(text: string, from: number, header: Header): number {
  const end = text.charCodeAt(text.indexOf("]", from) - 1);
  if (end !== GREATER && end !== BLANK) return -1;
  STAMP.lastIndex = from;
  const match = STAMP.exec(text);
  if (match === null) return -1;
  if (match[1] !== undefined) header.uptimeUsec = Number(match[1]) * 1_000_000 + Number(match[2]);
  return from + match[0].length;
}

/** `[    3.866213 <    0.000224>] ` and `[<    0.000224>] `. */
export const deltaStamp: PrefixFormat = {
  id: "dmesg-delta",
  layer: "prefix",
  place: "stamp",
  description: "dmesg -d and --time-format delta: time since the line before (`[    3.866213 <    0.000224>] …`).",
  starts: "[",
  peel,
};
