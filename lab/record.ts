import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Comparison, type Comparisons, comparisons } from "./compare.js";
import type { NotRun } from "./run.js";
import { type Result, type Sums, subjectOf, unique } from "./table.js";

/** What the runs of one kernel came to, kept as one file: the source of the page of results. */
export interface KernelRecord {
  readonly kernelId: string;
  /** `uname -r`; null: the mirror's lists name the kernel and it was not to be had. */
  readonly release: string | null;
  /** Day of the last comparison, `2026-12-01`. */
  readonly date: string;
  readonly results: readonly Result[];
  /** Sums of runs that were made before single runs were kept, of which there are only the marks. */
  readonly earlier: EarlierSums | null;
}

export interface EarlierSums {
  /** Of all runs in the record that are marks alone. */
  readonly named: Sums;
  /** Random scenarios, of which nothing else is kept. */
  readonly random: (Sums & RandomCounts) | null;
}

export interface RandomCounts {
  readonly passed: number;
  readonly notPossible: number;
  readonly seed: number;
}

/** One line of a record's file, after the first. */
type Line =
  | {
      readonly scenario: string;
      /** How much was compared, in the order of {@link comparisons}. */
      readonly compared: readonly number[];
      readonly problems?: Partial<Record<Comparison, readonly string[]>>;
      /** How many reports have each verdict. */
      readonly verdicts: Readonly<Record<string, number>>;
    }
  | { readonly scenario: string; readonly notRun: NotRun["kind"]; readonly reason: string }
  | { readonly scenario: string; readonly marks: string };

type Head = Omit<KernelRecord, "results">;

const ending = ".jsonl";

/** Reads every record of a folder, in the order of the names. */
export async function readRecords(folder: string): Promise<readonly KernelRecord[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending)).sort();
  return Promise.all(names.map(async (name) => parseRecord(await readFile(join(folder, name), "utf8"))));
}

export async function writeRecord(folder: string, record: KernelRecord): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${record.kernelId}${ending}`), formatRecord(record));
}

/**
 * Adds results to the records of their kernels. A run takes the place of the same scenario's; another release of a
 * kernel begins its record anew, and one that was not to be had leaves what is there. Runs of which a record holds only marks and a sum can not be replaced singly: new ones
 * are left out until all of them have been made again.
 */
export function addResults(
  records: readonly KernelRecord[],
  results: readonly Result[],
  date: string,
): readonly KernelRecord[] {
  const byKernel = new Map(records.map((record) => [record.kernelId, record]));
  for (const kernelId of unique(results.map((result) => subjectOf(result).kernelId))) {
    const added = results.filter((result) => subjectOf(result).kernelId === kernelId);
    const release = added.map((result) => subjectOf(result).release).at(-1) ?? null;
    const before = byKernel.get(kernelId);
    if (release === null && before !== undefined && before.release !== null) continue;
    const kept = before?.release === release ? before : null;
    byKernel.set(kernelId, merge(kept, { kernelId, release, date, results: added, earlier: null }));
  }
  return [...byKernel.values()];
}

function merge(before: KernelRecord | null, after: KernelRecord): KernelRecord {
  if (before === null) return after;
  const made = new Set(after.results.map(nameOf));
  const markNames = new Set(before.results.filter(({ kind }) => kind === "marks").map(nameOf));
  const supersedes = [...markNames].every((name) => made.has(name));
  const earlier = supersedes ? null : before.earlier;
  const added = supersedes ? after.results : after.results.filter((result) => !markNames.has(nameOf(result)));
  const replaced = new Set(added.map(nameOf));
  const results = [...before.results.filter((result) => !replaced.has(nameOf(result))), ...added];
  return { ...after, results, earlier };
}

/** Names of the scenarios that a record makes unnecessary: not what failed, nor those of a kernel that was not to be had. */
export function settledScenarios({ release, results }: KernelRecord): ReadonlySet<string> {
  const settled = results.filter((result) => result.kind !== "not-run" || result.notRun.kind !== "failed");
  return new Set(release === null ? [] : settled.map(nameOf));
}

function nameOf(result: Result): string {
  return subjectOf(result).scenario;
}

/** One JSON object a line: the kernel, then each run. */
export function formatRecord({ results, ...head }: KernelRecord): string {
  const lines = results.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)).map(lineOf);
  return [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
}

function lineOf(result: Result): Line {
  const { scenario } = subjectOf(result);
  if (result.kind === "marks") return { scenario, marks: result.marks };
  if (result.kind === "not-run") return { scenario, notRun: result.notRun.kind, reason: result.notRun.reason };
  const { tallies, verdicts } = result.comparisons;
  const problems = comparisons.flatMap((name) => {
    const found = tallies[name].problems;
    return found.length === 0 ? [] : [[name, found] as const];
  });
  const counts = unique(verdicts.toSorted()).map((verdict) => {
    return [verdict, verdicts.filter((other) => other === verdict).length] as const;
  });
  return {
    scenario,
    compared: comparisons.map((name) => tallies[name].compared),
    ...(problems.length === 0 ? {} : { problems: Object.fromEntries(problems) }),
    verdicts: Object.fromEntries(counts),
  };
}

/** Reads what {@link formatRecord} wrote. */
export function parseRecord(text: string): KernelRecord {
  const [first = "", ...rest] = text.trimEnd().split("\n");
  const head = JSON.parse(first) as Head;
  return { ...head, results: rest.map((line) => resultOf(head, JSON.parse(line) as Line)) };
}

function resultOf({ kernelId, release }: Head, line: Line): Result {
  const subject = { scenario: line.scenario, kernelId, release };
  if ("marks" in line) return { kind: "marks", ...subject, marks: line.marks };
  if ("notRun" in line) return { kind: "not-run", notRun: { ...subject, kind: line.notRun, reason: line.reason } };
  const tallies = comparisons.map((name, index) => {
    return [name, { compared: line.compared[index] ?? 0, problems: line.problems?.[name] ?? [] }] as const;
  });
  return {
    kind: "compared",
    comparisons: {
      ...subject,
      release: release ?? kernelId,
      tallies: Object.fromEntries(tallies) as Comparisons["tallies"],
      verdicts: Object.entries(line.verdicts).flatMap(([verdict, count]) => new Array<string>(count).fill(verdict)),
    },
  };
}
