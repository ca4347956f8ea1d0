import { once } from "node:events";
import { rmSync } from "node:fs";
import { type FileHandle, open, realpath, rename, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { reasonOf } from "../node/system-error.js";
import { Failure } from "./failure.js";

/** Where the result goes. */
export interface Output {
  /** Resolves when there is room for more. */
  write(text: string): Promise<void>;
  /** All was written: makes it visible. */
  finish(): Promise<void>;
  /** Not all could be written: leaves no half file behind. */
  abandon(): Promise<void>;
}

/** Standard output, or a file that appears whole or not at all. */
export async function openOutput(file: string | undefined): Promise<Output> {
  if (file === undefined || file === "-") return standardOutput;
  try {
    // A link stays a link: what it leads to is replaced.
    const target = await realpath(file).catch(() => file);
    const existing = await stat(target).catch(() => undefined);
    if (existing?.isDirectory()) throw new Failure(`${file}: is a directory`, "Name a file for --output");
    if (existing !== undefined && !existing.isFile()) return deviceOutput(file, await open(target, "w"));
    return await asideOutput(file, target);
  } catch (error) {
    throw error instanceof Failure ? error : outputFailure(file, error);
  }
}

const standardOutput: Output = {
  async write(text) {
    if (!process.stdout.write(text)) await once(process.stdout, "drain");
  },
  async finish() {},
  async abandon() {},
};

function deviceOutput(file: string, handle: FileHandle): Output {
  return {
    write: (text) => writeAll(file, handle, text),
    finish: () => handle.close(),
    abandon: () => handle.close(),
  };
}

/** Writes beside the target and renames over it; when the process ends before that, the half file is taken away. */
async function asideOutput(file: string, target: string): Promise<Output> {
  const aside = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  const handle = await open(aside, "w");
  const discard = (): void => rmSync(aside, { force: true });
  const stop = (signal: NodeJS.Signals): void => {
    discard();
    release();
    process.kill(process.pid, signal);
  };
  const release = (): void => {
    process.off("exit", discard);
    for (const signal of stopSignals) process.off(signal, stop);
  };
  process.once("exit", discard);
  for (const signal of stopSignals) process.once(signal, stop);
  return {
    write: (text) => writeAll(file, handle, text),
    async finish() {
      try {
        await handle.close();
        await rename(aside, target);
        release();
      } catch (error) {
        throw outputFailure(file, error);
      }
    },
    async abandon() {
      await handle.close();
      discard();
      release();
    },
  };
}

const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

async function writeAll(file: string, handle: FileHandle, text: string): Promise<void> {
  try {
    await handle.writeFile(text);
  } catch (error) {
    throw outputFailure(file, error);
  }
}

function outputFailure(file: string, error: unknown): Failure {
  return new Failure(`${file}: ${reasonOf(error)}`, "Nothing was written there");
}
