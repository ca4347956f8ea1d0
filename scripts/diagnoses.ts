import { join } from "node:path";
import type { Analysis } from "../src/model/analysis.js";
import { analyseSource, findSources } from "../src/node/index.js";
import { collectCorpus } from "./corpus/collect.js";

/**
 * `node dist/scripts/diagnoses.js DIR [--details]` after a build: reads a folder of logs and prints what the diagnosis makes of it, one
 * `name: value` a line: which findings are the top ones, and how large the residue of the balance is. `--details` lists
 * every report with its findings, and every residue above 5 %.
 */
async function main(argv: readonly string[]): Promise<number> {
  const [directory] = argv.filter((argument) => !argument.startsWith("--"));
  const unknownFlag = argv.find((argument) => argument.startsWith("--") && argument !== "--details");
  if (directory === undefined || unknownFlag !== undefined) {
    console.error("usage: node dist/scripts/diagnoses.js DIR [--details]");
    return 2;
  }
  const details = argv.includes("--details");
  const tops = new Map<string, number>();
  const residues: number[] = [];
  let reports = 0;
  let failed = 0;
  for (const { path } of (await collectCorpus(directory)).files) {
    for (const [index, analysis] of (await analysesOf(join(directory, path))).entries()) {
      reports++;
      failed += analysis.notes.filter(({ code }) => code === "rule-failed").length;
      const top = analysis.findings[0]?.id ?? "none";
      tops.set(top, (tops.get(top) ?? 0) + 1);
      const residue = residuePercent(analysis);
      if (residue !== null) residues.push(residue);
      if (!details) continue;
      const findings = analysis.findings.map(({ id, confidence }) => `${id} (${confidence})`).join(", ");
      console.log(`${path}#${index + 1}: ${findings === "" ? "no known cause fits" : findings}`);
      if (residue !== null && Math.abs(residue) > 5)
        console.log(`${path}#${index + 1}: residue ${residue.toFixed(1)} %`);
    }
  }
  console.log(`reports: ${reports}`);
  console.log(`failedRules: ${failed}`);
  console.log(`balances: ${residues.length}`);
  const sorted = residues.sort((a, b) => a - b);
  for (const part of [0, 5, 25, 50, 75, 95, 100]) {
    const value = sorted[Math.floor((part / 100) * (sorted.length - 1))];
    console.log(`residueP${part}: ${value === undefined ? "unknown" : `${value.toFixed(1)} %`}`);
  }
  for (const [id, count] of [...tops].sort((a, b) => b[1] - a[1])) console.log(`top ${id}: ${count}`);
  return failed === 0 ? 0 : 1;
}

async function analysesOf(path: string): Promise<Analysis[]> {
  const analyses: Analysis[] = [];
  const onProblem = ({ reason }: { readonly reason: string }): void => console.error(`${path}: ${reason}`);
  for await (const source of findSources([path], { stdin: process.stdin, onProblem })) {
    for await (const analysis of analyseSource(source, { onNote: () => {}, onProblem })) analyses.push(analysis);
  }
  return analyses;
}

/** The residue of a balance that has all that it needs, in percent of RAM. */
function residuePercent({ accounting }: Analysis): number | null {
  const balance = accounting?.balance ?? null;
  return balance?.complete === true ? (100 * balance.residue.pages) / balance.total.pages : null;
}

process.exitCode = await main(process.argv.slice(2));
