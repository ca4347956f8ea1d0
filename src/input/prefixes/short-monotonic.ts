import type { Header } from "../header.js";
import { COLON } from "../scan.js";
import { deltaStamp } from "./dmesg-delta.js";
import type { Peel, PrefixFormat } from "./prefix.js";
import { stamp } from "./stamp.js";
import { peelHostAndTag } from "./tag.js";

/** Any tag with a pid: only a program's line has one. */
const PROGRAM_TAG = /[\w./@-]+\[\d+\]: /y;

/**
 * Whether a host and a tag follow: the tag `kernel`, or one with a pid. A dmesg line such as `usb 1-1: new device` has
 * the first two words too.
 */
function hasHostAndTag(text: string, from: number): boolean {
  const blank = text.indexOf(" ", from);
  if (blank <= from || text.charCodeAt(blank - 1) === COLON) return false;
  if (text.startsWith("kernel", blank + 1)) {
    const next = text.charCodeAt(blank + 7);
    if (next === COLON) return true;
  }
  PROGRAM_TAG.lastIndex = blank + 1;
  return PROGRAM_TAG.test(text);
}

function hostAfter(stampPeel: Peel): Peel {
  return (text: string, from: number, header: Header) => {
    const before = header.uptimeUsec;
    const at = stampPeel(text, from, header);
    if (at < 0) return -1;
    if (hasHostAndTag(text, at)) return peelHostAndTag(text, at, header);
    header.uptimeUsec = before;
    return -1;
  };
}

/** `[93787.865246] web-07 kernel: `. */
export const shortMonotonic: PrefixFormat = {
  id: "journal-short-monotonic",
  layer: "prefix",
  place: "header",
  description: "journalctl short-monotonic (`[93787.865246] web-07 kernel: …`).",
  starts: "[",
  peel: hostAfter(stamp.peel),
};

/** `[93787.877175 <    0.000254 >] web-07 kernel: `. */
export const shortDelta: PrefixFormat = {
  id: "journal-short-delta",
  layer: "prefix",
  place: "header",
  description: "journalctl short-delta (`[93787.877175 <    0.000254 >] web-07 kernel: …`).",
  starts: "[",
  peel: hostAfter(deltaStamp.peel),
};
