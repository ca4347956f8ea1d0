import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { decodeBytes } from "../../src/model/text.js";
import { analyseText } from "./analyse-text.js";

function firstOf(file: string): Analysis {
  const path = fileURLToPath(new URL(`../../../shared/corpus/logs/${file}`, import.meta.url));
  const [analysis] = analyseText(file, decodeBytes(readFileSync(path)).split("\n"));
  if (analysis === undefined) throw new Error(`no report in ${file}`);
  return analysis;
}

function scoreCheckOf({ verdict }: Analysis) {
  return verdict.checks.find(({ id }) => id === "printed-score");
}

describe("a printed score that the expected rule does not give", () => {
  // 64,249 pages less 3 % of themselves, × 1000 / 125,448 = 496; less 3 % of the total it would be 482.
  it("shows that Ubuntu's 3.13.0-57 has the root bonus of v3.14", () => {
    const analysis = firstOf("017-phoenixyanrongli-serverlog-3.13.0-57-generic-python.txt");
    expect(analysis.report.chosen?.score).toBe(496);
    expect(analysis.report.kernel.era).toBe("v3.13.10");
    expect(scoreCheckOf(analysis)?.ok).toBe(true);
    expect(analysis.verdict.kind).toBe("agrees");
  });

  // 35,163 pages × 1000 / 32,768 = 1073; with the bonus it would be 1040.
  it("shows that root in a container has no CAP_SYS_ADMIN", () => {
    const analysis = firstOf("142-tx-el7-693-docker-memcg-thread-victim.txt");
    expect(analysis.report.chosen?.score).toBe(1073);
    expect(scoreCheckOf(analysis)?.ok).toBe(true);
    expect(analysis.replay?.ranking[0]).toMatchObject({ pid: 16169, points: 35163, bound: "exact", unknown: [] });
    expect(analysis.verdict.sentence).toContain("it runs without CAP_SYS_ADMIN");
  });
});

describe("a printed score that only a bonus gives", () => {
  // 17,336 pages less 3 % are 266 thousandths of 63,045; without the bonus it would be 274.
  it("shows that a process of uid 0 has CAP_SYS_ADMIN, and its points are exact", () => {
    const lab = fileURLToPath(new URL("../../../shared/lab/runs/3.10.105_amd64_g_children.dmesg", import.meta.url));
    const [analysis] = analyseText("g_children", decodeBytes(readFileSync(lab)).split("\n"));
    expect(analysis?.report.chosen?.score).toBe(266);
    expect(analysis?.replay?.ranking[0]).toMatchObject({ pid: 26, points: 16816, bound: "exact", unknown: [] });
    expect(analysis?.replay?.ranking[1]).toMatchObject({ pid: 29, bound: "estimate" });
  });
});

describe("a printed score that comes out at some totals with a bonus, and at others without", () => {
  // The totals without it were left out, as if uid 0 always had the capability.
  it("keeps both: no log tells whether a process of uid 0 has CAP_SYS_ADMIN", () => {
    const analysis = firstOf("175-tx-coreos-4.9-prometheus-adj179-grep.txt");
    expect(analysis.report.chosen?.score).toBe(1041);
    expect(analysis.scenario?.totalPages).toEqual({ min: 1_856_509, max: 1_916_211, source: "the printed score" });
    expect(analysis.replay?.ranking[0]).toMatchObject({ pid: 15192, unknown: ["capabilities"] });
  });
});

describe("a column that no kernel prints", () => {
  it("is the first reason for a choice that the rule does not give", () => {
    const { verdict } = firstOf("151-tx-rfc-nrss-column-mempolicy-5.18.txt");
    expect(verdict.kind).toBe("differs");
    expect(verdict.likelyReasons?.[0]).toContain("the column (01)nrss");
  });
});
