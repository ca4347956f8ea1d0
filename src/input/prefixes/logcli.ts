import type { Header } from "../header.js";
import { BLANK } from "../scan.js";
import { readIsoTime } from "./iso.js";
import type { PrefixFormat } from "./prefix.js";

const HOST = /\b(?:nodename|hostname|host|instance)="([^"]*)"/;

/** Time and labels; before {@link isoSyslog}, which would take `{}` for a host. */
function peel(text: string, from: number, header: Header): number {
  const time = readIsoTime(text, from);
  if (time === null || text.charCodeAt(time.end) !== BLANK || text.charCodeAt(time.end + 1) !== 0x7b) return -1;
  const end = text.indexOf("} ", time.end);
  if (end < 0) return -1;
  header.civil = time.civil;
  const host = HOST.exec(text.slice(time.end, end))?.[1];
  if (host !== undefined) header.host = host;
  return end + 2;
}

/** `2026-10-17T10:03:07Z {nodename="web-07"} `. */
export const logcli: PrefixFormat = {
  id: "logcli",
  layer: "prefix",
  place: "header",
  description: "Loki's logcli, newest line first (`2026-10-17T10:03:07Z {} …`).",
  starts: "0",
  peel,
};
