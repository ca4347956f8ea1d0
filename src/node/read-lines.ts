import { setImmediate } from "node:timers/promises";
import { MAX_HEAD_BYTES } from "./head.js";
import { LineSplitter, type RawLine } from "./lines.js";
import { openText, type ReadOptions } from "./open-text.js";
import { Skimmer, type SkimReader } from "./skim/skimmer.js";
import type { Source } from "./source.js";

export type { ReadOptions as ReadLinesOptions } from "./open-text.js";

/** The lines of a source that is text (see `unpack`), a batch for each chunk. Breaking off closes the source. */
export async function* readLines(source: Source, options: ReadOptions): AsyncGenerator<readonly RawLine[]> {
  const text = await openText(source, options);
  if (text === null) return;
  const { encoding, terminator, chunks, note } = text;
  const splitter = new LineSplitter({
    terminator,
    firstByteOffset: encoding.markBytes,
    onOverlong: ({ line, bytes }) => note("overlong-line", `${bytes} bytes`, line),
  });
  for await (const chunk of chunks) yield await splitter.push(chunk);
  yield await splitter.end();
}

/** Reads a file to its end, or to where that fails: what is left then comes as chunks, the failure too. */
async function* pullAll(skimmer: Skimmer, readInto: Source["readInto"]): AsyncGenerator<number> {
  if (readInto === undefined) return;
  while (skimmer.pull(readInto)) {
    yield skimmer.lines;
    // Signals are heard here alone: reading a file waits for nothing by itself, and a step may hold many reports.
    await setImmediate();
  }
}

/** Bytes of a source that are read line by line before lines may be left out: how it is written shows there. */
const SKIM_FROM_BYTES = 1 << 18;

export interface SkimLinesOptions extends ReadOptions {
  /** Default 256 KiB. */
  readonly skimFromBytes?: number;
}

/**
 * Gives the lines of a source that may matter to a reader: all of a small one, by split2, and those around reports of a
 * large one. Yields the number of lines so far after each chunk, so that whoever pulls decides how far is read ahead.
 */
export async function* skimLines(
  source: Source,
  reader: SkimReader,
  options: SkimLinesOptions,
): AsyncGenerator<number> {
  const text = await openText(source, options);
  if (text === null) return;
  const { encoding, terminator, chunks, note } = text;
  const { skimFromBytes = SKIM_FROM_BYTES } = options;
  const onOverlong = ({ line, bytes }: { line: number; bytes: number }): void =>
    note("overlong-line", `${bytes} bytes`, line);
  const splitter = new LineSplitter({ terminator, firstByteOffset: encoding.markBytes, onOverlong });
  let skimmer: Skimmer | undefined;
  let bytes = encoding.markBytes;
  let lines = 0;
  for await (const chunk of chunks) {
    if (skimmer === undefined) {
      for (const line of await splitter.push(chunk)) {
        reader.take(line);
        lines = line.line;
      }
      bytes += chunk.length;
      const { unfinished } = splitter;
      if (bytes >= skimFromBytes && terminator === "\n" && unfinished <= chunk.length) {
        skimmer = new Skimmer({ reader, lines: splitter.lines, byteOffset: bytes - unfinished, onOverlong });
        skimmer.push(chunk.subarray(chunk.length - unfinished));
        yield skimmer.lines;
        const isPlain = encoding.name === "utf-8" && bytes >= MAX_HEAD_BYTES;
        yield* pullAll(skimmer, isPlain ? source.readInto : undefined);
        lines = skimmer.lines;
      }
    } else {
      skimmer.push(chunk);
      lines = skimmer.lines;
    }
    yield lines;
    await setImmediate();
  }
  if (skimmer === undefined) {
    for (const line of await splitter.end()) {
      reader.take(line);
      lines = line.line;
    }
  } else {
    skimmer.end();
    lines = skimmer.lines;
  }
  yield lines;
}
