import type { Format } from "../format.js";
import type { Header } from "../header.js";

/**
 * Takes a prefix off a line: the index at which the rest begins, or -1 when the line has another one at `from`.
 * Pure but for `header`, which it writes to only when it matches.
 */
export type Peel = (text: string, from: number, header: Header) => number;

/** A recogniser of one prefix. */
export interface PrefixFormat extends Format {
  readonly layer: "prefix";
  /**
   * `header`: what a daemon or tool puts before a record (date, host, tag); may occur more than once. Then what printk
   * and dmesg put before it, each once and in this order: `level`, `stamp`, `caller`.
   */
  readonly place: "header" | "level" | "stamp" | "caller";
  /** The characters that it can begin with; `0` stands for any digit, `a` for any letter of any script. */
  readonly starts: string;
  readonly peel: Peel;
}
