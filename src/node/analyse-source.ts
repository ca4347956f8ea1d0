import { createLineReader } from "../input/index.js";
import type { Analysis } from "../model/analysis.js";
import { createAnalyser } from "./analyser-stub.js";
import { type ReadLinesOptions, readLines } from "./read-lines.js";
import type { Source } from "./source.js";

export interface AnalyseSourceOptions extends ReadLinesOptions {
  /** Called at the end, when it is reached, with the number of lines in the source. */
  readonly onEnd?: (lines: number) => void;
}

/**
 * Reads a source and gives each analysis as its report closes. No more than a chunk is read ahead of the consumer, and
 * breaking off closes the source.
 */
export async function* analyseSource(source: Source, options: AnalyseSourceOptions): AsyncGenerator<Analysis> {
  const { name } = source;
  const { onNote } = options;
  const closed: Analysis[] = [];
  const analyser = createAnalyser({ source: name, onAnalysis: (analysis) => closed.push(analysis), onNote });
  const reader = createLineReader({ source: name, onLine: (line) => analyser.push(line), onNote });
  let lines = 0;
  for await (const batch of readLines(source, options)) {
    for (const { text, line, byteOffset } of batch) reader.push(text, line, byteOffset);
    lines = batch.at(-1)?.line ?? lines;
    yield* closed.splice(0);
  }
  reader.end();
  analyser.end();
  yield* closed;
  options.onEnd?.(lines);
}
