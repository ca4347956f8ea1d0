import type { Header } from "../header.js";
import { readIsoTime } from "./iso.js";
import type { PrefixFormat } from "./prefix.js";

const GUEST = / (?:In|Wa|Er|Db)\(\d\d\) \S+ - Guest: /y;

function peel(text: string, from: number, header: Header): number {
  const time = readIsoTime(text, from);
  if (time === null) return -1;
  GUEST.lastIndex = time.end;
  const match = GUEST.exec(text);
  if (match === null) return -1;
  header.civil = time.civil;
  return time.end + match[0].length;
}

/** `2026-10-17T10:03:07.885Z In(05) vcpu-1 - Guest: `. */
export const vmware: PrefixFormat = {
  id: "vmware-log",
  layer: "prefix",
  place: "header",
  description:
    "vmware.log of a virtual machine (`2026-10-17T10:03:07.885Z In(05) vcpu-1 - Guest: <6>[93787.865246] …`).",
  starts: "0",
  peel,
};
