import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createContext } from "../../src/diagnose/context.js";
import { type Diagnosis, type DiagnosisInput, diagnose, History, type ReportDigest } from "../../src/diagnose/index.js";
import { type AnyRule, type Draft, rule } from "../../src/diagnose/rule.js";
import { detectKernel } from "../../src/kernel/detect.js";
import type { Analysis } from "../../src/model/analysis.js";
import { sample, samples } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";

function inputOf({ report, scenario, replay, verdict, accounting }: Analysis): DiagnosisInput {
  const pageSizeBytes = accounting?.pageSizeBytes ?? 4096;
  const kernel = detectKernel(report).versions;
  return { report, pageSizeBytes, traits: scenario?.traits ?? null, kernel, scenario, replay, verdict, earlier: [] };
}

function inputFrom(name: string, at = 0): DiagnosisInput {
  const analysis = analyseText(name, sample(name).lines)[at];
  if (analysis === undefined) throw new Error(`${name} has no report ${at}`);
  return inputOf(analysis);
}

const tmpfs = inputFrom("4.4.155_amd64/g_tmpfs");
const sysrq = inputFrom("4.19.78_amd64/g_sysrq");

function made(id: string, draft: Partial<Draft>, more: Partial<AnyRule> = {}): AnyRule {
  const found: Draft = { title: id, confidence: "high", evidence: [], advice: [], ...draft };
  return {
    id,
    layer: "consumer",
    group: "consumer",
    basis: "inference",
    meaning: "",
    needs: [],
    evaluate: () => found,
    ...more,
  };
}

function idsOf({ findings }: Diagnosis): string[] {
  return findings.map(({ id }) => id);
}

describe("a rule", () => {
  it("that fails is one failure, and the others go on", () => {
    const broken = made(
      "broken",
      {},
      {
        evaluate: () => {
          throw new Error("out of luck");
        },
      },
    );
    const result = diagnose(tmpfs, [broken, made("whole", {})]);
    expect(result.failed).toEqual([{ id: "broken", message: "out of luck" }]);
    expect(idsOf(result)).toEqual(["whole"]);
  });

  it("whose facts the report lacks says what is missing", () => {
    const needsTable = rule({ ...made("needs-table", {}), needs: ["tasks"], evaluate: () => null });
    const input = { ...tmpfs, report: { ...tmpfs.report, tasks: [] } };
    expect(diagnose(input, [needsTable]).notApplicable).toEqual([{ id: "needs-table", reason: "no task table" }]);
  });

  it("that is about other reports is silent", () => {
    const ofCgroups = rule({ ...made("of-cgroups", {}), needs: ["memcg"], evaluate: () => null });
    expect(diagnose(tmpfs, [ofCgroups]).notApplicable).toEqual([]);
  });

  it("that is unproven stays at low confidence", () => {
    const [finding] = diagnose(tmpfs, [made("guess", {}, { unproven: true })]).findings;
    expect(finding).toMatchObject({ confidence: "low", unproven: true });
  });

  it("that the log speaks against is a level lower, and says so", () => {
    const against = { contradicts: ["The log says no."] };
    const result = diagnose(tmpfs, [made("sure", against), made("likely", { ...against, confidence: "medium" })]);
    expect(result.findings.map(({ confidence }) => confidence)).toEqual(["medium", "low"]);
    expect(result.findings[0]?.contradicts).toEqual(["The log says no."]);
  });
});

