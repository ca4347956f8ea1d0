import type { CivilTime, Header } from "../header.js";
import { BLANK, COLON, DOT, fractionUsec, readDigits, readSecondOfDay, skipDigits } from "../scan.js";
import type { PrefixFormat } from "./prefix.js";
import { peelHostAndTag } from "./tag.js";

const COMMA = 0x2c;
const DASH = 0x2d;
const PLUS = 0x2b;

/**
 * Reads `2026-10-17T10:03:07[.866956|,866956][Z|+00:00|+0000|+00]` at `from`: the time, the index after it and whether
 * the fraction stands behind a comma (dmesg).
 */
export function readIsoTime(text: string, from: number): { civil: CivilTime; end: number; comma: boolean } | null {
  if (text.charCodeAt(from + 4) !== DASH || text.charCodeAt(from + 7) !== DASH) return null;
  const separator = text.charCodeAt(from + 10);
  if (separator !== 0x54 && separator !== BLANK) return null;
  const year = readDigits(text, from, 4);
  const month = readDigits(text, from + 5, 2);
  const day = readDigits(text, from + 8, 2);
  const secondOfDay = readSecondOfDay(text, from + 11);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31 || secondOfDay < 0) return null;
  let at = from + 19;
  let usec = 0;
  const mark = text.charCodeAt(at);
  if (mark === DOT || mark === COMMA) {
    const end = skipDigits(text, at + 1);
    usec = fractionUsec(text, at + 1, end);
    at = end;
  }
  let zone: number | null = null;
  const sign = text.charCodeAt(at);
  if (sign === 0x5a) {
    zone = 0;
    at++;
  } else if (sign === PLUS || sign === DASH) {
    const hours = readDigits(text, at + 1, 2);
    const minutesAt = text.charCodeAt(at + 3) === COLON ? at + 4 : at + 3;
    const minutes = readDigits(text, minutesAt, 2);
    if (hours < 0) return null;
    zone = (hours * 60 + Math.max(minutes, 0)) * (sign === DASH ? -1 : 1);
    at = minutes < 0 ? at + 3 : minutesAt + 2;
  }
  return { civil: { year, month, day, secondOfDay, usec, zone }, end: at, comma: mark === COMMA };
}

/** A level, a stamp, or the date of a relayed record. */
const PREFIXED = /^(?:<\d|\[ *\d+\.|[A-Z][a-z]{2} [ \d]\d \d\d:|\d{4}-\d\d-\d\d[T ])/;

/** One grammar for rsyslog's file format, syslog-ng's ISO dates and journalctl short-iso: none proves the writer. */
function peelSyslog(text: string, from: number, header: Header): number {
  const time = readIsoTime(text, from);
  if (time === null || time.comma || text.charCodeAt(time.end) !== BLANK) return -1;
  const { host } = header;
  const at = peelHostAndTag(text, time.end + 1, header);
  // A date within a text (`2026-11-23T02:45:05 UTC (1795401905)`) has no tag behind it, and no kernel's prefix.
  if (header.ident === null && !PREFIXED.test(text.slice(at, at + 20))) {
    header.host = host;
    return -1;
  }
  header.civil = time.civil;
  return at;
}

/** `2026-11-23T09:12:05.131139+00:00 vm kernel: `. */
export const isoSyslog: PrefixFormat = {
  id: "iso-syslog",
  layer: "prefix",
  place: "header",
  description:
    "Syslog with ISO dates: rsyslog's file format, syslog-ng, journalctl short-iso(-precise) (`2026-10-17T10:03:07+00:00 web-07 kernel: …`).",
  starts: "0",
  peel: peelSyslog,
};

function peelDmesg(text: string, from: number, header: Header): number {
  const time = text.charCodeAt(from + 10) === 0x54 ? readIsoTime(text, from) : null;
  if (time === null || !time.comma || time.civil.zone === null || text.charCodeAt(time.end) !== BLANK) return -1;
  header.civil = time.civil;
  header.timeSource = "dmesg";
  return time.end + 1;
}

/** `2026-11-23T07:43:38,865246+00:00 `. */
export const dmesgIso: PrefixFormat = {
  id: "dmesg-iso",
  layer: "prefix",
  place: "stamp",
  description: "dmesg --time-format iso: a comma before the fraction (`2026-11-23T07:43:38,865246+00:00 …`).",
  starts: "0",
  peel: peelDmesg,
};
