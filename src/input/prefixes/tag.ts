import { peelPriorityNames } from "../facility.js";
import type { Header } from "../header.js";
import { BLANK, CLOSE_BRACKET, COLON, OPEN_BRACKET, skipDigits } from "../scan.js";

/**
 * What follows the date in syslog-like lines: `[HOST ][FACILITY.LEVEL ]TAG[PID]: `. A line without tag keeps all that
 * follows its host as text. Returns the index of the text: one blank after the colon is the header's, a second one
 * the kernel's (`kernel:  <TASK>`).
 */
export function peelHostAndTag(text: string, from: number, header: Header): number {
  if (peelPriorityNames(text, from, header) !== from) return peelTag(text, from, header);
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
  const at = peelPriorityNames(text, from, header);
  const end = endOfTag(text, at, header);
  if (end >= 0) return end;
  // Converters drop the colon; a stamp or a row then tells that this is a tag.
  if (!text.startsWith("kernel [", at)) return at;
  header.ident = "kernel";
  return at + 7;
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
