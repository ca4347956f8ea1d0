import { type AnalyserOptions, createAnalyser } from "./analyse.js";
import { type ClockOptions, createLineReader } from "./input/index.js";
import { LineSplitter } from "./input/split-lines.js";
import type { Analysis } from "./model/analysis.js";
import { makeNote, type Note } from "./model/note.js";

/** A log piece by piece, cut anywhere: text, or bytes, of UTF-8 or by their byte order mark of UTF-16. A stream of Node, of the web, a list, a generator. */
export type Chunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string> | { getReader(): ChunkReader };

/** The reader of a stream of the web. */
export interface ChunkReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | string | undefined }>;
  cancel(): Promise<void>;
}

/** How a stream is read. */
export interface AnalyseStreamOptions
  extends Pick<AnalyserOptions, "overrides" | "findings">,
    Pick<ClockOptions, "year" | "timeZone" | "modifiedAt"> {
  /** Name of the source in reports and notes; `-` where none is given. */
  readonly source?: string;
  /** Gets what must be said about the reading. */
  readonly onNote?: (note: Note) => void;
}

/**
 * The analyses of a log, each as soon as its report is over. No more than a chunk is read ahead, memory is bounded by the
 * open reports, and breaking off closes the source.
 *
 * @throws RangeError when the time zone is unknown; and whatever the source throws.
 */
export async function* analyseStream(chunks: Chunks, options: AnalyseStreamOptions = {}): AsyncGenerator<Analysis> {
  const { source = "-", onNote = () => {}, overrides, findings, ...clock } = options;
  const closed: Analysis[] = [];
  const analyser = createAnalyser({
    source,
    ...(overrides === undefined ? {} : { overrides }),
    findings,
    onAnalysis: (analysis) => closed.push(analysis),
    onNote,
  });
  const reader = createLineReader({ source, ...clock, onLine: (line) => analyser.push(line), onNote });
  const splitter = new LineSplitter({
    line: (text, line, byteOffset) => reader.push(text, line, byteOffset),
    overlong: (line, bytes) => onNote(makeNote("overlong-line", `${bytes} bytes`, { source, line })),
  });
  const encoder = new TextEncoder();
  for await (const chunk of iterable(chunks)) {
    splitter.push(typeof chunk === "string" ? encoder.encode(chunk) : chunk);
    yield* closed.splice(0);
  }
  splitter.end();
  reader.end();
  analyser.end();
  yield* closed;
}

async function* iterable(chunks: Chunks): AsyncGenerator<Uint8Array | string> {
  if (!("getReader" in chunks)) {
    yield* chunks;
    return;
  }
  // Not every browser iterates over its streams.
  const reader = chunks.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value !== undefined) yield value;
    }
  } finally {
    await reader.cancel();
  }
}
