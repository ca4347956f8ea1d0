import { expect, test } from "vitest";
import type { AnalyserOptions } from "../../src/analyse.js";
import { type Analysis, createAnalyser, createLineReader } from "../../src/index.js";
import { toListJson } from "../../src/render/index.js";
import { listFields } from "../../src/render/list/fields.js";
import { samples } from "../parse/samples.js";

function analyse(source: string, lines: readonly string[], findings: AnalyserOptions["findings"]): Analysis[] {
  const analyses: Analysis[] = [];
  const analyser = createAnalyser({ source, findings, onAnalysis: (analysis) => analyses.push(analysis) });
  const reader = createLineReader({ source, onLine: (line) => analyser.push(line), onNote() {} });
  for (const [index, line] of lines.entries()) reader.push(line, index + 1, null);
  reader.end();
  analyser.end();
  return analyses;
}

test.each(samples)("a list of $name is the same without the findings that it does not show", ({ name, lines }) => {
  const limit = analyse(name, lines, "limit");
  const all = analyse(name, lines, "all");
  expect(limit.map(listFields)).toEqual(all.map(listFields));
  expect(limit.map(toListJson)).toEqual(all.map(toListJson));
});
