import type { Analysis } from "../model/analysis.js";

/** Stands in for src/render until it is there. */
export interface TextOptions {
  readonly width: number;
  readonly paint: ((name: string, text: string) => string) | null;
  readonly verbose: boolean;
  readonly trace: boolean;
}

export function renderText({ report, verdict }: Analysis, _options: TextOptions): string {
  return `${report.source}:${report.line}: ${verdict.sentence}\n`;
}

export function renderMarkdown({ report, verdict }: Analysis): string {
  return `## ${report.source}:${report.line}\n\n${verdict.sentence}\n`;
}

export function toJson(analysis: Analysis): unknown {
  return analysis;
}

export function toListJson({ report, verdict }: Analysis): unknown {
  return { ...report, verdict: verdict.kind };
}

export const SCHEMA_VERSION = 1;
