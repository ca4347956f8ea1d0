import type { Header } from "../header.js";
import type { PrefixFormat } from "./prefix.js";
import { stamp } from "./stamp.js";
import { peelHostAndTag } from "./tag.js";

/** A host, then the tag `kernel`: a dmesg line such as `usb 1-1: new device` has the first two words too. */
const KERNEL_TAG = /(\S*[^\s:]) kernel(?:\[\d+\])?: /y;

function peel(text: string, from: number, header: Header): number {
  const before = header.uptimeUsec;
  const at = stamp.peel(text, from, header);
  if (at < 0) return -1;
  KERNEL_TAG.lastIndex = at;
  if (!KERNEL_TAG.test(text)) {
    header.uptimeUsec = before;
    return -1;
  }
  return peelHostAndTag(text, at, header);
}

/** `[93787.865246] web-07 kernel: `. */
export const shortMonotonic: PrefixFormat = {
  id: "journal-short-monotonic",
  layer: "prefix",
  place: "header",
  description: "journalctl short-monotonic (`[93787.865246] web-07 kernel: …`).",
  starts: "[",
  peel,
};
