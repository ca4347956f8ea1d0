import type { Header } from "../header.js";
import type { PrefixFormat } from "./prefix.js";
import { peelTag } from "./tag.js";

const TAG = /kernel(?:\[\d+\])?: /y;

function peel(text: string, from: number, header: Header): number {
  TAG.lastIndex = from;
  return TAG.test(text) ? peelTag(text, from, header) : -1;
}

/** `kernel: `, date and host cut off. */
export const kernelTag: PrefixFormat = {
  id: "kernel-tag",
  layer: "prefix",
  place: "header",
  description: "The tag alone, date and host cut off by a person or a shipper (`kernel: [    3.865246] …`).",
  starts: "a",
  peel,
};
