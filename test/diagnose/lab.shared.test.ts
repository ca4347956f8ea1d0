import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it, test } from "vitest";
import { decodeBytes } from "../../src/model/text.js";
import { analyseText } from "../replay/analyse-text.js";
import { AdviceChecker } from "./advice-checker.js";
import { firstReport, holdLab } from "./hold-lab.js";
import { labExpectations } from "./lab-expectations.js";
import { Tracer } from "./trace.js";

const folder = fileURLToPath(new URL("../../../shared/lab/runs/", import.meta.url));
const runName = /^(.+)_(?:amd64|i386|arm64|armhf|ppc64el|s390x|riscv64)_(.+)\.dmesg$/;
const runs = readdirSync(folder).filter((file) => runName.test(file));

/** Runs whose first report has an induced cause to find, and of how many it is the top finding. */
let induced = 0;
let found = 0;

const advice = new AdviceChecker();

describe.each(runs)("%s", (file) => {
  const [, kernel = "", scenario = ""] = runName.exec(file) ?? [];
  const lines = decodeBytes(readFileSync(folder + file)).split("\n");
  const analyses = analyseText(file, lines);

  it("has the findings of the table", () => {
    const first = firstReport(analyses);
    const top = labExpectations[scenario]?.top ?? [];
    if (first !== undefined && top.length > 0) {
      induced++;
      if (top.includes(first.findings[0]?.id ?? "")) found++;
    }
    holdLab(kernel, scenario, analyses);
  });

  it("has no number that does not stand on its lines, and no rule that fails", () => {
    const tracer = new Tracer(analyses, lines);
    const untraced = new Set(analyses.flatMap((analysis) => tracer.untraced(analysis)));
    expect([...untraced]).toEqual([]);
    expect(analyses.flatMap(({ notes }) => notes.filter(({ code }) => code === "rule-failed"))).toEqual([]);
  });

  it("advises nothing that its kernel lacks", () => {
    expect(advice.faultsIn(analyses)).toEqual([]);
  });
});

test("all commands can be pasted", () => {
  expect(advice.shellErrors()).toBe("");
});

test("the induced cause is the top finding of 98 % of the runs", () => {
  expect(induced).toBeGreaterThan(400);
  expect(found / induced).toBeGreaterThanOrEqual(0.98);
});
