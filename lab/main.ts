import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { analyseLog } from "./analyse-log.js";
import { architectureOf, architectures } from "./architectures.js";
import { type Request, readCommandLine, UsageError, usage } from "./command-line.js";
import { compareRun } from "./compare.js";
import { factTable } from "./facts.js";
import { installPackages, missingPackages, PrivateApt } from "./host/apt.js";
import { compareWithMirror, type Kernel } from "./kernels.js";
import type { Observation } from "./observation.js";
import { planScenario } from "./plan.js";
import { randomScenarioNamed } from "./random.js";
import { addResults, readRecords, settledScenarios, writeRecord } from "./record.js";
import { renderReport } from "./report.js";
import { Lab, type NotRun, type Ran } from "./run.js";
import { readSamples, saveNotRun, saveSample } from "./save.js";
import type { Scenario } from "./scenario.js";
import { scenarios } from "./scenarios/index.js";
import { countRuns, type Result, renderTable, subjectOf, unique } from "./table.js";
import { readTruth } from "./truth.js";

const recordFolder = "lab/results";

async function main(): Promise<number> {
  const request = readCommandLine(process.argv.slice(2));
  switch (request.task) {
    case "help":
      return print(usage);
    case "list":
      return print(list(request));
    case "plan":
      return print(request.scenarios.flatMap((one) => [...planScenario(one), ""]).join("\n"));
    case "mirror":
      return compareMirror();
    case "page":
      return writePage();
    case "compare":
      return conclude(await compareSaved(request));
    case "run": {
      const results = await runAll(request);
      if (results.length > 0 || !request.missing) return conclude(results);
      return print("nothing is missing\n");
    }
  }
}

function conclude(results: readonly Result[]): number {
  const { passed, failed } = countRuns(results);
  print(`${renderTable(results)}\n${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

/** One kernel after the other; one that fails does not keep the others from running. */
async function runAll(request: Request): Promise<readonly Result[]> {
  await provide(request.kernels, request.install);
  const lab = new Lab(resolve(".lab"), resolve("lab/guest"), request.icount, log);
  const results: Result[] = [];
  for (const [index, kernel] of request.kernels.entries()) {
    const wanted = request.missing ? await withoutRecorded(kernel, request.scenarios) : request.scenarios;
    if (wanted.length === 0) continue;
    log(`${kernel.id}, kernel ${index + 1} of ${request.kernels.length}: ${wanted.length} scenarios`);
    const start = performance.now();
    const made = await runKernel(lab, kernel, wanted, request.folder);
    const { passed, failed } = countRuns(made);
    const seconds = Math.round((performance.now() - start) / 1000);
    log(`${kernel.id}: ${passed} passed, ${failed} failed in ${seconds} s`);
    if (request.record) await record(made);
    results.push(...made);
  }
  return results;
}

async function withoutRecorded(kernel: Kernel, chosen: readonly Scenario[]): Promise<readonly Scenario[]> {
  const held = (await readRecords(recordFolder)).find(({ kernelId }) => kernelId === kernel.id);
  const names = held === undefined ? new Set() : settledScenarios(held);
  return chosen.filter(({ name }) => !names.has(name));
}

async function runKernel(
  lab: Lab,
  kernel: Kernel,
  wanted: readonly Scenario[],
  folder: string | null,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  try {
    for await (const ran of lab.run(kernel, wanted))
      results.push("observation" in ran ? await compare(ran, folder) : await note(kernel, ran, folder));
  } catch (error) {
    const reason = messageOf(error);
    log(`${kernel.id}: ${reason}`);
    const done = new Set(results.map((result) => subjectOf(result).scenario));
    const release = results.map((result) => subjectOf(result).release).at(-1) ?? null;
    const about = { kernelId: kernel.id, release, kind: "failed", reason } as const;
    for (const { name } of wanted)
      if (!done.has(name)) results.push(await note(kernel, { scenario: name, ...about }, folder));
  }
  return results;
}

async function compareSaved({ folder, record: isRecorded }: Request): Promise<readonly Result[]> {
  const results: Result[] = [];
  for await (const saved of readSamples(folder ?? "")) {
    if (saved.kind === "not-run") {
      results.push(saved);
      continue;
    }
    const { path, truth, log: text } = saved;
    const scenario = scenarios.find(({ name }) => name === truth.scenario) ?? randomScenarioNamed(truth.scenario);
    if (scenario === null) log(`${path}: the lab has no scenario of that name`);
    else results.push({ kind: "compared", comparisons: compareRun(scenario, truth, await analyseLog(path, text)) });
  }
  if (isRecorded) await record(results);
  return results;
}

async function compare({ kernel, scenario, hello, observation }: Ran, folder: string | null): Promise<Result> {
  const truth = readTruth(kernel.id, hello, scenario, observation);
  const text = kernelLog(observation);
  const saved = folder === null ? null : await saveSample(folder, kernel.arch, truth, text);
  if (observation.errors.length > 0) {
    const about = { scenario: scenario.name, kernelId: kernel.id, release: hello.release };
    return note(kernel, { ...about, kind: "failed", reason: observation.errors.join("; ") }, folder);
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

async function note({ arch }: Kernel, notRun: NotRun, folder: string | null): Promise<Result> {
  if (folder !== null) await saveNotRun(folder, arch, notRun);
  return { kind: "not-run", notRun };
}

/** The ring buffer; after a panic nobody is left to read it, and the console has to do. */
function kernelLog({ texts, console: lines }: Observation): string {
  const ringBuffer = texts.get("log");
  return ringBuffer ?? lines.map((line) => `${line}\n`).join("");
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

function list({ kernels, scenarios: chosen }: Request): string {
  const kernelLines = kernels.map(
    ({ id, arch, pageSizeBytes }) => `  ${id.padEnd(24)}${arch}, ${pageSizeBytes} byte pages`,
  );
  const scenarioLines = chosen.map(({ name, title, decidedBy }) => {
    const hidden = decidedBy.filter((fact) => !factTable[fact].shown);
    const remark = hidden.length === 0 ? "" : ` [not in a log: ${hidden.join(", ")}]`;
    return `  ${name.padEnd(24)}${title}. Decided by ${decidedBy.join(", ")}${remark}`;
  });
  return [
    `Kernels (${kernels.length}):`,
    ...kernelLines,
    "",
    `Scenarios (${chosen.length}):`,
    ...scenarioLines,
    "",
  ].join("\n");
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function log(message: string): void {
  process.stderr.write(`lab: ${message}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// So that the machine that is running ends too.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
try {
  process.exitCode = await main();
} catch (error) {
  log(messageOf(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
