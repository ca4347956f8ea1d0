import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { analyseLog } from "./analyse-log.js";
import { architectureOf, architectures } from "./architectures.js";
import { compareRun } from "./compare.js";
import { factTable } from "./facts.js";
import { installPackages, missingPackages, PrivateApt } from "./host/apt.js";
import { compareWithMirror, findKernels, type Kernel, kernels } from "./kernels.js";
import type { Observation } from "./observation.js";
import { randomScenario, randomScenarioNamed } from "./random.js";
import { addResults, readRecords, writeRecord } from "./record.js";
import { renderReport } from "./report.js";
import { Lab, type NotRun, type Ran } from "./run.js";
import { readSamples, saveNotRun, saveSample } from "./save.js";
import type { Scenario } from "./scenario.js";
import { scenarios } from "./scenarios/index.js";
import { countRuns, type Result, renderTable } from "./table.js";
import { readTruth } from "./truth.js";

const usage = `npm run lab -- [--kernel NAME]… [--scenario NAME]… [--random N] [--seed S] [--save DIR] [--saved DIR] [--record] [--page] [--install] [--brief] [--ci] [--list] [--mirror]

Boots Debian kernels in QEMU, makes them run out of memory, and compares oomlog with what they did.

  --kernel NAME    a kernel of --list, a version (6.1), a flavour (cloud-amd64) or an architecture (arm64)
  --scenario NAME  a scenario of --list; NAME* for all that begin so
  --random N       N random scenarios instead of the named ones
  --seed S         seed of the random scenarios (default 1)
  --save DIR       keep each log with its truth
  --saved DIR      compare kept runs again, without booting
  --record         add the results to lab/results/ and write docs/lab-results.md from it
  --page           only write docs/lab-results.md from lab/results/
  --install        install what is missing on the host with apt (as root)
  --brief          a fifth of the named scenarios, every kind of them, in two boots
  --ci             one kernel, a few scenarios of every kind: a minute or two
  --list           kernels and scenarios
  --mirror         compare the kernels of --list with those that the mirror offers

Ends with \`N passed, N failed\`, counted in runs, and with status 1 when one failed: something differs that is not on
the list of known mismatches, or a machine did not run it.
`;

