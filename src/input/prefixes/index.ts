import { dispatchBy } from "../dispatch.js";
import type { Header } from "../header.js";
import { caller } from "./caller.js";
import { dmesgDecode } from "./dmesg-decode.js";
import { deltaStamp } from "./dmesg-delta.js";
import { dmesgElapsed } from "./dmesg-elapsed.js";
import { dmesgWall } from "./dmesg-wall.js";
import { dmesgIso, isoSyslog } from "./iso.js";
import { kernelTag } from "./kernel-tag.js";
import { level } from "./level.js";
import { logcat } from "./logcat.js";
import { logcli } from "./logcli.js";
import { netconsd } from "./netconsd.js";
import { openwrt } from "./openwrt.js";
import type { PrefixFormat } from "./prefix.js";
import { rfc3164 } from "./rfc3164.js";
import { rfc5424 } from "./rfc5424.js";
import { shortFull } from "./short-full.js";
import { shortDelta, shortMonotonic } from "./short-monotonic.js";
import { shortUnix } from "./short-unix.js";
import { stamp } from "./stamp.js";
import { vmware } from "./vmware.js";

/** Every prefix, in the order in which they are tried. A new one is a file and a row here. */
export const prefixFormats: readonly PrefixFormat[] = [
  rfc3164,
  shortFull,
  openwrt,
  kernelTag,
  vmware,
  logcat,
  rfc5424,
  netconsd,
  logcli,
  isoSyslog,
  shortUnix,
  shortMonotonic,
  shortDelta,
  level,
  dmesgDecode,
  stamp,
  dmesgWall,
  dmesgElapsed,
  deltaStamp,
  dmesgIso,
  caller,
];

/** A header may be followed by another (a relay, an export), but not without end. */
const MAX_HEADERS = 3;

function placed(place: PrefixFormat["place"]): (code: number) => readonly PrefixFormat[] {
  return dispatchBy(prefixFormats.filter((format) => format.place === place));
}

const headers = placed("header");
const levels = placed("level");
const stamps = placed("stamp");
const callers = placed("caller");

/** Takes all prefixes off a line: the index at which what the kernel printed begins. */
export function peelPrefixes(text: string, header: Header): number {
  // RFC 5424 begins with its priority: headers come before a level.
  let at = peelOne(headers, text, 0, header);
  if (at === 0) at = peelOne(levels, text, 0, header);
  for (let round = 0; round < MAX_HEADERS; round++) {
    const before = at;
    at = peelOne(headers, text, at, header);
    // Behind a tag stands the writer's own text.
    if (at === before || header.ident !== null) break;
  }
  return peelKernelPrefixes(text, at, header);
}

/** Takes level, stamp and caller off what stands inside a header or an envelope. */
export function peelKernelPrefixes(text: string, from: number, header: Header): number {
  const afterLevel = peelOne(levels, text, from, header);
  // A blank that may be the header's is no text before a stamp.
  const start = header.padded === true ? afterLevel + 1 : afterLevel;
  const afterStamp = peelOne(stamps, text, start, header);
  if (afterStamp === start) return afterLevel;
  header.padded = null;
  // Without a stamp there is no caller: `[  T1]` alone may be a task's name.
  return peelOne(callers, text, afterStamp, header);
}

/** The index after the first prefix of the list that matches, or `at`. */
function peelOne(
  candidates: (code: number) => readonly PrefixFormat[],
  text: string,
  at: number,
  header: Header,
): number {
  for (const format of candidates(text.charCodeAt(at))) {
    const next = format.peel(text, at, header);
    if (next >= 0) return next;
  }
  return at;
}
