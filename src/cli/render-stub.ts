import type { Analysis } from "../model/analysis.js";

/** Stands in for src/render until it is there. */
export function toJson(analysis: Analysis): unknown {
  return analysis;
}

export function toListJson({ report, verdict }: Analysis): unknown {
  return { ...report, verdict: verdict.kind };
}

export function listLine({ report, verdict }: Analysis): string {
  return `${report.source}:${report.line}: ${verdict.sentence}\n`;
}

export const SCHEMA_VERSION = 1;
