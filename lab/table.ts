import { type Comparison, type Comparisons, comparisons } from "./compare.js";
import { isKnown } from "./known-mismatches.js";
import type { NotRun } from "./run.js";

type Subject = Pick<NotRun, "scenario" | "kernelId" | "release">;

/** A cell: a run that was compared, one that was not made, or one of which only its cell was kept. */
export type Result =
  | { readonly kind: "compared"; readonly comparisons: Comparisons }
  | { readonly kind: "not-run"; readonly notRun: NotRun }
  | ({ readonly kind: "marks"; readonly marks: string } & Subject);

/** Of each comparison how many hold and how many were made. */
export type Sums = Readonly<Record<Comparison, readonly [holds: number, compared: number]>>;

const legend = `Marks: ${comparisons.join(", ")}. + agrees, ! differs (known), X differs, . nothing to compare.`;

/** The table scenario × kernel, then each difference in full, then sums by kernel. */
export function renderTable(results: readonly Result[]): string {
  const kernelIds = unique(results.map((result) => subjectOf(result).kernelId));
  const scenarios = unique(results.map((result) => subjectOf(result).scenario));
  const width = Math.max(8, ...scenarios.map((name) => name.length));
  const columns = kernelIds.map((id) => Math.max(6, id.length));
  const row = (name: string, cells: readonly string[]): string =>
    [name.padEnd(width), ...cells.map((text, index) => text.padEnd(columns[index] ?? 0))].join("  ").trimEnd();
  const cells = new Cells(results);
  return [
    row("scenario", kernelIds),
    ...scenarios.map((scenario) =>
      row(
        scenario,
        kernelIds.map((id) => cells.get(scenario, id)),
      ),
    ),
    "",
    legend,
    "",
    ...problemLines(results),
    ...kernelIds.map((id) => sums(id, results)),
  ].join("\n");
}

/** What the table shows of each scenario on each kernel. */
export class Cells {
  readonly #cells: ReadonlyMap<string, string>;

  constructor(results: readonly Result[]) {
    this.#cells = new Map(
      results.map((result) => {
        const { scenario, kernelId } = subjectOf(result);
        return [`${scenario} ${kernelId}`, cell(result)];
      }),
    );
  }

  get(scenario: string, kernelId: string): string {
    return this.#cells.get(`${scenario} ${kernelId}`) ?? "";
  }
}

/** The scenario and the kernel of a result. */
export function subjectOf(result: Result): Subject {
  if (result.kind === "marks") return result;
  return result.kind === "compared" ? result.comparisons : result.notRun;
}

/** Runs that hold and those that do not: something differs that is not known, or it failed to run. */
export function countRuns(results: readonly Result[]): { readonly passed: number; readonly failed: number } {
  const made = results.filter((result) => result.kind !== "not-run" || result.notRun.kind === "failed");
  const passed = made.filter((result) => result.kind !== "not-run" && !cell(result).includes("X")).length;
  return { passed, failed: made.length - passed };
}

function cell(result: Result): string {
  if (result.kind === "marks") return result.marks;
  if (result.kind === "not-run") return result.notRun.kind;
  return comparisons.map((name) => mark(result.comparisons, name)).join("");
}

function mark({ release, scenario, tallies }: Comparisons, name: Comparison): string {
  if (tallies[name].problems.length > 0) return isKnown(release, scenario, name) ? "!" : "X";
  return tallies[name].compared === 0 ? "." : "+";
}

/** Each difference in full, and what should have run and did not. */
export function problemLines(results: readonly Result[]): readonly string[] {
  const lines = results.flatMap((result) => {
    const { scenario, kernelId } = subjectOf(result);
    if (result.kind === "not-run")
      return result.notRun.kind === "failed" ? [`${kernelId} ${scenario}: did not run: ${result.notRun.reason}`] : [];
    if (result.kind === "marks") return [];
    const { tallies } = result.comparisons;
    return comparisons.flatMap((name) =>
      tallies[name].problems.map((problem) => `${kernelId} ${scenario}: ${name}: ${problem}`),
    );
  });
  return lines.length === 0 ? [] : [...lines, ""];
}

/** `6.1-cloud-amd64: 93 runs; victim 310/310, checks …` */
function sums(kernelId: string, results: readonly Result[]): string {
  const runs = results.filter((result) => result.kind === "compared" && result.comparisons.kernelId === kernelId);
  const shares = Object.entries(sumUp(runs)).map(([name, [holds, compared]]) => `${name} ${holds}/${compared}`);
  return `${kernelId}: ${runs.length} runs; ${shares.join(", ")}`;
}

/** Of each comparison how many of how many hold, in all runs that were compared. */
export function sumUp(results: readonly Result[]): Sums {
  const runs = results.flatMap((result) => (result.kind === "compared" ? [result.comparisons] : []));
  const sum = (name: Comparison): readonly [number, number] => {
    const compared = runs.reduce((total, run) => total + run.tallies[name].compared, 0);
    const bad = runs.reduce((total, run) => total + run.tallies[name].problems.length, 0);
    return [compared - bad, compared];
  };
  return { victim: sum("victim"), checks: sum("checks"), badness: sum("badness"), machine: sum("machine") };
}

/** Without repetitions, in the order of first appearance. */
export function unique<T>(list: readonly T[]): readonly T[] {
  return [...new Set(list)];
}
