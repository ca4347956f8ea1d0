import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparisons } from "../../lab/compare.js";
import { kernels } from "../../lab/kernels.js";
import {
  addResults,
  formatRecord,
  type KernelRecord,
  parseRecord,
  readRecords,
  settledScenarios,
} from "../../lab/record.js";
import { renderReport } from "../../lab/report.js";
import { isIdle, leavesReport } from "../../lab/scenario.js";
import { scenarios } from "../../lab/scenarios/index.js";
import { countRuns, problemLines, type Result, subjectOf } from "../../lab/table.js";

const records = await readRecords("lab/results");
const release = "6.12.117+deb13-cloud-amd64";
const kernelId = "6.12-cloud-amd64";

function compared(scenario: string, victims: number, of = release): Result {
  const tally = (count: number) => ({ compared: count, problems: [] });
  const tallies = { victim: tally(victims), checks: tally(5), badness: tally(3), machine: tally(1) };
  return { kind: "compared", comparisons: { scenario, kernelId, release: of, tallies, verdicts: ["agrees"] } };
}

function marks(scenario: string): Result {
  return { kind: "marks", scenario, kernelId, release, marks: "++++" };
}

/** A kernel of which two runs are marks alone. */
const old: KernelRecord = {
  kernelId,
  release,
  date: "2026-11-25",
  results: [marks("g_basic"), marks("g_adj")],
  earlier: { named: { victim: [20, 20], checks: [10, 10], badness: [6, 6], machine: [2, 2] }, random: null },
};

describe("a record", () => {
  const count = fc.nat(1000);
  const tally = fc.record({ compared: count, problems: fc.array(fc.string({ unit: "binary" }), { maxLength: 2 }) });
  const subject = { kernelId: fc.constant(kernelId), release: fc.constant(release) };
  const result = (scenario: string): fc.Arbitrary<Result> =>
    fc.oneof(
      fc.record({
        kind: fc.constant("compared" as const),
        comparisons: fc.record({
          scenario: fc.constant(scenario),
          ...subject,
          tallies: fc.record({ victim: tally, checks: tally, badness: tally, machine: tally }),
          verdicts: fc.array(fc.constantFrom("agrees", "explained", "none")).map((list) => list.sort()),
        }),
      }),
      fc.record({
        kind: fc.constant("not-run" as const),
        notRun: fc.record({
          scenario: fc.constant(scenario),
          ...subject,
          kind: fc.constantFrom("n/a" as const, "failed" as const),
          reason: fc.string(),
        }),
      }),
      fc.record({
        kind: fc.constant("marks" as const),
        scenario: fc.constant(scenario),
        ...subject,
        marks: fc.constantFrom("++++", "+X.."),
      }),
    );

  it("reads as it was written", () => {
    const results = fc.tuple(...["a", "b", "c"].map(result));
    fc.assert(
      fc.property(results, (some) => {
        const record = { kernelId, release, date: "2026-12-01", results: some, earlier: null };
        expect(parseRecord(formatRecord(record))).toEqual(record);
      }),
    );
  });

  it("takes a new run in the place of the same scenario's", () => {
    const first = addResults([], [compared("g_basic", 3), compared("g_adj", 4)], "2026-12-01");
    const [second] = addResults(first, [compared("g_adj", 7)], "2026-12-02");
    expect(second?.date).toBe("2026-12-02");
    expect(second?.results).toEqual([compared("g_basic", 3), compared("g_adj", 7)]);
  });

  it("begins anew with another release", () => {
    const first = addResults([], [compared("g_basic", 3)], "2026-12-01");
    const [second] = addResults(first, [compared("g_adj", 7, "6.12.118+deb13-cloud-amd64")], "2026-12-02");
    expect(second?.results.length).toBe(1);
  });

  it("settles what ran and what is not possible, not what failed", () => {
    const notRun = (scenario: string, kind: "n/a" | "failed"): Result => ({
      kind: "not-run",
      notRun: { scenario, kernelId, release, kind, reason: "" },
    });
    const results = [compared("g_basic", 3), notRun("n_bind", "n/a"), notRun("g_adj", "failed"), marks("g_ties2")];
    const [record] = addResults([], results, "2026-12-01");
    expect(record === undefined ? [] : [...settledScenarios(record)]).toEqual(["g_basic", "n_bind", "g_ties2"]);
  });

  it("keeps what ran of a kernel that is no longer to be had", () => {
    const gone: Result = {
      kind: "not-run",
      notRun: { scenario: "g_basic", kernelId, release: null, kind: "n/a", reason: "not on the mirror" },
    };
    const first = addResults([], [compared("g_basic", 3)], "2026-12-01");
    expect(addResults(first, [gone], "2026-12-02")).toEqual(first);
    const never = addResults([], [gone], "2026-12-02");
    expect(never[0]?.release).toBeNull();
    expect(never.flatMap((record) => [...settledScenarios(record)])).toEqual([]);
    expect(renderReport(never)).toContain(`| ${kernelId} | not on the mirror | 2026-12-02 |`);
    expect(addResults(never, [compared("g_basic", 3)], "2026-12-03")[0]?.results).toEqual([compared("g_basic", 3)]);
  });

  it("counts no run twice whose figures are in the sum of earlier ones", () => {
    const [added] = addResults([old], [compared("g_adj", 7), compared("g_ties2", 4)], "2026-12-01");
    expect(added?.results).toEqual([marks("g_basic"), marks("g_adj"), compared("g_ties2", 4)]);
    expect(renderReport(added === undefined ? [] : [added])).toContain(
      `| 3 | 0 | 0 | ${scenarios.length - 3} | 24/24 |`,
    );
  });

  it("lets go of the sum when all that it counts was run again", () => {
    const [added] = addResults([old], [compared("g_adj", 7), compared("g_basic", 4)], "2026-12-01");
    expect(added?.earlier).toBeNull();
    expect(renderReport(added === undefined ? [] : [added])).toContain(
      `| 2 | 0 | 0 | ${scenarios.length - 2} | 11/11 |`,
    );
  });
});

