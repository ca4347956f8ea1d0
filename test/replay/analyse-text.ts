import { type Analysis, createAnalyser, createLineReader } from "../../src/index.js";

/** The analyses of a log's text. */
export function analyseText(source: string, lines: readonly string[]): Analysis[] {
  const analyses: Analysis[] = [];
  const onNote = (): void => {};
  const analyser = createAnalyser({ source, onAnalysis: (analysis) => analyses.push(analysis), onNote });
  const reader = createLineReader({ source, onLine: (line) => analyser.push(line), onNote });
  for (const [index, line] of lines.entries()) reader.push(line, index + 1, null);
  reader.end();
  analyser.end();
  return analyses;
}
