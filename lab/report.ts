import { comparisons } from "./compare.js";
import { factOf } from "./facts.js";
import { kernels } from "./kernels.js";
import { scenarios } from "./scenarios/index.js";
import { Cells, countRuns, problemLines, type Result, subjectOf, sumUp, unique } from "./table.js";

/** The results as a Markdown page: sums by kernel, the random scenarios, what no log shows, the table, what is missing. */
export function renderReport(results: readonly Result[]): string {
  const named = results.filter((result) => scenarios.some(({ name }) => name === subjectOf(result).scenario));
  const random = results.filter((result) => !named.includes(result));
  return [
    "# Results of the lab",
    "",
    "Generated: `npm run lab -- --saved DIR --report docs/lab-results.md`. [lab.md](lab.md) says what is compared. Figures",
    "are comparisons that hold of those made; a run is one scenario on one kernel.",
    "",
    ...section("Named scenarios", sumsByKernel(named)),
    ...section("Random scenarios", sumsByKernel(random, seedsOf)),
    ...section("Decided by what no log shows", hiddenFacts(named)),
    ...section(
      "Differences",
      problemLines(results).map((line) => (line === "" ? "" : `- ${line}`)),
    ),
    ...section("Not possible", notPossible(results)),
    ...section("Kernels without a run", [kernelsWithoutRun(results)]),
    ...section("Scenario × kernel", matrix(named)),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  const body = lines.length === 0 ? ["None."] : lines;
  return [`## ${title}`, "", ...body, ...(body.at(-1) === "" ? [] : [""])];
}

/** One row a kernel and one for all; `last` adds a column. */
function sumsByKernel(results: readonly Result[], last?: (results: readonly Result[]) => string): readonly string[] {
  if (results.length === 0) return [];
  const row = (id: string, release: string, some: readonly Result[]): string => {
    const { passed, failed } = countRuns(some);
    const { shares } = sumUp(some);
    const notPossibleCount = some.length - passed - failed;
    const counts = [passed, failed, notPossibleCount, ...comparisons.map((name) => shares[name])];
    return cells([id, release, ...counts, ...(last === undefined ? [] : [last(some)])]);
  };
  return [
    ...heading([
      "kernel",
      "release",
      "passed",
      "failed",
      "n/a",
      ...comparisons,
      ...(last === undefined ? [] : ["seeds"]),
    ]),
    ...kernelIdsOf(results).map((id) => {
      const some = results.filter((result) => subjectOf(result).kernelId === id);
      return row(id, unique(some.map((result) => subjectOf(result).release)).join(", "), some);
    }),
    row("all", "", results),
  ];
}

/** `7 (80)`: seeds of random scenarios with the count of each. */
function seedsOf(results: readonly Result[]): string {
  const seeds = results.map((result) => subjectOf(result).scenario.split("-")[1] ?? "");
  return unique(seeds)
    .map((seed) => `${seed} (${seeds.filter((one) => one === seed).length})`)
    .join(", ");
}

/** Which verdicts came, and how often, where the deciding fact may not be in the log. */
function hiddenFacts(results: readonly Result[]): readonly string[] {
  const rows = scenarios.flatMap(({ name, decidedBy }) => {
    const hidden = decidedBy.filter((fact) => !factOf(fact).shown);
    const verdicts = results.flatMap((result) =>
      result.kind === "compared" && result.comparisons.scenario === name ? result.comparisons.verdicts : [],
    );
    if (hidden.length === 0 || verdicts.length === 0) return [];
    const counts = unique(verdicts)
      .toSorted()
      .map((kind) => `${kind} ${verdicts.filter((one) => one === kind).length}`);
    return [cells([name, hidden.join(", "), counts.join(", ")])];
  });
  return rows.length === 0 ? [] : [...heading(["scenario", "fact", "verdicts of all its reports"]), ...rows];
}

function notPossible(results: readonly Result[]): readonly string[] {
  const missing = results.flatMap((result) =>
    result.kind === "not-run" && result.notRun.kind === "n/a" ? [result.notRun] : [],
  );
  const rows = unique(missing.map(({ reason }) => reason)).map((reason) => {
    const some = missing.filter((one) => one.reason === reason);
    const ids = kernels.map(({ id }) => id).filter((id) => some.some(({ kernelId }) => kernelId === id));
    return cells([reason, some.length, ids.join(", ")]);
  });
  return rows.length === 0 ? [] : [...heading(["why", "runs", "kernels"]), ...rows];
}

function kernelsWithoutRun(results: readonly Result[]): string {
  const ran = new Set(results.map((result) => subjectOf(result).kernelId));
  const ids = kernels.map(({ id }) => id).filter((id) => !ran.has(id));
  return ids.length === 0 ? "None." : `${ids.join(", ")}.`;
}

/** One table an architecture. */
function matrix(results: readonly Result[]): readonly string[] {
  const shown = new Cells(results);
  const legend = `Marks in order: ${comparisons.join(", ")}. \`+\` holds, \`!\` differs (known), \`X\` differs, \`.\` nothing to compare; blank: not run.`;
  const tables = unique(kernels.map(({ arch }) => arch)).flatMap((arch) => {
    const ids = kernelIdsOf(results).filter((id) => kernels.some((kernel) => kernel.id === id && kernel.arch === arch));
    if (ids.length === 0) return [];
    const rows = scenarios.map(({ name }) => {
      const marks = ids.map((id) => shown.get(name, id));
      return cells([name, ...marks.map((text) => (/^[+!X.]/.test(text) ? `\`${text}\`` : text))]);
    });
    return [`### ${arch}`, "", ...heading(["scenario", ...ids]), ...rows, ""];
  });
  return tables.length === 0 ? [] : [legend, "", ...tables];
}

/** In the order of the lab's kernels. */
function kernelIdsOf(results: readonly Result[]): readonly string[] {
  const found = new Set(results.map((result) => subjectOf(result).kernelId));
  return kernels.map(({ id }) => id).filter((id) => found.has(id));
}

function heading(titles: readonly string[]): readonly string[] {
  return [cells(titles), cells(titles.map(() => "---"))];
}

function cells(values: readonly (string | number)[]): string {
  return `| ${values.join(" | ")} |`;
}
