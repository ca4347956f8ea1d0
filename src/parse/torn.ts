import type { LogLine } from "../model/log-line.js";

/**
 * A console has one output and several writers: a record of the kernel may stand in the middle of another line, which
 * then goes on in the next. `[    4.51]  [<f[    5.12] serial8250: too much work for irq4`, `fff8102>] page_fault+0x1f`.
 */
const recordInside = /(?:\[ {0,4}\d{1,7}\.\d{6}\](?:\[ *[TC]\d{1,7}\])? |\*\* \d{1,10} printk messages dropped \*\*$)/;
const stamp = /^(?:<(\d)>)?\[ {0,4}(\d{1,7})\.(\d{6})\](?:\[ *([TC]\d{1,7})\])? ?/;

/** A piece that holds no text, only a part of the level and stamp before it. */
const onlyStamp = /^(?:<\d?>?)?(?:\[[ \d.]*\]?)? ?$/;

/** Longer than any record, so that joining stays cheap whatever is in the log. */
const longestJoined = 8_192;

/** Records that may come between the two halves of a torn line. */
const mostBetween = 16_384;

/** Puts torn lines together again: one line in, no, one or two lines out. */
export class TornLines {
  readonly #emit: (line: LogLine) => void;
  #half: LogLine | null = null;
  #between = 0;

  constructor(emit: (line: LogLine) => void) {
    this.#emit = emit;
  }

  push(line: LogLine): void {
    // A record that begins with its own stamp is whole: the torn line goes on later.
    if (this.#half !== null && this.#half.text.length + line.text.length > longestJoined) this.end();
    const goesOn = this.#half !== null && line.uptimeUsec === null && !/^\*\* \d/.test(line.text);
    const half = goesOn ? this.#half : null;
    const joined = half === null ? line : { ...half, text: half.text + line.text };
    const inside = findInside(joined);
    // The line to cite is the one on which the text begins.
    const cited = half === null || onlyStamp.test(half.text) ? line : half;
    const whole = { ...joined, line: cited.line, byteOffset: cited.byteOffset };
    if (inside >= 0) {
      if (this.#half !== null && !goesOn) this.end();
      this.#half = { ...whole, text: whole.text.slice(0, inside) };
      this.#between = 0;
      this.#emit(restamp({ ...line, text: whole.text.slice(inside), level: null, caller: null, uptimeUsec: null }));
    } else if (goesOn) {
      this.#finish(whole);
    } else {
      this.#emit(line);
      if (this.#half !== null && ++this.#between > mostBetween) this.end();
    }
  }

  /** No more lines: a half that waits is given out as it is. */
  end(): void {
    if (this.#half !== null) this.#finish(this.#half);
  }

  #finish(line: LogLine): void {
    this.#half = null;
    this.#between = 0;
    this.#emit(line.uptimeUsec === null ? restamp(line) : line);
  }
}

/** Where in the line another record begins; -1 when the line is whole. */
function findInside({ text, uptimeUsec }: LogLine): number {
  // The stamp of the line's own was taken off before, or it was torn and stands at the beginning now.
  const own = uptimeUsec === null ? Math.max(1, stamp.exec(text)?.[0].length ?? 0) : 0;
  if (text.indexOf("[", own) < 0 && text.indexOf("** ", own) < 0) return -1;
  const match = recordInside.exec(own === 0 ? text : text.slice(own));
  return match === null ? -1 : match.index + own;
}

/** Takes a stamp that was not at the beginning of its line when the prefixes were taken off. */
function restamp(line: LogLine): LogLine {
  const match = stamp.exec(line.text);
  if (match === null) return line;
  const [prefix, level, seconds, usec, caller] = match;
  return {
    ...line,
    text: line.text.slice(prefix.length),
    level: level === undefined ? line.level : Number(level),
    caller: caller ?? line.caller,
    uptimeUsec: Number(seconds) * 1_000_000 + Number(usec),
  };
}
