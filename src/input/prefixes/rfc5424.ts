import type { Header } from "../header.js";
import { BLANK, OPEN_BRACKET } from "../scan.js";
import { readIsoTime } from "./iso.js";
import { level } from "./level.js";
import type { PrefixFormat } from "./prefix.js";

const PROBE = /<\d{1,3}>1 /y;
const FIELDS = /(\S+) (\S+) (\S+) \S+ /y;

/** `<6>1 TIME HOST APP PROCID MSGID STRUCTURED-DATA MESSAGE`; `-` stands for what is not there. */
function peel(text: string, from: number, header: Header): number {
  PROBE.lastIndex = from;
  const probe = PROBE.exec(text);
  if (probe === null) return -1;
  let at = from + probe[0].length;
  let civil = null;
  if (text.startsWith("- ", at)) {
    at += 2;
  } else {
    const time = readIsoTime(text, at);
    if (time === null || text.charCodeAt(time.end) !== BLANK) return -1;
    civil = time.civil;
    at = time.end + 1;
  }
  FIELDS.lastIndex = at;
  const fields = FIELDS.exec(text);
  if (fields === null) return -1;
  const data = endOfStructuredData(text, at + fields[0].length);
  if (data < 0) return -1;
  level.peel(text, from, header);
  const [, host = "-", ident = "-", pid = "-"] = fields;
  if (civil !== null) header.civil = civil;
  header.host = host === "-" ? header.host : host;
  header.ident = ident === "-" ? null : ident;
  header.pid = /^\d+$/.test(pid) ? Number(pid) : null;
  const start = startOfMessage(text, data);
  // rsyslog's template leaves the blank after the tag in the message: whether it does, the whole file tells.
  header.padded = text.charCodeAt(start) === BLANK;
  return start;
}

/** Index after `-` or `[id key="value"]…`, or -1. `[timeQuality …]` looks like a row but stands before the message. */
function endOfStructuredData(text: string, from: number): number {
  if (text.charCodeAt(from) === 0x2d) return from + 1;
  let at = from;
  while (text.charCodeAt(at) === OPEN_BRACKET) {
    let quoted = false;
    for (at++; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x5c && quoted) at++;
      else if (code === 0x22) quoted = !quoted;
      else if (code === 0x5d && !quoted) break;
    }
    at++;
  }
  return at === from || at > text.length ? -1 : at;
}

/** Index of the message: after one blank and perhaps a byte order mark. */
function startOfMessage(text: string, from: number): number {
  const at = text.charCodeAt(from) === BLANK ? from + 1 : from;
  return text.charCodeAt(at) === 0xfeff ? at + 1 : at;
}

/** Syslog as RFC 5424 has it, from files and from the wire. */
export const rfc5424: PrefixFormat = {
  id: "rfc5424",
  layer: "prefix",
  place: "header",
  description: "RFC 5424 syslog (`<6>1 2026-11-23T09:12:05.131139+00:00 vm kernel - - - [93787.865246] …`).",
  starts: "<",
  peel,
};
