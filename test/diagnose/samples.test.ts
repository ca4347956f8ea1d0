import { describe, expect, it } from "vitest";
import { samples } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";
import { AdviceChecker } from "./advice-checker.js";
import { holdLab } from "./hold-lab.js";
import { Tracer } from "./trace.js";

describe.each(samples)("sample $name", ({ name, lines }) => {
  const [kernel = "", scenario = ""] = name.split("/");
  const analyses = analyseText(name, lines);

  it("has the findings of the table", () => {
    holdLab(kernel, scenario, analyses);
  });

  it("has no number that does not stand on its lines", () => {
    const tracer = new Tracer(analyses, lines);
    for (const analysis of analyses) expect(tracer.untraced(analysis)).toEqual([]);
  });

  it("has balances that add up", () => {
    for (const { accounting } of analyses) {
      for (const balance of [accounting?.balance ?? [], accounting?.nodes ?? [], accounting?.zones ?? []].flat()) {
        const sum = balance.terms.reduce((total, term) => total + term.pages, balance.residue.pages);
        expect(sum).toBeCloseTo(balance.total.pages, 6);
      }
      expect(accounting?.balance?.consistent ?? true).toBe(true);
    }
  });

  it("advises nothing that its kernel lacks, and commands that can be pasted", () => {
    const advice = new AdviceChecker();
    expect(advice.faultsIn(analyses)).toEqual([]);
    expect(advice.shellErrors()).toBe("");
  });

  it("has no rule that fails", () => {
    expect(analyses.flatMap(({ notes }) => notes.filter(({ code }) => code === "rule-failed"))).toEqual([]);
  });
});
