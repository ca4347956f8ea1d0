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

/**
 * Reads `scenarios.jsonl` and every `<kernel>.jsonl` of a folder.
 *
 * @throws {FolderError} when the folder can not be read, or does not hold vectors.
 */
export async function readVectors(folder: string): Promise<VectorFolder> {
  const names = (await listFolder(folder)).filter((name) => name.endsWith(".jsonl")).sort();
  if (!names.includes("scenarios.jsonl")) throw new FolderError(`${folder}: no scenarios.jsonl in it`);
  if (names.length < 2) throw new FolderError(`${folder}: no KERNEL.jsonl beside scenarios.jsonl`);
  const scenarios = await readLines<VectorScenario>(join(folder, "scenarios.jsonl"));
  const kernels = [];
  for (const name of names) {
    if (name === "scenarios.jsonl") continue;
    const units = await readLines<{ id: string; expect: VectorExpectation }>(join(folder, name));
    kernels.push({ name: basename(name, ".jsonl"), units });
  }
  return { scenarios: new Map(scenarios.map((scenario) => [scenario.id, scenario])), kernels };
}

/** A folder that holds no vectors, in one sentence. */
export class FolderError extends Error {}

async function listFolder(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw new FolderError(
      `${folder}: ${(error as NodeJS.ErrnoException).code === "ENOENT" ? "no such directory" : String(error)}`,
    );
  }
}

async function readLines<T>(path: string): Promise<readonly T[]> {
  const text = await readFile(path, "utf8");
  return text.split("\n").flatMap((line, index): T[] => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as T];
    } catch {
      throw new FolderError(`${path}:${index + 1}: not JSON`);
    }
  });
}
