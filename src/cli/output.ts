import { once } from "node:events";
import { closeSync, fchmodSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { codeOf, reasonOf } from "../node/system-error.js";
import { Failure } from "./failure.js";

/** Where the result goes. */
export interface Output {
  /** Resolves when there is room for more. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** All was written: makes it visible. */
  finish(): void;
  /** Not all could be written: leaves no half file behind. */
  abandon(): void;
}

/**
 * Standard output, or a file that appears whole or not at all.
 *
 * @param flag The one that names it.
 * @throws {Failure} when the file can not be opened; so do the methods of the output when it can not be written.
 */
export function openOutput(file: string | undefined, flag: "--output" | "--html" = "--output"): Output {
  if (file === undefined) return standardOutput;
  return orFailure(file, () => {
    // A link stays a link: what it leads to is replaced.
    const target = existing(() => realpathSync(file)) ?? file;
    const stats = existing(() => statSync(target));
    if (stats?.isDirectory()) throw new Failure(`${file}: is a directory`, directoryHints[flag]);
    return stats === undefined || stats.isFile()
      ? asideOutput(file, target, stats && stats.mode & 0o777)
      : deviceOutput(file);
  });
}

const directoryHints = {
  "--output": "Name a file for --output",
  // A forgotten name lets it take the first log for one.
  "--html": "Name the page to write before the logs: --html page.html",
};

const standardOutput: Output = {
  async write(chunk) {
    if (!process.stdout.write(chunk)) await once(process.stdout, "drain");
  },
  finish() {},
  abandon() {},
};

function deviceOutput(file: string): Output {
  const descriptor = openSync(file, "w");
  return {
    write: async (chunk) => orFailure(file, () => writeFileSync(descriptor, chunk)),
    finish: () => closeSync(descriptor),
    abandon: () => closeSync(descriptor),
  };
}

/**
 * Writes beside the target and renames over it; when the process ends before that, the half file is taken away.
 *
 * @param mode Of the file that is replaced: who may not read that one may not read the new one.
 */
function asideOutput(file: string, target: string, mode: number | undefined): Output {
  const aside = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
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
  // Before the file is there, so that no signal comes between.
  process.once("exit", discard);
  for (const signal of stopSignals) process.once(signal, stop);
  const abandon = (): void => {
    discard();
    release();
  };
  try {
    // Left over from a process of the same number, or put there by somebody to have another file overwritten.
    discard();
    const descriptor = openSync(aside, "wx", mode);
    if (mode !== undefined) fchmodSync(descriptor, mode);
    let open = true;
    const close = (): void => {
      if (open) closeSync(descriptor);
      open = false;
    };
    return {
      write: async (chunk) => orFailure(file, () => writeFileSync(descriptor, chunk)),
      finish() {
        orFailure(file, () => {
          close();
          renameSync(aside, target);
        });
        release();
      },
      abandon() {
        close();
        abandon();
      },
    };
  } catch (error) {
    abandon();
    throw error;
  }
}

const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The outcome of a call on a path, or undefined when nothing is there. */
function existing<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function orFailure<T>(file: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw new Failure(`${file}: ${reasonOf(error)}`, "Nothing was written there");
  }
}
