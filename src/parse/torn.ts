import type { LogLine } from "../model/log-line.js";

/**
 * A console has one output and several writers: a record of the kernel may stand in the middle of another line, which
 * then goes on in the next. `[    4.51]  [<f[    5.12] serial8250: too much work for irq4`, `fff8102>] page_fault+0x1f`.
 */
const recordInside =
  /(?:(?:<[0-7]>)?\[ {0,4}\d{1,7}\.\d{6}\](?:\[ *[TC]\d{1,7}\])? |\*\* \d{1,10} printk messages dropped \*\*$)/;
const stamp = /^(?:<(\d)>)?\[ {0,4}(\d{1,7})\.(\d{6})\](?:\[ *([TC]\d{1,7})\])? ?/;

/**
 * A task may be named like a stamp. Then the stamp stands where names do, give or take the few characters that a name
 * can hold beside it, and the line is whole if it reads as such.
 */
const nameBefore = /(?:^|\(|task=|[Cc]omm: ).{0,4}$/;
const longestBesideStamp = 4;

/** A piece that holds no text, only a part of the level and stamp before it. */
const onlyStamp = /^(?:<\d?>?)?(?:\[[ \d.]*\]?)? ?$/;

/** A line to its end: what follows on one another in it, and what it ends with. */
interface WholeLine {
  readonly parts: readonly RegExp[];
  readonly end: RegExp;
}

const wholeTrigger: WholeLine = {
  parts: [/ invoked oom-killer: gfp_mask=0x/g, /, order=-?\d/g],
  end: /, oom_(?:score_)?adj=-?\d+$/,
};

/** What may be left of the prefix behind it counts to its end. */
const wholeKill: WholeLine = {
  parts: [/Killed process \d+ \(/g, /\) total-vm:/g],
  end: /(?:(?:file|shmem)-rss:\d+kB|oom_score_adj:-?\d+) ?(?:<\d+>)?$/,
};

/** Part by part, since one pattern with `.*` between them takes the third power of a line of nothing else. */
function isWhole(text: string, { parts, end }: WholeLine): boolean {
  const last = end.exec(text);
  if (last === null) return false;
  let at = text.lastIndexOf("\n") + 1;
  for (const part of parts) {
    part.lastIndex = at;
    if (!part.test(text)) return false;
    at = part.lastIndex;
  }
  return at <= last.index;
}

/** Longer than any record, so that joining stays cheap whatever is in the log. */
const longestJoined = 8_192;

/**
 * Records that may come between the two halves of a torn line, and time by the log's own clock: a serial console under load
 * takes up to half a minute.
 */
const mostBetween = 16_384;
const longestBetweenUsec = 60_000_000;

/** Puts torn lines together again: one line in, no, one or two lines out; those of a console one line late. */
export class TornLines {
  readonly #emit: (line: LogLine) => void;
  readonly #reads: (line: LogLine) => boolean;
  /** The last line: the next one tells whether it is whole. */
  #pending: LogLine | null = null;
  #half: LogLine | null = null;
  #between = 0;
  /** When the line was torn. */
  #tornUsec: number | null = null;
  /** Level that the reader of the lines left with the record before the one that comes next. */
  #levelOfNext: number | null = null;
  /** Number of the line before {@link #pending}. */
  #last = 0;

  /**
   * @param emit Gets the whole lines.
   * @param reads Whether a line reads as one that names a task.
   */
  constructor(emit: (line: LogLine) => void, reads: (line: LogLine) => boolean) {
    this.#emit = emit;
    this.#reads = reads;
  }

  push(line: LogLine): void {
    const pending = this.#pending;
    if (!mayBeTorn(line)) {
      this.end();
      this.#emit(line);
      return;
    }
    this.#pending = line;
    if (pending === null) return;
    // The reader of the lines may have cut one where a record begins in it.
    const cutHere = lastLine(pending) === line.line && line.uptimeUsec !== null;
    this.#take(pending, cutHere);
  }

  /** Number of the first line that waits, or null. */
  get since(): number | null {
    return this.#half?.line ?? this.#pending?.line ?? null;
  }

  /** Whether no half of a line waits for the other. */
  get idle(): boolean {
    return this.#half === null;
  }

  /** No more lines: what waits is given out as it is. */
  end(): void {
    const pending = this.#pending;
    this.#pending = null;
    if (pending !== null) this.#take(pending, false);
    if (this.#half !== null) this.#finish(this.#half);
  }

  #take(taken: LogLine, cutHere: boolean): void {
    const line = this.#levelOfNext === null ? taken : { ...taken, level: taken.level ?? this.#levelOfNext };
    this.#levelOfNext = null;
    // Blank lines may have been left out before: then the rest of the torn line was one, and the line was whole.
    if (this.#half !== null && line.line > this.#last + 1) this.#finish(this.#half);
    this.#last = lastLine(line);
    if (this.#half !== null && this.#isLate(line)) this.#finish(this.#half);
    if (this.#half !== null && this.#half.text.length + line.text.length > longestJoined) this.#finish(this.#half);
    // A record that begins with its own stamp is whole: the torn line goes on later.
    const goesOn =
      this.#half !== null &&
      line.uptimeUsec === null &&
      !/^\*\* \d/.test(line.text) &&
      !this.#standsAlone(this.#half, line);
    const whole = goesOn && this.#half !== null ? join(this.#half, line) : line;
    const inside = cutHere ? whole.text.length : this.#findInside(whole);
    if (inside >= 0) {
      if (this.#half !== null && !goesOn) this.#finish(this.#half);
      const before = whole.text.slice(0, inside);
      // The level of the record that was cut off is that record's.
      const level = cutHere ? /<([0-7])>$/.exec(before) : null;
      this.#levelOfNext = level === null ? null : Number(level[1]);
      this.#half = { ...whole, text: level === null ? before : before.slice(0, level.index) };
      this.#between = 0;
      this.#tornUsec = this.#half.uptimeUsec;
      // Only the line break was lost: a report must not wait for the rest of its first or last line.
      if (isWhole(this.#half.text, wholeTrigger) || isWhole(this.#half.text, wholeKill)) this.#finish(this.#half);
      if (cutHere) return;
      this.#emit(restamp({ ...line, text: whole.text.slice(inside), level: null, caller: null, uptimeUsec: null }));
    } else if (goesOn) {
      this.#finish(whole);
    } else {
      this.#emit(line);
      if (this.#half !== null && ++this.#between > mostBetween) this.#finish(this.#half);
    }
  }

  /** Whether the log has gone on for so long that the rest of the torn line will not come: what waits is told in its place. */
  #isLate({ uptimeUsec }: LogLine): boolean {
    if (uptimeUsec === null) return false;
    this.#tornUsec ??= uptimeUsec;
    return Math.abs(uptimeUsec - this.#tornUsec) > longestBetweenUsec;
  }

  /** Whether a line without stamp is whole: it reads as one that names a task, and what waits would swallow it. */
  #standsAlone(half: LogLine, line: LogLine): boolean {
    return this.#reads(line) && (this.#reads(half) || !this.#reads(restamp(join(half, line))));
  }

  #finish(line: LogLine): void {
    this.#half = null;
    this.#between = 0;
    if (onlyStamp.test(line.text) && line.text !== "") return;
    this.#emit(line.uptimeUsec === null ? restamp(line) : line);
  }

  /** Where in the line another record begins; -1 when the line is whole. */
  #findInside(line: LogLine): number {
    const { text, uptimeUsec } = line;
    // The stamp of the line's own was taken off before, or it was torn and stands at the beginning now.
    const own = uptimeUsec === null ? Math.max(1, stamp.exec(text)?.[0].length ?? 0) : 0;
    if (text.indexOf(".", own) < 0 && text.indexOf("** ", own) < 0) return -1;
    const match = recordInside.exec(own === 0 ? text : text.slice(own));
    if (match === null) return -1;
    const at = match.index + own;
    if (match[0].startsWith("*")) return at;
    if (text.length - at - match[0].length <= longestBesideStamp) return -1;
    return nameBefore.test(text.slice(Math.max(0, at - 16), at)) && this.#reads(line) ? -1 : at;
  }
}

/** Only a console tears lines: what a daemon or the ring buffer's reader delivers as one record is whole. */
function mayBeTorn(line: LogLine): boolean {
  return line.host === null && line.wallUsec === null && line.trust === "claimed";
}

function lastLine(line: LogLine): number {
  return line.endLine ?? line.line;
}

/** The line to cite is the one on which the text begins. */
function join(half: LogLine, line: LogLine): LogLine {
  const cited = onlyStamp.test(half.text) ? line : half;
  return { ...half, text: half.text + line.text, line: cited.line, byteOffset: cited.byteOffset };
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
