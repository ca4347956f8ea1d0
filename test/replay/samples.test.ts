import { describe, expect, test } from "vitest";
import { samples } from "../parse/samples.js";
import { analyseText } from "./analyse-text.js";
import { holdLabVerdicts } from "./hold-lab-verdicts.js";

describe.each(samples)("$name", ({ name, lines, truth }) => {
  const analyses = analyseText(name, lines);

  test("gets the verdicts of the table", () => {
    const [kernel = "", scenario = ""] = name.split("/");
    holdLabVerdicts(kernel.slice(0, kernel.lastIndexOf("_")), scenario, analyses);
  });

  test("fails no check", () => {
    const failed = analyses.flatMap(({ verdict }) => verdict.checks.filter(({ ok }) => ok === false));
    expect(failed).toEqual([]);
  });

  // Not the other way round: processes that share the victim's memory die without a line on most kernels.
  test("names nobody among the dead who the lab saw alive", () => {
    const died = new Set(truth.died.map(({ pid }) => pid));
    for (const { report } of analyses) {
      for (const { pid } of report.kills) {
        const row = report.tasks.find((task) => task.pid === pid);
        expect(died).toContain(row?.tgid ?? pid);
      }
    }
  });
});
