import { type Comparison, comparisons } from "./compare.js";
import { type FactRow, factOf, factTable } from "./facts.js";
import { type Kernel, kernels } from "./kernels.js";
import type { KernelRecord } from "./record.js";
import { scenarios } from "./scenarios/index.js";
import { Cells, countRuns, problemLines, type Result, type Sums, subjectOf, sumUp, unique } from "./table.js";

/** The records as a Markdown page: sums by kernel, random scenarios, what no log shows, the table, what is missing. */
export function renderReport(unordered: readonly KernelRecord[]): string {
  const known = kernels.flatMap(({ id }) => unordered.filter(({ kernelId }) => kernelId === id));
  const records = known.filter(({ release }) => release !== null);
  const named = records.flatMap(({ results }) => results.filter(isNamed));
  return [
    "# Results of the lab",
    "",
    "Generated from `lab/results/` by `npm run lab -- --page`. [lab.md](lab.md) says what is compared. Figures are",
    "comparisons that hold of those made; a run is one scenario on one kernel.",
    "",
    ...section("Named scenarios", [...coverage(known), "", ...namedSums(known)]),
    ...section("Random scenarios", randomSums(records)),
    ...section("What decides", facts()),
    ...section("Decided by what no log shows", hiddenFacts(named)),
    ...section(
      "Differences",
      problemLines(records.flatMap(({ results }) => results)).map((line) => (line === "" ? "" : `- ${line}`)),
    ),
    ...section("Not possible", notPossible(named)),
    ...section("Scenario × kernel", matrix(named)),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function isNamed(result: Result): boolean {
  return scenarios.some(({ name }) => name === subjectOf(result).scenario);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  const body = lines.length === 0 ? ["None."] : lines;
  return [`## ${title}`, "", ...body, ...(body.at(-1) === "" ? [] : [""])];
}

/** What stands in a row of sums. */
interface Row {
  readonly passed: number;
  readonly failed: number;
  readonly notPossible: number;
  readonly sums: Sums;
}

function rowOf(results: readonly Result[], earlier: Sums | undefined): Row {
  const { passed, failed } = countRuns(results);
  const sums = addSums([sumUp(results), ...(earlier === undefined ? [] : [earlier])]);
  return { passed, failed, notPossible: results.length - passed - failed, sums };
}

function addSums(list: readonly Sums[]): Sums {
  const add = (name: Comparison): readonly [number, number] => [
    list.reduce((total, sums) => total + sums[name][0], 0),
    list.reduce((total, sums) => total + sums[name][1], 0),
  ];
  return { victim: add("victim"), checks: add("checks"), badness: add("badness"), machine: add("machine") };
}

function addRows(rows: readonly Row[]): Row {
  const add = (count: (row: Row) => number): number => rows.reduce((total, row) => total + count(row), 0);
  return {
    passed: add(({ passed }) => passed),
    failed: add(({ failed }) => failed),
    notPossible: add(({ notPossible }) => notPossible),
    sums: addSums(rows.map(({ sums }) => sums)),
  };
}

function shares(sums: Sums): readonly string[] {
  return comparisons.map((name) => sums[name].join("/"));
}

/** How many of all kernels ran, and why the others did not. */
function coverage(records: readonly KernelRecord[]): readonly string[] {
  const ran = records.filter(({ release }) => release !== null);
  const whole = ran.filter(({ results }) => results.filter(isNamed).length === scenarios.length);
  const gone = records.length - ran.length;
  const left = kernels.length - records.length;
  const sentences = [
    `Of ${kernels.length} kernels ${ran.length} ran, ${whole.length} of them with all ${scenarios.length} scenarios.`,
    gone === 0 ? "" : `The mirror's lists name ${gone} that it does not hold.`,
    left === 0 ? "" : `${left} did not run for want of time: ${howLong}`,
  ];
  return [sentences.filter((sentence) => sentence !== "").join(" ")];
}

const howLong =
  "without KVM each takes long ([lab.md](lab.md#how-long-it-takes)). `npm run lab -- --kernel all --brief --record --missing` runs what is left.";

/** One row for each kernel of the lab, whether it ran or not, and one for all. */
function namedSums(records: readonly KernelRecord[]): readonly string[] {
  const rows = kernels.map(({ id }) => {
    const record = records.find(({ kernelId }) => kernelId === id);
    const named = record?.results.filter(isNamed) ?? [];
    if (record === undefined || record.release === null || named.length === 0) return { id, record, row: null };
    return { id, record, row: rowOf(named, record.earlier?.named) };
  });
  const all = addRows(rows.flatMap(({ row }) => (row === null ? [] : [row])));
  const countsOf = (row: Row): readonly (string | number)[] => {
    const { passed, failed, notPossible, sums } = row;
    return [passed, failed, notPossible, scenarios.length - passed - failed - notPossible, ...shares(sums)];
  };
  const nothing = ["", "", "", scenarios.length, ...comparisons.map(() => "")];
  return [
    ...heading(["kernel", "release", "compared on", "passed", "failed", "n/a", "not run", ...comparisons]),
    ...rows.map(({ id, record, row }) => {
      const release = record === undefined ? "not run: time" : (record.release ?? "not on the mirror");
      return cells([id, release, record?.date ?? "", ...(row === null ? nothing : countsOf(row))]);
    }),
    cells(["all", "", "", all.passed, all.failed, all.notPossible, "", ...shares(all.sums)]),
  ];
}

function randomSums(records: readonly KernelRecord[]): readonly string[] {
  const rows = records.flatMap((record) => {
    const random = record.results.filter((result) => !isNamed(result));
    const earlier = record.earlier?.random ?? null;
    if (random.length === 0 && earlier === null) return [];
    const made = rowOf(random, undefined);
    const row = earlier === null ? made : addRows([made, { ...earlier, failed: 0, sums: earlier }]);
    const seeds = unique([...random.map(seedOf), ...(earlier === null ? [] : [`${earlier.seed}`])]);
    return [{ record, row, seeds }];
  });
  if (rows.length === 0) return [];
  const all = addRows(rows.map(({ row }) => row));
  return [
    ...heading(["kernel", "release", "seeds", "passed", "failed", "n/a", ...comparisons]),
    ...rows.map(({ record, row, seeds }) =>
      cells([
        record.kernelId,
        record.release ?? "",
        seeds.join(", "),
        row.passed,
        row.failed,
        row.notPossible,
        ...shares(row.sums),
      ]),
    ),
    cells(["all", "", "", all.passed, all.failed, all.notPossible, ...shares(all.sums)]),
  ];
}

function seedOf(result: Result): string {
  return subjectOf(result).scenario.split("-")[1] ?? "";
}

/** Every fact that decides a victim, and the scenarios whose own it is. */
function facts(): readonly string[] {
  const rows = Object.entries<FactRow>(factTable).map(([fact, { meaning, shown, verdicts }]) => {
    const names = scenarios.filter(({ decidedBy }) => decidedBy.some((one) => one === fact)).map(({ name }) => name);
    const told = names.length > 20 ? `${names.length} scenarios` : names.join(", ");
    return cells([fact, meaning, shown ? "yes" : "no", verdicts.join(", "), told]);
  });
  return [...heading(["fact", "meaning", "in a log", "right verdicts", "scenarios"]), ...rows];
}

/** On how many kernels each holds, and which verdicts came how often in those runs of which more than marks is kept. */
function hiddenFacts(results: readonly Result[]): readonly string[] {
  const rows = scenarios.flatMap(({ name, decidedBy }) => {
    const hidden = decidedBy.filter((fact) => !factOf(fact).shown);
    const runs = results.filter((result) => subjectOf(result).scenario === name);
    const { passed, failed } = countRuns(runs);
    if (hidden.length === 0 || passed + failed === 0) return [];
    const told = runs.flatMap((result) => (result.kind === "compared" ? [result.comparisons] : []));
    const verdicts = told.flatMap((run) => run.verdicts);
    const counts = unique(verdicts.toSorted()).map(
      (kind) => `${kind} ${verdicts.filter((one) => one === kind).length}`,
    );
    return [cells([name, hidden.join(", "), `${passed}/${passed + failed}`, told.length, counts.join(", ")])];
  });
  const titles = [
    "scenario",
    "fact",
    "kernels where it holds",
    "of these told in full",
    "verdicts of all their reports",
  ];
  return rows.length === 0 ? [] : [...heading(titles), ...rows];
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

/** One table a flavour, of the scenarios that any of its kernels has. */
function matrix(results: readonly Result[]): readonly string[] {
  const shown = new Cells(results);
  const ran = new Set(results.map((result) => subjectOf(result).kernelId));
  const legend = `Marks in order: ${comparisons.join(", ")}. \`+\` holds, \`!\` differs (known), \`X\` differs, \`.\` nothing to compare; blank: not run.`;
  const tables = flavoursOf(kernels.filter(({ id }) => ran.has(id))).flatMap(({ flavour, versions }) => {
    const rows = scenarios.flatMap(({ name }) => {
      const marks = versions.map((version) => shown.get(name, `${version}-${flavour}`));
      if (marks.every((text) => text === "")) return [];
      return [cells([name, ...marks.map((text) => (/^[+!X.]/.test(text) ? `\`${text}\`` : text))])];
    });
    return [`### ${flavour}`, "", ...heading(["scenario", ...versions]), ...rows, ""];
  });
  return tables.length === 0 ? [] : [legend, "", ...tables];
}

function flavoursOf(
  some: readonly Kernel[],
): readonly { readonly flavour: string; readonly versions: readonly string[] }[] {
  return unique(some.map(({ flavour }) => flavour)).map((flavour) => ({
    flavour,
    versions: some.filter((kernel) => kernel.flavour === flavour).map(({ version }) => version),
  }));
}

function heading(titles: readonly string[]): readonly string[] {
  return [cells(titles), cells(titles.map(() => "---"))];
}

function cells(values: readonly (string | number)[]): string {
  return `| ${values.join(" | ")} |`;
}
