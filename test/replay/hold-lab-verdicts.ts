import { expect } from "vitest";
import type { Analysis } from "../../src/index.js";
import { compareVersions, seriesOf, versionOf } from "../../src/kernel/version.js";
import { type AllowedVerdict, labVerdicts, legacyVerdicts, undecidableOn32 } from "./lab-verdicts.js";

/** Holds the verdicts of one lab log against the committed table. */
export function holdLabVerdicts(kernel: string, scenario: string, analyses: readonly Analysis[]): void {
  const row = labVerdicts[scenario];
  expect(row, `a row of the table for ${scenario}`).toBeDefined();
  if (row === undefined) return;
  const version = seriesOf(versionOf(/^\d+(?:\.\d+)*/.exec(kernel)?.[0] ?? ""));
  const legacy = compareVersions(version, versionOf("2.6.36")) < 0;
  const right = (list: readonly AllowedVerdict[]): readonly AllowedVerdict[] =>
    list.filter((one) => covers(one, version));
  const required = legacy ? [] : right(row.required);
  const allowed = legacy ? legacyVerdicts : [...required, ...right(row.allowed ?? [])];
  const open = compareVersions(version, versionOf("3.5")) <= 0 && undecidableOn32.includes(scenario);
  for (const { report, verdict } of analyses) {
    const got = `${verdict.kind} ${(verdict.by ?? []).map(({ rule }) => rule).join("+")}`.trim();
    const wanted = allowed.map((one) => `${one.kind} ${(one.by ?? []).join("+")}`.trim());
    if (open) wanted.push("undecidable");
    expect(wanted, `line ${report.line}: ${verdict.sentence}`).toContain(got);
    if (verdict.kind === "undecidable") expect(verdict.possibleVictims?.length).toBeGreaterThanOrEqual(2);
  }
  if (required.length > 0 && !open) {
    const met = analyses.some(({ verdict }) =>
      required.some(
        (one) =>
          one.kind === verdict.kind && (one.by ?? []).every((rule) => verdict.by?.some((by) => by.rule === rule)),
      ),
    );
    expect(met, `one report with a required verdict of ${scenario}`).toBe(true);
  }
}

function covers(one: AllowedVerdict, version: ReturnType<typeof versionOf>): boolean {
  if (one.since !== undefined && compareVersions(version, versionOf(one.since)) < 0) return false;
  return one.until === undefined || compareVersions(version, versionOf(one.until)) <= 0;
}
