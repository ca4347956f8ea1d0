import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { NotRun } from "./run.js";
import type { Truth } from "./truth.js";

const truthEnding = ".truth.json";
const notRunEnding = ".not-run.json";

/** Writes a run as a sample: `RELEASE_ARCH/SCENARIO.log` with its `.truth.json`. Returns the path of the log. */
export async function saveSample(folder: string, arch: string, truth: Truth, log: string): Promise<string> {
  const place = join(folder, `${truth.kernel}_${arch}`);
  await mkdir(place, { recursive: true });
  await rm(join(place, `${truth.scenario}${notRunEnding}`), { force: true });
  const path = join(place, `${truth.scenario}.log`);
  await writeFile(path, log, "latin1");
  await writeFile(join(place, `${truth.scenario}${truthEnding}`), json(truth));
  return path;
}

/** Writes beside the samples that a scenario did not run, `RELEASE_ARCH/SCENARIO.not-run.json`; what is there stays. */
export async function saveNotRun(folder: string, arch: string, notRun: NotRun): Promise<void> {
  const place = join(folder, `${notRun.release ?? notRun.kernelId}_${arch}`);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, `${notRun.scenario}${notRunEnding}`), json(notRun));
}

/** A saved run, or one that was not made. */
export type Saved =
  | {
      readonly kind: "run";
      /** Path of the log. */
      readonly path: string;
      readonly truth: Truth;
      /** One character per byte. */
      readonly log: string;
    }
  | { readonly kind: "not-run"; readonly notRun: NotRun };

/** What {@link saveSample} and {@link saveNotRun} wrote below a folder, in the order of the names. */
export async function* readSamples(folder: string): AsyncGenerator<Saved> {
  const names = (await readdir(folder, { recursive: true })).sort();
  const notRunNames = new Set(names.filter((name) => name.endsWith(notRunEnding)));
  for (const name of notRunNames)
    yield { kind: "not-run", notRun: JSON.parse(await readFile(join(folder, name), "utf8")) as NotRun };
  for (const name of names.filter((one) => one.endsWith(truthEnding))) {
    const stem = name.slice(0, -truthEnding.length);
    if (notRunNames.has(`${stem}${notRunEnding}`)) continue;
    const path = join(folder, `${stem}.log`);
    const truth = JSON.parse(await readFile(join(folder, name), "utf8")) as Truth;
    yield { kind: "run", path, truth, log: await readFile(path, "latin1") };
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
