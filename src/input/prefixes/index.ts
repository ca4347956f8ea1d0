import type { Header } from "../header.js";
import { isDigit } from "../scan.js";
import { caller } from "./caller.js";
import { dmesgWall } from "./dmesg-wall.js";
import { dmesgIso, isoSyslog } from "./iso.js";
import { level } from "./level.js";
import type { PrefixFormat } from "./prefix.js";
import { rfc3164 } from "./rfc3164.js";
import { shortFull } from "./short-full.js";
import { shortMonotonic } from "./short-monotonic.js";
import { stamp } from "./stamp.js";

/** Every prefix, in the order in which they are tried. A new one is a file and a row here. */
export const prefixFormats: readonly PrefixFormat[] = [
  rfc3164,
  shortFull,
  isoSyslog,
  shortMonotonic,
  level,
  dmesgWall,
  stamp,
  dmesgIso,
  caller,
];

/** A header may be followed by another (a relay, an export), but not without end. */
const MAX_HEADERS = 3;

const LETTER = "a".charCodeAt(0);
const DIGIT = "0".charCodeAt(0);

type Dispatch = readonly (readonly PrefixFormat[])[];

function dispatchOf(place: PrefixFormat["place"]): Dispatch {
  const formats = prefixFormats.filter((format) => format.place === place);
  return Array.from({ length: 128 }, (_, code) =>
    formats.filter((format) => format.starts.includes(String.fromCharCode(code))),
  );
}

const headers = dispatchOf("header");
const levels = dispatchOf("level");
const stamps = dispatchOf("stamp");
const callers = dispatchOf("caller");

/** Takes all prefixes off a line: the index at which what the kernel printed begins. */
export function peelPrefixes(text: string, header: Header): number {
  let at = peelOne(levels, text, 0, header);
  for (let round = 0; round < MAX_HEADERS; round++) {
    const before = at;
    at = peelOne(headers, text, at, header);
    if (at === before) break;
  }
  return peelKernelPrefixes(text, at, header);
}

/** Takes level, stamp and caller off what stands inside a header or an envelope. */
export function peelKernelPrefixes(text: string, from: number, header: Header): number {
  const afterLevel = peelOne(levels, text, from, header);
  const afterStamp = peelOne(stamps, text, afterLevel, header);
  // Without a stamp there is no caller: `[  T1]` alone may be a task's name.
  return afterStamp === afterLevel ? afterStamp : peelOne(callers, text, afterStamp, header);
}

/** The index after the first prefix of the list that matches, or `at`. */
function peelOne(dispatch: Dispatch, text: string, at: number, header: Header): number {
  const formats = dispatch[classOf(text.charCodeAt(at))];
  if (formats === undefined) return at;
  for (const format of formats) {
    const next = format.peel(text, at, header);
    if (next >= 0) return next;
  }
  return at;
}

function classOf(code: number): number {
  if (isDigit(code)) return DIGIT;
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code >= 128 ? LETTER : code;
}
