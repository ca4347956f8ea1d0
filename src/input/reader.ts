import type { LogLine } from "../model/log-line.js";
import type { Note } from "../model/note.js";
import { type ClockOptions, createWallClock } from "./clock/wall-clock.js";
import { emptyHeader } from "./header.js";
import { peelPrefixes } from "./prefixes/index.js";
import { trustOf } from "./trust.js";

/** How to read one source. */
export interface LineReaderOptions extends ClockOptions {
  /** Name of the source in notes: a path, a member of an archive, or `-`. */
  readonly source: string;
  /** Gets each record of the log, in order. */
  readonly onLine: (line: LogLine) => void;
  /** Gets what must be said about the reading. */
  readonly onNote: (note: Note) => void;
}

/** Takes one source line by line. */
export interface LineReader {
  /**
   * The next line of the source.
   *
   * @param text The line without its newline; a carriage return may stay. UTF-8 decoded, and an invalid byte 0xHH
   *   stands as the lone surrogate U+DCHH, so that nothing is lost.
   * @param line Its number in the source, from 1.
   * @param byteOffset Offset of its first byte in the (decompressed) source, or null.
   */
  push(text: string, line: number, byteOffset: number | null): void;
  /** No line is at hand right now: what waits for its neighbour is handed on. For followers, when they are idle. */
  flush(): void;
  /** The source is over. */
  end(): void;
}

/** Reads the lines of one source, whatever its format, into records of a kernel log. */
export function createLineReader(options: LineReaderOptions): LineReader {
  const clock = createWallClock(options);
  return {
    push(raw, line, byteOffset) {
      const text = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
      const header = emptyHeader();
      const at = peelPrefixes(text, header);
      options.onLine({
        text: at === 0 ? text : text.slice(at),
        line,
        byteOffset,
        host: header.host,
        wallUsec: header.wallUsec ?? (header.civil === null ? null : clock.resolve(header.civil)),
        uptimeUsec: header.uptimeUsec,
        level: header.level,
        caller: header.caller,
        trust: trustOf(header),
      });
    },
    flush() {},
    end() {},
  };
}