describe("the committed results", () => {
  const results = records.flatMap((record) => record.results);

  it("are what the page shows", () => {
    expect(readFileSync("docs/lab-results.md", "utf8")).toBe(renderReport(records));
  });

  it("hold no difference, and no run that failed", () => {
    expect(problemLines(results)).toEqual([]);
    expect(countRuns(results).failed).toBe(0);
    for (const { earlier } of records)
      for (const sums of [earlier?.named, earlier?.random])
        for (const name of comparisons) expect(sums?.[name][0]).toBe(sums?.[name][1]);
  });

  it("are of kernels and scenarios that the lab has, one of each", () => {
    for (const record of records) {
      expect(kernels.map(({ id }) => id)).toContain(record.kernelId);
      const names = record.results.map((result) => subjectOf(result).scenario);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names)
        if (!name.startsWith("random-")) expect(scenarios.map((one) => one.name)).toContain(name);
    }
  });

  it("compare a victim in every run that leaves a report, and the machine in every idle one", () => {
    for (const result of results) {
      if (result.kind === "not-run") continue;
      const { scenario } = subjectOf(result);
      const counts =
        result.kind === "marks" ? [...result.marks].map((mark) => (mark === "+" ? 1 : 0)) : countsOf(result);
      expect([scenario, counts[0]]).not.toEqual([scenario, 0]);
      const named = scenarios.find(({ name }) => name === scenario);
      if (named !== undefined && leavesReport(named) && isIdle(named))
        expect([scenario, counts[3]]).not.toEqual([scenario, 0]);
    }
  });

  it("hold at least 300 random scenarios on at least four kernel versions", () => {
    const counts = records.map(({ kernelId: id, results: some, earlier }) => {
      const made = countRuns(some.filter((result) => subjectOf(result).scenario.startsWith("random-"))).passed;
      return { version: id.split("-")[0], passed: made + (earlier?.random?.passed ?? 0) };
    });
    expect(counts.reduce((sum, { passed }) => sum + passed, 0)).toBeGreaterThanOrEqual(300);
    expect(new Set(counts.filter(({ passed }) => passed > 0).map(({ version }) => version)).size).toBeGreaterThan(3);
  });
});

function countsOf(result: Extract<Result, { kind: "compared" }>): readonly number[] {
  return comparisons.map((name) => result.comparisons.tallies[name].compared);
}
