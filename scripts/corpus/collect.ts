import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";

/** What an index says of one file: facts read off the text, by line number. */
export interface FileFacts {
  readonly file: string;
  /** Lines that hold `invoked oom-killer`. */
  readonly invoked: readonly number[];
  /** `Killed process` lines: who died. */
  readonly killed: readonly { readonly pid: number; readonly name: string; readonly line: number }[];
  /** What the file needs beyond the plain prefixes. */
  readonly needs?: readonly string[];
  /** Task tables of the file; indexes of a lab have it. */
  readonly tables?: readonly unknown[];
}

/** A folder of logs, with what is known of them. */
export interface Corpus {
  readonly indexed: boolean;
  /** Paths are relative to the folder. */
  readonly files: readonly { readonly path: string; readonly facts: FileFacts | null }[];
}

/** The logs of a folder: those that its `index.jsonl` names, else every file that is not data about them. */
export async function collectCorpus(directory: string): Promise<Corpus> {
  const found = await listFiles(directory);
  const indexPath = join(directory, "index.jsonl");
  if (!existsSync(indexPath)) {
    const logs = found.filter((path) => !/\.(json|jsonl|md)$/.test(path));
    return { indexed: false, files: logs.map((path) => ({ path, facts: null })) };
  }
  const byName = new Map(found.map((path) => [basename(path), path]));
  const rows = (await readFile(indexPath, "utf8")).split("\n").filter((line) => line.trim() !== "");
  const files = rows.map((row) => {
    const facts = JSON.parse(row) as FileFacts;
    const path = byName.get(basename(facts.file));
    if (path === undefined) throw new Error(`${indexPath} names ${facts.file}, which is not in ${directory}`);
    return { path, facts };
  });
  return { indexed: true, files };
}

async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort();
}