/** Every kind of task, limit, trigger and hidden fact, in two boots: for one kernel more of a version that ran in full. */
const briefScenarios = [
  ...["g_basic", "g_adj_neg", "g_adj_one", "g_nodump", "g_ties4", "g_root2", "g_alloctask", "g_file", "g_shmpriv"],
  ...["g_pgtables", "g_leaderexit", "g_vmshare", "g_vfork", "g_children", "g_sysrq3", "g_order3", "g_swap_adj"],
  ...["m2_adj", "m2_adj_near", "m2_ties", "m2_nested", "m2_leaderexit", "m2_vfork", "m2_vmshare", "m2_nokill"],
  ...["m2_group", "m2_stuck"],
];
const recordFolder = "lab/results";
const ciKernel = "6.1-cloud-amd64";
const ciScenarios = [
  "g_basic",
  "g_adj_neg",
  "g_ties2",
  "g_leaderexit",
  "g_vfork",
  "g_sysrq3",
  "g_order3",
  "m2_nested",
  "m2_group",
  "m2_nokill",
];

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      kernel: { type: "string", multiple: true },
      scenario: { type: "string", multiple: true },
      random: { type: "string" },
      seed: { type: "string", default: "1" },
      save: { type: "string" },
      saved: { type: "string" },
      record: { type: "boolean", default: false },
      page: { type: "boolean", default: false },
      install: { type: "boolean", default: false },
      brief: { type: "boolean", default: false },
      ci: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
      mirror: { type: "boolean", default: false },
      help: { type: "boolean", default: false, short: "h" },
    },
  });
  if (values.help) return print(usage);
  if (values.list) return print(listAll());
  if (values.mirror) return compareMirror();
  if (values.page) return writePage();
  const results = values.saved === undefined ? await runAll(values) : await compareSaved(values.saved);
  if (values.record) await record(results);
  const { passed, failed } = countRuns(results);
  print(`${renderTable(results)}\n${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

interface Wanted {
  readonly kernel?: readonly string[];
  readonly scenario?: readonly string[];
  readonly random?: string;
  readonly seed: string;
  readonly save?: string;
  readonly install: boolean;
  readonly brief: boolean;
  readonly ci: boolean;
}

async function runAll(wanted: Wanted): Promise<readonly Result[]> {
  const chosenKernels = chooseKernels(wanted.ci ? [ciKernel] : (wanted.kernel ?? [ciKernel]));
  const chosenScenarios =
    wanted.random === undefined
      ? chooseScenarios(wanted.ci ? ciScenarios : wanted.brief ? briefScenarios : (wanted.scenario ?? ["*"]))
      : randomScenarios(wholeNumber("random", wanted.random), wholeNumber("seed", wanted.seed));
  await provide(chosenKernels, wanted.install || wanted.ci);
  const lab = new Lab(resolve(".lab"), resolve("lab/guest"), log);
  const results: Result[] = [];
  for (const kernel of chosenKernels) {
    for await (const ran of lab.run(kernel, chosenScenarios))
      results.push("observation" in ran ? await compare(ran, wanted.save) : await note(kernel, ran, wanted.save));
  }
  return results;
}

async function compareSaved(folder: string): Promise<readonly Result[]> {
  const results: Result[] = [];
  for await (const saved of readSamples(folder)) {
    if (saved.kind === "not-run") {
      results.push(saved);
      continue;
    }
    const { path, truth, log: text } = saved;
    const scenario = scenarios.find(({ name }) => name === truth.scenario) ?? randomScenarioNamed(truth.scenario);
    if (scenario === null) log(`${path}: the lab has no scenario of that name`);
    else results.push({ kind: "compared", comparisons: compareRun(scenario, truth, await analyseLog(path, text)) });
  }
  return results;
}

async function compare({ kernel, scenario, hello, observation }: Ran, saveFolder: string | undefined): Promise<Result> {
  const truth = readTruth(kernel.id, hello, scenario, observation);
  const text = kernelLog(observation);
  const saved = saveFolder === undefined ? undefined : await saveSample(saveFolder, kernel.arch, truth, text);
  if (observation.errors.length > 0) {
    const about = { scenario: scenario.name, kernelId: kernel.id, release: hello.release };
    return note(kernel, { ...about, kind: "failed", reason: observation.errors.join("; ") }, saveFolder);
  }
  const analyses = await analyseLog(saved ?? `${kernel.id}/${scenario.name}`, text);
  return { kind: "compared", comparisons: compareRun(scenario, truth, analyses) };
}

async function record(results: readonly Result[]): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  for (const changed of addResults(await readRecords(recordFolder), results, date))
    await writeRecord(recordFolder, changed);
  await writePage();
}

async function writePage(): Promise<number> {
  await writeFile("docs/lab-results.md", renderReport(await readRecords(recordFolder)));
  return 0;
}

/** Prints what the mirror offers and no row names, and the reverse; 1 when there is any. */
async function compareMirror(): Promise<number> {
  let differences = 0;
  for (const arch of architectures.keys()) {
    const apt = new PrivateApt(resolve(".lab/apt"), arch);
    await apt.update(log);
    const { offered, rows } = compareWithMirror(arch, await apt.packageNames("linux-image-"));
    const lines = [
      ...offered.filter((id) => !rows.includes(id)).map((id) => `${arch}: ${id} is offered and has no row\n`),
      ...rows.filter((id) => !offered.includes(id)).map((id) => `${arch}: ${id} has a row and is not offered\n`),
    ];
    differences += lines.length;
    print(`${lines.join("")}${arch}: ${offered.length} kernels offered\n`);
  }
  return differences === 0 ? 0 : 1;
}

async function note({ arch }: Kernel, notRun: NotRun, saveFolder: string | undefined): Promise<Result> {
  if (saveFolder !== undefined) await saveNotRun(saveFolder, arch, notRun);
  return { kind: "not-run", notRun };
}

/** The ring buffer; after a panic nobody is left to read it, and the console has to do. */
function kernelLog({ texts, console: lines }: Observation): string {
  const ringBuffer = texts.get("log");
  return ringBuffer ?? lines.map((line) => `${line}\n`).join("");
}

function chooseKernels(names: readonly string[]): readonly Kernel[] {
  return unique(
    names.flatMap((name) => {
      const found = findKernels(name);
      if (found.length === 0) throw new UsageError(`no kernel ${name}; --list shows them`);
      return found;
    }),
  );
}

function chooseScenarios(names: readonly string[]): readonly Scenario[] {
  return unique(
    names.flatMap((name) => {
      const found = name.endsWith("*")
        ? scenarios.filter((one) => one.name.startsWith(name.slice(0, -1)))
        : scenarios.filter((one) => one.name === name);
      if (found.length === 0) throw new UsageError(`no scenario ${name}; --list shows them`);
      return found;
    }),
  );
}

function randomScenarios(count: number, seed: number): readonly Scenario[] {
  return Array.from({ length: count }, (_, index) => randomScenario(seed, index));
}

/** Looks for the host's packages and installs or names what is missing. */
async function provide(chosen: readonly Kernel[], install: boolean): Promise<void> {
  const wanted = ["kmod", "xz-utils", "zstd", ...chosen.flatMap(({ arch }) => architectureOf(arch).packages)];
  const missing = await missingPackages(unique(wanted));
  if (install) {
    log(`installing ${missing.length === 0 ? "nothing: all is there" : missing.join(" ")}`);
    await installPackages(missing);
  } else if (missing.length > 0) {
    throw new Error(`missing on this host: ${missing.join(" ")} (--install installs them, as root)`);
  }
}

function listAll(): string {
  const kernelLines = kernels.map(
    ({ id, arch, pageSizeBytes }) => `  ${id.padEnd(24)}${arch}, ${pageSizeBytes} byte pages`,
  );
  const scenarioLines = scenarios.map(({ name, title, decidedBy }) => {
    const hidden = decidedBy.filter((fact) => !factTable[fact].shown);
    const note = hidden.length === 0 ? "" : ` [not in a log: ${hidden.join(", ")}]`;
    return `  ${name.padEnd(24)}${title}. Decided by ${decidedBy.join(", ")}${note}`;
  });
  return ["Kernels:", ...kernelLines, "", `Scenarios (${scenarios.length}):`, ...scenarioLines, ""].join("\n");
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${option} wants a whole number, not ${text}`);
  return Number(text);
}

function unique<T>(list: readonly T[]): readonly T[] {
  return [...new Set(list)];
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function log(message: string): void {
  process.stderr.write(`lab: ${message}\n`);
}

/** Something on the command line that cannot be. */
class UsageError extends Error {}

// So that the machine that is running ends too.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
try {
  process.exitCode = await main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  log(message);
  process.exitCode = error instanceof UsageError || (error as { code?: string }).code?.startsWith("ERR_PARSE") ? 2 : 1;
}
