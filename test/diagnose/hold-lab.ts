import { expect } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { allowedEverywhere, labExpectations, neverInTheLab } from "./lab-expectations.js";

/** The report that a scenario is judged by: the first that is whole enough to have a trigger, else the first. */
export function firstReport(analyses: readonly Analysis[]): Analysis | undefined {
  return analyses.find(({ report }) => report.trigger !== null) ?? analyses[0];
}

/** Holds the findings of a run of the lab against the table. */
export function holdLab(kernel: string, scenario: string, analyses: readonly Analysis[]): void {
  const expectation = labExpectations[scenario];
  if (expectation === undefined) throw new Error(`${scenario} is not in the table of expectations`);
  const first = firstReport(analyses);
  const release = kernel.replace(/_\w+$/, "");
  const required = [...(expectation.required ?? []), ...(expectation.shown?.[release] ?? [])];
  const isHidden = expectation.hidden?.[release] !== undefined;
  if (first === undefined || expectation.top.length === 0) {
    expect(analyses, "no report is expected").toEqual([]);
    expect(expectation.top.length === 0 || isHidden || scenario === "m1_nokill").toBe(true);
    return;
  }
  const ids = first.findings.map(({ id }) => id);
  if (!isHidden) {
    expect(expectation.top).toContain(ids[0]);
    for (const id of required) expect(ids, `${id} is required`).toContain(id);
  }
  const allowed = new Set([
    ...expectation.top,
    ...required,
    ...(expectation.allowed ?? []),
    ...allowedEverywhere,
    ...(isHidden ? ["single-anon-hog", "many-tasks-sum"] : []),
  ]);
  const induced = [...expectation.top, ...required];
  const forbidden = new Set([...(expectation.forbidden ?? []), ...neverInTheLab.filter((id) => !induced.includes(id))]);
  const wrong = new Set<string>();
  for (const { report, findings } of analyses) {
    for (const { id, confidence } of findings) {
      if (forbidden.has(id)) wrong.add(`line ${report.line}: ${id} is forbidden`);
      else if (confidence === "high" && !allowed.has(id)) wrong.add(`line ${report.line}: ${id} at high confidence`);
    }
  }
  expect([...wrong]).toEqual([]);
}
