import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Truth } from "./truth.js";

/** Writes a run as a sample: `RELEASE_ARCH/SCENARIO.log` with its `.truth.json`. Returns the path of the log. */
export async function saveSample(folder: string, arch: string, truth: Truth, log: string): Promise<string> {
  const place = join(folder, `${truth.kernel.release}_${arch}`);
  await mkdir(place, { recursive: true });
  const path = join(place, `${truth.scenario}.log`);
  await writeFile(path, log, "latin1");
  await writeFile(join(place, `${truth.scenario}.truth.json`), `${JSON.stringify(truth, null, 2)}\n`);
  return path;
}
