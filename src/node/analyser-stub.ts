import type { Analysis } from "../model/analysis.js";
import type { LogLine } from "../model/log-line.js";
import type { Note } from "../model/note.js";

/** Stands in for the core until src/analyse.ts is there. */
export interface AnalyserOptions {
  readonly source: string;
  readonly onAnalysis: (analysis: Analysis) => void;
  readonly onNote: (note: Note) => void;
}

export interface Analyser {
  push(line: LogLine): void;
  end(): void;
}

export function createAnalyser(_options: AnalyserOptions): Analyser {
  return { push() {}, end() {} };
}