describe("the ranking", () => {
  const groups = ["context", "selection", "consumer", "memcg-limit", "memcg-cause", "elsewhere", "kind"] as const;

  it("answers what kind it was before what was free elsewhere, and what used it before who died", () => {
    const result = diagnose(
      tmpfs,
      groups.map((group) => made(group, {}, { group })),
    );
    expect(idsOf(result)).toEqual([...groups].reverse());
  });

  it("puts kernel memory first when it is nearly as large as the process that is blamed", () => {
    const process = (pages: number): AnyRule => made("single-anon-hog", { pages });
    const kernel = (pages: number): AnyRule => made("slab", { pages });
    expect(idsOf(diagnose(tmpfs, [process(1000), kernel(700)]))).toEqual(["single-anon-hog", "slab"]);
    expect(idsOf(diagnose(tmpfs, [process(1000), kernel(800)]))).toEqual(["slab", "single-anon-hog"]);
    // 62,900 pages of RAM: from 30 % on it is the cause whatever the processes hold.
    expect(idsOf(diagnose(tmpfs, [process(60_000), kernel(18_869)]))).toEqual(["single-anon-hog", "slab"]);
    expect(idsOf(diagnose(tmpfs, [process(60_000), kernel(18_870)]))).toEqual(["slab", "single-anon-hog"]);
  });

  it("puts a problem that shaped the kill before a mere circumstance, however sure that is", () => {
    const circumstance = made("no-swap", { severity: "info" }, { group: "context" });
    const trouble = made("file-cache-not-reclaimed", { confidence: "medium" }, { group: "context" });
    expect(idsOf(diagnose(tmpfs, [circumstance, trouble]))).toEqual(["file-cache-not-reclaimed", "no-swap"]);
  });

  it("puts the more certain of two owners of the same pages first, and of equals the one that knows more", () => {
    const general = (confidence: Draft["confidence"]): AnyRule => made("general", { pages: 900, confidence });
    const special = made("special", { pages: 900, confidence: "medium" }, { refines: "general" });
    expect(idsOf(diagnose(tmpfs, [general("medium"), special]))).toEqual(["special", "general"]);
    expect(idsOf(diagnose(tmpfs, [general("high"), special]))).toEqual(["general", "special"]);
  });

  it("drops a fallback where another finding about processes says more", () => {
    const fallback = made("many-tasks-sum", { pages: 900, confidence: "medium" }, { fallback: true });
    expect(idsOf(diagnose(tmpfs, [fallback]))).toEqual(["many-tasks-sum"]);
    expect(idsOf(diagnose(tmpfs, [fallback, made("single-anon-hog", { pages: 900 })]))).toEqual(["single-anon-hog"]);
    // "No process dominates" does not stand beside one that does, however sure that is.
    const unsure = made("single-anon-hog", { pages: 900, confidence: "low" });
    expect(idsOf(diagnose(tmpfs, [fallback, unsure]))).toEqual(["single-anon-hog"]);
    const guess = made("slab", { pages: 500, confidence: "low" });
    expect(idsOf(diagnose(tmpfs, [fallback, guess]))).toEqual(["many-tasks-sum", "slab"]);
  });

  it("lowers findings of a shortage where somebody asked for the kill", () => {
    const byHand = made("sysrq-f", { title: "By hand" }, { group: "kind" });
    const [, hog] = diagnose(sysrq, [byHand, made("single-anon-hog", { pages: 900 })]).findings;
    expect(hog).toMatchObject({ confidence: "medium", contradicts: ["By hand."] });
  });

  it("lowers every share where the counters add up to more than there is", () => {
    const { memInfo } = tmpfs.report;
    if (memInfo === null) throw new Error("the sample has counters");
    const totals = memInfo.totals.map((one) => (one.name === "pages RAM" ? { ...one, value: 9000 } : one));
    const edited = { ...tmpfs, report: { ...tmpfs.report, memInfo: { ...memInfo, totals } } };
    const result = diagnose(edited);
    expect(result.accounting.balance?.consistent).toBe(false);
    const shares = result.findings.filter(({ evidence }) => evidence.some(({ unit }) => unit === "%"));
    expect(shares.length).toBeGreaterThan(0);
    for (const { confidence } of shares) expect(confidence).toBe("low");
  });
});

describe("the history of a boot", () => {
  const digest = (uptimeSeconds: number): ReportDigest => ({
    ...createContext(tmpfs).digest,
    uptimeSeconds,
    wallSeconds: null,
  });

  it("is bounded", () => {
    const history = new History();
    for (let second = 0; second < 1000; second++) history.add(digest(second));
    expect(history.earlier.length).toBe(128);
    expect(history.earlier.at(-1)?.uptimeSeconds).toBe(999);
  });

  it("begins anew when the clock goes back", () => {
    const history = new History();
    for (const second of [10, 20, 5]) history.add(digest(second));
    expect(history.earlier.map(({ uptimeSeconds }) => uptimeSeconds)).toEqual([5]);
  });
});

describe("a damaged log", () => {
  const subject = fc.constantFrom(...samples.filter(({ lines }) => lines.length < 1200));
  const damage = fc.array(
    fc.record({ at: fc.nat(), kind: fc.constantFrom("drop", "repeat", "cut", "digits"), by: fc.nat(20) }),
    { minLength: 1, maxLength: 30 },
  );

  it("fails no rule and leaves no number undefined", () => {
    fc.assert(
      fc.property(subject, damage, ({ name, lines }, damages) => {
        const text = [...lines];
        for (const { at, kind, by } of damages) {
          const index = at % text.length;
          const line = text[index] ?? "";
          if (kind === "drop") text.splice(index, by + 1);
          else if (kind === "repeat") text.splice(index, 0, ...text.slice(index, index + by));
          else if (kind === "cut") text[index] = line.slice(0, by * 5);
          else text[index] = line.replace(/\d+/g, (digits) => `${digits}${"9".repeat(by)}`);
        }
        for (const { findings, notes } of analyseText(name, text)) {
          expect(notes.filter(({ code }) => code === "rule-failed")).toEqual([]);
          const numbers = findings.flatMap(({ evidence }) => evidence.map(({ value }) => value));
          for (const value of numbers) if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });
});
