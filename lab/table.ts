import { type Comparison, type Comparisons, comparisons } from "./compare.js";
import { isKnown } from "./known-mismatches.js";
import type { NotRun } from "./run.js";

/** A cell: a run that was compared, or one that was not made. */
export type Result =
  | { readonly kind: "compared"; readonly comparisons: Comparisons }
  | { readonly kind: "not-run"; readonly notRun: NotRun };

const legend = `Marks: ${comparisons.join(", ")}. + agrees, ! differs (known), X differs, . nothing to compare.`;

/** The table scenario × kernel, then each difference in full, then sums by kernel. */
export function renderTable(results: readonly Result[]): string {
  const kernelIds = unique(results.map(kernelOf));
  const scenarios = unique(results.map(scenarioOf));
  const width = Math.max(8, ...scenarios.map((name) => name.length));
  const columns = kernelIds.map((id) => Math.max(6, id.length));
  const row = (name: string, cells: readonly string[]): string =>
    [name.padEnd(width), ...cells.map((cell, index) => cell.padEnd(columns[index] ?? 0))].join("  ").trimEnd();
  const body = scenarios.map((scenario) =>
    row(
      scenario,
      kernelIds.map((id) => {
        const found = results.find((result) => kernelOf(result) === id && scenarioOf(result) === scenario);
        return found === undefined ? "" : cell(found);
      }),
    ),
  );
  return [
    row("scenario", kernelIds),
    ...body,
    "",
    legend,
    "",
    ...problemLines(results),
    ...sums(kernelIds, results),
  ].join("\n");
}

/** Runs that hold and those that do not: something differs that is not known, or it failed to run. */
export function countRuns(results: readonly Result[]): { readonly passed: number; readonly failed: number } {
  const made = results.filter((result) => result.kind === "compared" || result.notRun.kind === "failed");
  const passed = made.filter((result) => result.kind === "compared" && holds(result.comparisons)).length;
  return { passed, failed: made.length - passed };
}

function holds(run: Comparisons): boolean {
  return comparisons.every((name) => mark(run, name) !== "X");
}

function cell(result: Result): string {
  if (result.kind === "not-run") return result.notRun.kind;
  return comparisons.map((name) => mark(result.comparisons, name)).join("");
}

function mark({ release, scenario, tallies }: Comparisons, name: Comparison): string {
  if (tallies[name].problems.length > 0) return isKnown(release, scenario, name) ? "!" : "X";
  return tallies[name].compared === 0 ? "." : "+";
}

function problemLines(results: readonly Result[]): readonly string[] {
  const lines = results.flatMap((result) => {
    if (result.kind === "not-run") {
      const { kernel, scenario, kind, reason } = result.notRun;
      return kind === "failed" ? [`${kernel.id} ${scenario.name}: did not run: ${reason}`] : [];
    }
    const { kernelId, scenario, tallies } = result.comparisons;
    return comparisons.flatMap((name) =>
      tallies[name].problems.map((problem) => `${kernelId} ${scenario}: ${name}: ${problem}`),
    );
  });
  return lines.length === 0 ? [] : [...lines, ""];
}

/** `6.1-cloud-amd64: 93 runs; victim 310/310, checks …` */
function sums(kernelIds: readonly string[], results: readonly Result[]): readonly string[] {
  return kernelIds.map((id) => {
    const runs = results.flatMap((result) =>
      result.kind === "compared" && kernelOf(result) === id ? [result.comparisons] : [],
    );
    const parts = comparisons.map((name) => {
      const compared = runs.reduce((sum, run) => sum + run.tallies[name].compared, 0);
      const bad = runs.reduce((sum, run) => sum + run.tallies[name].problems.length, 0);
      return `${name} ${compared - bad}/${compared}`;
    });
    return `${id}: ${runs.length} runs; ${parts.join(", ")}`;
  });
}

function kernelOf(result: Result): string {
  return result.kind === "compared" ? result.comparisons.kernelId : result.notRun.kernel.id;
}

function scenarioOf(result: Result): string {
  return result.kind === "compared" ? result.comparisons.scenario : result.notRun.scenario.name;
}

function unique(list: readonly string[]): readonly string[] {
  return [...new Set(list)];
}
