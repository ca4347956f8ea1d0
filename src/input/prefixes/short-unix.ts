import type { Header } from "../header.js";
import type { PrefixFormat } from "./prefix.js";
import { peelHostAndTag } from "./tag.js";

const STAMP = /(\d{9,10})\.(\d{6}) (?=\S+ \S+: |\S+: )/y;

function peel(text: string, from: number, header: Header): number {
  STAMP.lastIndex = from;
  const match = STAMP.exec(text);
  if (match === null) return -1;
  header.wallUsec = Number(match[1]) * 1_000_000 + Number(match[2]);
  return peelHostAndTag(text, from + match[0].length, header);
}

/** `1792231387.866956 web-07 kernel: `. */
export const shortUnix: PrefixFormat = {
  id: "journal-short-unix",
  layer: "prefix",
  place: "header",
  description: "journalctl short-unix: seconds since 1970 (`1792231387.866956 web-07 kernel: …`).",
  starts: "0",
  peel,
};
