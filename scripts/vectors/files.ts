import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { VectorExpectation } from "./check.js";
import type { VectorScenario } from "./machine.js";

/** A folder of vectors: scenarios, and what each kernel did with them. */
export interface VectorFolder {
  readonly scenarios: ReadonlyMap<string, VectorScenario>;
  readonly kernels: readonly {
    /** Name of the file without its ending: `v3.9`. */
    readonly name: string;
    readonly units: readonly { readonly id: string; readonly expect: VectorExpectation }[];
  }[];
}

/** Reads `scenarios.jsonl` and every `<kernel>.jsonl` of a folder. */
export async function readVectors(folder: string): Promise<VectorFolder> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl")).sort();
  const scenarios = await readLines<VectorScenario>(join(folder, "scenarios.jsonl"));
  const kernels = [];
  for (const name of names) {
    if (name === "scenarios.jsonl") continue;
    const units = await readLines<{ id: string; expect: VectorExpectation }>(join(folder, name));
    kernels.push({ name: basename(name, ".jsonl"), units });
  }
  return { scenarios: new Map(scenarios.map((scenario) => [scenario.id, scenario])), kernels };
}

async function readLines<T>(path: string): Promise<readonly T[]> {
  const text = await readFile(path, "utf8");
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as T);
}
