import type { LogLine, TimeSource, Trust } from "../model/log-line.js";
import type { Note } from "../model/note.js";
import { type ClockOptions, createWallClock } from "./clock/wall-clock.js";
import type { FieldNames } from "./envelopes/envelope.js";
import type { Header } from "./header.js";
import { createNoteCounter } from "./notes.js";
import { createBootCounter } from "./order/boots.js";
import { createTurner, type Spool, type Timed } from "./order/direction.js";
import type { Entry } from "./order/entry.js";
import { createSequenceWindow } from "./order/sequence.js";
import { createPeeler } from "./peeler.js";
import type { Place, Sink } from "./sink.js";
import { toldBySyslog } from "./told-by-syslog.js";
import { createTrustJudge } from "./trust.js";

/** How to read one source. */
export interface LineReaderOptions extends ClockOptions {
  /** Name of the source in notes: a path, a member of an archive, or `-`. */
  readonly source: string;
  /** Gets each record of the log, oldest first. */
  readonly onLine: (line: LogLine) => void;
  /** Gets what must be said about the reading. */
  readonly onNote: (note: Note) => void;
  /** Names of fields in JSON and CSV that outrank the known ones. */
  readonly fields?: FieldNames;
  /**
   * How many records of a log that runs backward are held to be turned round (default 200,000); beyond, they go to the
   * spool, or it is turned round in parts, with a note. 0 takes every log to run forward: for callers that turn it round
   * themselves.
   */
  readonly turnLimit?: number;
  /** Where a log that runs backward is put aside beyond the limit. Records are plain data. */
  readonly spool?: Spool<unknown>;
}

/** Takes one source line by line. */
export interface LineReader {
  /**
   * The next line of the source.
   *
   * @param text The line without its line feed, at which alone lines are cut; a carriage return stays. UTF-8 decoded,
   *   and an invalid byte 0xHH stands as the lone surrogate U+DCHH, so that nothing is lost.
   * @param line Its number in the source, from 1.
   * @param byteOffset Offset of its first byte in the (decompressed) source, or null.
   */
  push(text: string, line: number, byteOffset: number | null): void;
  /**
   * Whether lines may be left out here without harm to the next ones: it is known how the source is written and which
   * way it runs, and nothing spans lines. What waits must be flushed first.
   */
  readonly steady: boolean;
  /** No line is at hand right now: what waits for its neighbour is handed on. For followers, when they are idle. */
  flush(): void;
  /** The source is over. */
  end(): void;
  /** The same with pauses, in which the caller may take away what came of the part of a log that was put aside. */
  endInParts(): Generator<void, void>;
}

const TURN_LIMIT = 200_000;

/** A record of which all is known but the boot that it belongs to. */
interface Draft extends Timed {
  readonly entry: Entry;
  readonly timeSource: TimeSource | null;
  readonly trust: Trust;
}

/** What a report says, in a line that a program wrote: worth a word, since somebody may be misled by it. */
const REPORT_TEXT = /invoked oom-killer|[Kk]ill(?:ed)? process \d|oom-kill:constraint=/;

/**
 * Reads the lines of one source, whatever its format, into records of a kernel log.
 *
 * The first 64 KiB of a source should be pushed whole: which tags it has, whether it runs backward and how it is wrapped
 * shows there.
 *
 * @throws RangeError when the time zone is unknown.
 */
export function createLineReader(options: LineReaderOptions): LineReader {
  const notes = createNoteCounter(options.source, options.onNote);
  const clock = createWallClock(options.source, options, options.onNote);
  const boots = createBootCounter();
  const turnLimit = options.turnLimit ?? TURN_LIMIT;
  let bootsNext = false;
  let elapsedFrom: number | null = null;

  function finish({ entry, wallUsec, timeSource, uptimeUsec, trust }: Draft): void {
    const { text, header, place } = entry;
    options.onLine({
      text,
      line: place.line,
      ...(place.endLine === undefined ? {} : { endLine: place.endLine }),
      byteOffset: place.byteOffset,
      host: header.host,
      wallUsec,
      timeSource,
      uptimeUsec,
      boot: boots.count(entry, trust),
      level: header.level,
      caller: header.caller,
      trust,
    });
  }

  const turner = createTurner<Draft>({
    emit: finish,
    together: (first, second) => first.entry.place === second.entry.place,
    limit: turnLimit,
    ...(options.spool === undefined ? {} : { spool: options.spool as Spool<Draft> }),
    onBackward: () => notes.note("log-backward", "", { line: 1, byteOffset: null }),
    onOverflow: () => notes.note("log-backward-cut", String(turnLimit), { line: 1, byteOffset: null }),
  });

  /** `dmesg -e` tells the minute now and then, and in between only what passed since the line before. */
  function wallOf(header: Header, { line }: Place): number | null {
    if (header.wallUsec !== null) return header.wallUsec;
    if (header.elapsedUsec !== null) {
      if (elapsedFrom !== null) elapsedFrom += header.elapsedUsec;
      return elapsedFrom;
    }
    if (header.civil === null) return null;
    const wall = clock.resolve(header.civil, line);
    if (header.timeSource === "dmesg") elapsedFrom = wall;
    return wall;
  }

  const judge = createTrustJudge((entry, trust) => {
    const { header, place, text } = entry;
    if (trust === "userspace" && REPORT_TEXT.test(text)) notes.count("userspace-lines", place);
    const wallUsec = wallOf(header, place);
    const yearless = header.wallUsec === null && header.civil?.year === null;
    const timeSource = wallUsec === null ? null : (header.timeSource ?? (yearless ? "year-inferred" : "arrival"));
    const { host, uptimeUsec } = header;
    const draft = { text, wallUsec, uptimeUsec, host, entry, timeSource, trust };
    if (turnLimit === 0) finish(draft);
    else turner.push(draft);
  });

  const sequence = createSequenceWindow(
    (entry) => judge.push(entry),
    ({ place }) => notes.count("records-swapped", place),
  );

  const sink: Sink = {
    record(text, header, place) {
      if (toldBySyslog(text, header, place, notes)) return;
      sequence.push({ text, header, place, boots: bootsNext });
      bootsNext = false;
    },
    boot() {
      bootsNext = true;
    },
    note: notes.note,
    count: notes.count,
    cleaned: notes.cleaned,
  };
  const peeler = createPeeler(sink, options.fields ?? {});

  function* endInParts(): Generator<void, void> {
    peeler.end();
    sequence.flush();
    judge.end();
    yield* turner.end();
    notes.end();
  }

  return {
    push(text, line, byteOffset) {
      peeler.push(text, { line, byteOffset }, null);
    },
    get steady() {
      return elapsedFrom === null && peeler.steady && !judge.waits && (turnLimit === 0 || turner.forward);
    },
    flush() {
      peeler.flush();
      sequence.flush();
      judge.flush();
      turner.flush();
    },
    end() {
      for (const _ of endInParts());
    },
    endInParts,
  };
}
