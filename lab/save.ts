import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Truth } from "./truth.js";

/** Writes a run as a sample: `RELEASE_ARCH/SCENARIO.log` with its `.truth.json`. Returns the path of the log. */
export async function saveSample(folder: string, arch: string, truth: Truth, log: string): Promise<string> {
  const place = join(folder, `${truth.kernel}_${arch}`);
  await mkdir(place, { recursive: true });
  const path = join(place, `${truth.scenario}.log`);
  await writeFile(path, log, "latin1");
  await writeFile(join(place, `${truth.scenario}.truth.json`), `${JSON.stringify(truth, null, 2)}\n`);
  return path;
}

/** A saved run. */
export interface Saved {
  /** Path of the log. */
  readonly path: string;
  readonly truth: Truth;
  /** One character per byte. */
  readonly log: string;
}

/** The runs below a folder that {@link saveSample} wrote, in the order of their names. */
export async function* readSamples(folder: string): AsyncGenerator<Saved> {
  const ending = ".truth.json";
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(ending)).sort();
  for (const name of names) {
    const path = join(folder, `${name.slice(0, -ending.length)}.log`);
    const truth = JSON.parse(await readFile(join(folder, name), "utf8")) as Truth;
    yield { path, truth, log: await readFile(path, "latin1") };
  }
}
