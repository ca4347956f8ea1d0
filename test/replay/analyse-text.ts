import { type AnalyserOptions, type Analysis, createAnalyser, createLineReader } from "../../src/index.js";

/** The analyses of a log's text. */
export function analyseText(
  source: string,
  lines: readonly string[],
  findings: AnalyserOptions["findings"] = "all",
): Analysis[] {
  const analyses: Analysis[] = [];
  const onNote = (): void => {};
  const analyser = createAnalyser({ source, findings, onAnalysis: (analysis) => analyses.push(analysis), onNote });
  const reader = createLineReader({ source, onLine: (line) => analyser.push(line), onNote });
  for (const [index, line] of lines.entries()) reader.push(line, index + 1, null);
  reader.end();
  analyser.end();
  return analyses;
}
