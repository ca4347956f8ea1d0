import { readFile } from "node:fs/promises";
import type { Analysis } from "../../src/model/analysis.js";
import type { OomReport } from "../../src/model/report.js";
import { decodeBytes } from "../../src/model/text.js";
import { analyseSource, findSources, type SourceProblem } from "../../src/node/index.js";
import type { FileFacts } from "./collect.js";
import { applicable, type KnownMismatch } from "./known.js";
import { emptyTally, type Tally } from "./tally.js";
import { scanText } from "./text-scan.js";

/** Measures one file; `tell` gets each thing that is not as expected. */
export async function measureFile(
  path: string,
  facts: FileFacts | null,
  allKnown: readonly KnownMismatch[],
  tell: (text: string) => void,
): Promise<Tally> {
  const base = { ...emptyTally(facts !== null), files: 1 };
  const lines = decodeBytes(await readFile(path)).split(/\r*\n/);
  const invoked =
    facts?.invoked ?? lines.flatMap((line, index) => (line.includes(" invoked oom-killer: ") ? [index + 1] : []));
  const known = applicable(allKnown, path, lines);
  const scan = scanText(
    // Mail programs put no-break spaces in the place of blanks.
    lines.map((line) => line.replaceAll("\u00a0", " ")),
    invoked,
  );
  const analyses: Analysis[] = [];
  let crashes = 0;
  try {
    const onProblem = ({ reason }: SourceProblem): void => tell(reason);
    for await (const source of findSources([path], { stdin: process.stdin, onProblem })) {
      for await (const analysis of analyseSource(source, { onNote: () => {}, onProblem })) analyses.push(analysis);
    }
  } catch (error) {
    crashes = 1;
    tell(`crash: ${error instanceof Error ? error.stack : String(error)}`);
  }
  const reports = analyses.map(({ report }) => report);
  const found = foundReports(reports, invoked, known, tell);
  const verdicts = countVerdicts(analyses, scan, known, tell);
  const kills = facts === null ? { right: null, excused: 0 } : rightKills(reports, facts, known, tell);
  const complete = reports.filter((report) => report.complete);
  for (const report of complete)
    for (const { line, text } of report.unknownLines) tell(`line ${line} is unknown: ${text}`);
  const unknownLines = complete.reduce((sum, report) => sum + report.unknownLines.length, 0);
  const rowsRead = reports.reduce((sum, report) => sum + report.tasks.length, 0);
  if (rowsRead !== scan.rows) tell(`${rowsRead} rows read, ${scan.rows} in the text`);
  return {
    ...base,
    crashes,
    reportsExpected: facts === null ? null : facts.invoked.length,
    reportsFound: found.found,
    reportsInvented: facts === null ? null : found.invented,
    rowsExpected: scan.rows,
    rowsRead,
    linesInReports: complete.reduce((sum, report) => sum + report.lines.length, 0),
    unknownLines,
    unknownInDmesg: path.endsWith(".dmesg") ? unknownLines : 0,
    foreignLines: complete.reduce((sum, report) => sum + report.foreignLineCount, 0),
    killsExpected: facts === null ? null : facts.killed.length,
    killsRight: kills.right,
    excusedKills: kills.excused,
    excusedReports: found.excused,
    excusedRows: known.filter(({ expectation }) => expectation === "row").length,
    ...verdicts,
  };
}

function foundReports(
  reports: readonly OomReport[],
  invoked: readonly number[],
  known: readonly KnownMismatch[],
  tell: (text: string) => void,
): { readonly found: number; readonly invented: number; readonly excused: number } {
  const expected = new Set(invoked);
  let found = 0;
  let invented = 0;
  for (const report of reports) {
    if (report.trigger !== null && expected.delete(report.trigger.line)) {
      found++;
      continue;
    }
    const hasSubstance =
      report.kills.length > 0 ||
      report.chosen !== null ||
      report.tasks.length > 0 ||
      report.memInfo !== null ||
      report.memcg !== null;
    if (!hasSubstance) {
      invented++;
      tell(`invented a report at line ${report.line}`);
    }
  }
  let excused = 0;
  for (const line of expected) {
    if (known.some((one) => one.expectation === "invoked" && one.line === line)) excused++;
    else tell(`missed the report at line ${line}`);
  }
  return { found, invented, excused };
}

function rightKills(
  reports: readonly OomReport[],
  facts: FileFacts,
  known: readonly KnownMismatch[],
  tell: (text: string) => void,
): { readonly right: number; readonly excused: number } {
  const read = reports.flatMap(({ kills }) => kills);
  let right = 0;
  let excused = 0;
  for (const { pid, name, line } of facts.killed) {
    // A torn line may hold two of them.
    const onLine = read.filter((kill) => kill.line === line);
    if (onLine.some((kill) => kill.pid === pid && kill.name === name)) right++;
    else if (known.some((one) => one.expectation === "killed" && one.line === line)) excused++;
    else {
      const found = onLine.map((kill) => `${kill.pid} (${kill.name})`).join(", ");
      tell(`line ${line}: ${pid} (${name}) died, read ${found === "" ? "nothing" : found}`);
    }
  }
  return { right, excused };
}

function countVerdicts(
  analyses: readonly Analysis[],
  scan: ReturnType<typeof scanText>,
  known: readonly KnownMismatch[],
  tell: (text: string) => void,
): Pick<Tally, "decidable" | "excusedVerdicts" | "agrees" | "explained" | "undecidable" | "differs" | "none"> {
  let excusedVerdicts = 0;
  const counts = { agrees: 0, explained: 0, undecidable: 0, differs: 0, none: 0 };
  const whole = new Set(scan.reports.filter((one) => one.hasKillAndWholeTable).map((one) => one.invoked));
  const firstTrigger = scan.reports.find(({ invoked }) => invoked !== null)?.invoked ?? Number.POSITIVE_INFINITY;
  let decidable = whole.size;
  for (const { report, verdict } of analyses) {
    const line = report.trigger?.line ?? null;
    // What stands before the first trigger is one report of the scan, if it is one: a headless cut.
    const isHeadless = line === null && report.tasks.length > 0 && report.endLine < firstTrigger;
    const counted = (line !== null || isHeadless) && whole.delete(line);
    const open = verdict.kind === "undecidable" && (verdict.possibleVictims?.length ?? 0) >= 2;
    if (counted && open) decidable--;
    const isSettled = verdict.kind === "agrees" || verdict.kind === "explained";
    if (counted || !isSettled) counts[verdict.kind]++;
    const isKnown = known.some((one) => one.expectation === "verdict" && one.report === report.id);
    if (counted && !isSettled && !open && isKnown) excusedVerdicts++;
    if (counted && verdict.kind !== "agrees") tell(`report at line ${line}: ${verdict.kind}: ${verdict.sentence}`);
  }
  return { decidable, excusedVerdicts, ...counts };
}
