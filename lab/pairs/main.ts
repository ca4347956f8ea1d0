import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Analysis } from "../../src/model/analysis.js";
import { askWhatIf, editText } from "../../src/replay/what-if/index.js";
import { analyseLog } from "../analyse-log.js";
import { findKernels, type Kernel } from "../kernels.js";
import { Lab, type Ran } from "../run.js";
import type { Scenario } from "../scenario.js";
import { readTruth } from "../truth.js";
import { type Pair, pairsOf } from "./pairs.js";

const usage = `npm run lab:pairs -- [--kernel NAME]… [--bases N] [--seed S] [--save DIR] [--folder DIR]

Runs scenarios and changed scenarios on real kernels, and holds what oomlog replay predicts from the first one's log
against who died in the second.

  --kernel NAME  a kernel of npm run lab -- --list
  --bases N      scenarios to change (default 7)
  --seed S       seed (default 1)
  --save DIR     keep the log of each base, and the pairs with what happened
  --folder DIR   where kernels and boots are kept (default .lab)
`;

/** A pair that was run: what was predicted, and what the kernel did. */
interface Outcome {
  readonly pair: Pair;
  readonly predicted: string | null;
  readonly possible: readonly string[];
  readonly happened: string | null;
  /** The kernel's own line. */
  readonly killLine: string;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      kernel: { type: "string", multiple: true, default: ["6.1-cloud-amd64"] },
      bases: { type: "string", default: "7" },
      seed: { type: "string", default: "1" },
      save: { type: "string" },
      folder: { type: "string", default: ".lab" },
      help: { type: "boolean", default: false, short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const pairs = Array.from({ length: Number(values.bases) }, (_, index) => pairsOf(Number(values.seed), index)).flat();
  const lab = new Lab(resolve(values.folder), resolve("lab/guest"), false, (text) =>
    process.stderr.write(`lab: ${text}\n`),
  );
  let failures = 0;
  for (const kernel of values.kernel.flatMap((name) => findKernels(name))) {
    const outcomes = await runPairs(lab, kernel, pairs, values.save);
    failures += print(kernel, outcomes);
  }
  return failures === 0 ? 0 : 1;
}

async function runPairs(
  lab: Lab,
  kernel: Kernel,
  pairs: readonly Pair[],
  saveFolder: string | undefined,
): Promise<readonly Outcome[]> {
  const scenarios = new Map<string, Scenario>();
  for (const { base, edited } of pairs) {
    scenarios.set(base.name, base);
    scenarios.set(edited.name, edited);
  }
  const ran = new Map<string, { readonly ran: Ran; readonly log: string; readonly analysis: Analysis | undefined }>();
  for await (const result of lab.run(kernel, [...scenarios.values()])) {
    if (!("observation" in result)) {
      process.stderr.write(`lab: ${result.scenario} did not run: ${result.reason}\n`);
      continue;
    }
    const log = result.observation.texts.get("log") ?? "";
    const [analysis] = await analyseLog(result.scenario.name, log);
    ran.set(result.scenario.name, { ran: result, log, analysis });
  }
  const outcomes = pairs.flatMap((pair): Outcome[] => {
    const base = ran.get(pair.base.name)?.analysis;
    const edited = ran.get(pair.edited.name);
    const kill = edited?.analysis?.report.kills[0];
    if (base === undefined || edited?.analysis === undefined || kill === undefined) return [];
    const { after } = askWhatIf(base, { edits: pair.edits });
    const witness = readTruth(kernel.id, edited.ran.hello, pair.edited, edited.ran.observation).died[0];
    if (witness !== undefined && witness.name !== kill.name)
      throw new Error(`${pair.edited.name}: init saw ${witness.name} die first`);
    return [
      {
        pair,
        predicted: after.chosen?.name ?? null,
        possible: after.possible.map(({ name }) => name),
        happened: kill.name,
        killLine: edited.log.split("\n")[kill.line - 1] ?? "",
      },
    ];
  });
  if (saveFolder !== undefined) await save(join(saveFolder, kernel.id), outcomes, (name) => ran.get(name)?.log ?? "");
  return outcomes;
}

/** One line a pair; returns how many were predicted wrong. */
function print(kernel: Kernel, outcomes: readonly Outcome[]): number {
  let wrong = 0;
  let open = 0;
  for (const { pair, predicted, possible, happened } of outcomes) {
    const isOpen = possible.length > 1;
    const isRight = isOpen ? possible.includes(happened ?? "") : predicted === happened;
    if (!isRight) wrong++;
    if (isOpen) open++;
    const mark = isRight ? (isOpen ? "open " : "right") : "WRONG";
    const edits = pair.edits.map(editText).join(", ");
    process.stdout.write(
      `${mark}  ${pair.edited.name}  ${edits}: ${isOpen ? possible.join(" or ") : predicted}, ${happened}\n`,
    );
  }
  const right = outcomes.length - wrong - open;
  process.stdout.write(`${kernel.id}: ${outcomes.length} pairs, ${right} right, ${open} open, ${wrong} wrong\n`);
  return wrong;
}

async function save(folder: string, outcomes: readonly Outcome[], logOf: (name: string) => string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const bases = [...new Set(outcomes.map(({ pair }) => pair.base.name))];
  for (const name of bases) {
    await writeFile(join(folder, `${name}.log`), logOf(name), "latin1");
    const pairs = outcomes
      .filter(({ pair }) => pair.base.name === name)
      .map(({ pair, happened, killLine }) => ({ edits: pair.edits, happened, killLine }));
    await writeFile(join(folder, `${name}.pairs.json`), `${JSON.stringify(pairs, null, 2)}\n`);
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
process.exitCode = await main();
