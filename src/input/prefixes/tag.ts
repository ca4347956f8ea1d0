import { facilityOf, levelOf } from "../facility.js";
import type { Header } from "../header.js";
import { BLANK, CLOSE_BRACKET, COLON, OPEN_BRACKET, skipDigits } from "../scan.js";

/**
 * What follows the date in syslog-like lines: `[HOST ][FACILITY.LEVEL ]TAG[PID]: `. A line without tag keeps all that
 * follows its host as text. Returns the index of the text: one blank after the colon is the header's, a second one
 * the kernel's (`kernel:  <TASK>`).
 */
export function peelHostAndTag(text: string, from: number, header: Header): number {
  const end = endOfTag(text, from, header);
  if (end >= 0) return end;
  const hostEnd = endOfWord(text, from);
  if (hostEnd === from) return from;
  header.host = text.slice(from, hostEnd);
  if (hostEnd === text.length) return hostEnd;
  return peelTag(text, hostEnd + 1, header);
}

/** The same without host: `[FACILITY.LEVEL ]TAG[PID]: `. */
export function peelTag(text: string, from: number, header: Header): number {
  const at = peelFacility(text, from, header);
  const end = endOfTag(text, at, header);
  return end < 0 ? at : end;
}

/** `kern.warn `: only names of the closed lists count, so that a host with a dot stays a host. */
function peelFacility(text: string, from: number, header: Header): number {
  const end = endOfWord(text, from);
  const dot = text.indexOf(".", from);
  if (dot < 0 || dot >= end || end - from > 20) return from;
  const facility = facilityOf(text.slice(from, dot));
  const level = levelOf(text.slice(dot + 1, end));
  if (facility === null || level === null) return from;
  header.facility = facility;
  header.level = level;
  return end + 1;
}

function endOfWord(text: string, from: number): number {
  const end = text.indexOf(" ", from);
  return end < 0 ? text.length : end;
}

/** Index after `TAG: ` or `TAG[PID]: ` at `from`, or -1. */
function endOfTag(text: string, from: number, header: Header): number {
  let at = from;
  let code = text.charCodeAt(at);
  while (at < text.length && code !== COLON && code !== OPEN_BRACKET && code !== BLANK) code = text.charCodeAt(++at);
  const nameEnd = at;
  if (nameEnd === from || nameEnd === text.length) return -1;
  let pid: number | null = null;
  if (code === OPEN_BRACKET) {
    const pidEnd = skipDigits(text, at + 1);
    if (pidEnd === at + 1 || text.charCodeAt(pidEnd) !== CLOSE_BRACKET) return -1;
    pid = Number(text.slice(at + 1, pidEnd));
    at = pidEnd + 1;
  }
  if (text.charCodeAt(at) !== COLON) return -1;
  const next = text.charCodeAt(at + 1);
  // `::1` or `host:port` is no tag; `kernel:[` is one, glued to its text.
  if (at + 1 < text.length && next !== BLANK && next !== OPEN_BRACKET) return -1;
  header.ident = text.slice(from, nameEnd);
  header.pid = pid;
  return next === BLANK ? at + 2 : at + 1;
}
