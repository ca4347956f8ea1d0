import { existsSync } from "node:fs";
import { join } from "node:path";
import { collectCorpus } from "./corpus/collect.js";
import { knownMismatches } from "./corpus/known.js";
import { marks } from "./corpus/marks.js";
import { measureFile } from "./corpus/measure.js";
import { addTally, emptyTally, type Tally, tallyLines } from "./corpus/tally.js";

/**
 * `npm run corpus -- DIR [--plain] [--details]`: reads a folder of logs and prints how much of it is understood, one
 * `name: value` a line. With an `index.jsonl` the figures are held against what it says; without, they are `unknown`.
 * Exit status 1 below the marks. `--plain` leaves out files that need more than the plain prefixes; `--details` names
 * each thing that is not as expected.
 */
async function main(argv: readonly string[]): Promise<number> {
  const flags = new Set(argv.filter((argument) => argument.startsWith("--")));
  const [directory] = argv.filter((argument) => !argument.startsWith("--"));
  const unknownFlag = [...flags].find((flag) => flag !== "--plain" && flag !== "--details");
  if (directory === undefined || unknownFlag !== undefined) {
    console.error("usage: npm run corpus -- DIR [--plain] [--details]");
    return 2;
  }
  if (!existsSync(directory)) {
    console.error(`${directory}: no such directory`);
    return 2;
  }
  const corpus = await collectCorpus(directory);
  if (corpus.files.length === 0) {
    console.error(`${directory}: no log in it`);
    return 2;
  }
  const files = corpus.files.filter(({ facts }) => !flags.has("--plain") || (facts?.needs ?? []).length === 0);
  const known = await knownMismatches(directory);
  let tally: Tally = emptyTally(corpus.indexed);
  const details: string[] = [];
  for (const file of files) {
    const measured = await measureFile(join(directory, file.path), file.facts, known, (text) =>
      details.push(`${file.path}: ${text}`),
    );
    tally = addTally(tally, measured);
  }
  if (flags.has("--details")) for (const line of details) console.log(line);
  for (const line of tallyLines(tally)) console.log(line);
  const missed = marks(
    tally,
    corpus.files.some(({ facts }) => facts?.tables !== undefined),
  );
  for (const text of missed) console.error(text);
  return missed.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
