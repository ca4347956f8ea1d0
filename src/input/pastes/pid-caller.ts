import type { Format } from "../format.js";

/** What a program took off the kernel's text by mistake. */
export const pidCaller: Format = {
  id: "pid-as-caller",
  layer: "paste",
  description:
    "dmesg -F of util-linux 2.41 takes a row's pid for a caller id and prints it a blank narrower (`[   146]`).",
};

/** The only kernel header with two blanks after `pid` has two before it. */
const HEADER = "[ pid  ]";
const ROW = /^\[ {0,5}\d+\] /;
const ROW_WIDTH = "[    146]".length;

/** Gives rows of the task table back the blank that they lost. */
export function createRowRestorer(): (text: string) => string {
  let narrowed = false;
  return (text) => {
    if (text.charCodeAt(0) !== 0x5b) return text;
    if (text.startsWith("[ ") && text.includes("pid ")) {
      narrowed = text.startsWith(HEADER);
      return narrowed ? text.replace(HEADER, "[  pid  ]") : text;
    }
    if (!narrowed || !ROW.test(text)) return text;
    return `[${" ".repeat(Math.max(0, ROW_WIDTH - text.indexOf("]") - 1))}${text.slice(1)}`;
  };
}
