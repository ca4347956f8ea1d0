import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Command } from "@oclif/core/command";
import { Config } from "@oclif/core/config";
import { afterEach, vi } from "vitest";
import { tell } from "../../src/cli/main.js";
import type { Summary } from "../../src/cli/run-reports.js";
import { root } from "../house/imports.js";

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let config: Promise<Config> | undefined;

afterEach(() => vi.unstubAllEnvs());

/** Runs a command in this process, with what it writes caught. */
export async function runCommand(
  command: new (argv: string[], config: Config) => Command & { run(): Promise<Summary | undefined> },
  argv: readonly string[],
  { columns }: { readonly columns?: number } = {},
): Promise<Result & { readonly summary: Summary | undefined }> {
  config ??= Config.load(root);
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((chunk) => {
      written[name] += String(chunk);
      return true;
    }),
  );
  const terminal = { isTTY: process.stdout.isTTY, columns: process.stdout.columns };
  Object.assign(process.stdout, { isTTY: columns !== undefined, columns });
  try {
    const summary = await new command([...argv], await config).run();
    return { status: summary?.status ?? 0, ...written, summary };
  } catch (error) {
    const status = tell(error);
    return { status, ...written, summary: undefined };
  } finally {
    for (const spy of spies) spy.mockRestore();
    Object.assign(process.stdout, terminal);
  }
}

export interface ProgramOptions {
  /** Text for standard input; a pipe that is closed at once when absent. */
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

const bin = join(root, "bin/oomlog.js");

/** Runs the built program as a user does. */
export function runProgram(argv: readonly string[], options: ProgramOptions = {}): Promise<Result> {
  return runChild(process.execPath, [bin, ...argv], options);
}

/** Runs a script of bash in which `oomlog` is the built program. */
export function runScript(script: string, options: ProgramOptions = {}): Promise<Result> {
  const prelude = 'node=$0; bin=$1; oomlog() { "$node" "$bin" "$@"; }';
  return runChild("bash", ["-c", `${prelude}\n${script}`, process.execPath, bin], options);
}

/** Runs a program, with what it writes caught. */
export function runChild(file: string, argv: readonly string[], { input, cwd, env }: ProgramOptions): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, argv, { cwd, env: { ...process.env, ...env } });
    const written = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        written[name] += text;
      });
    }
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, ...written }));
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
  });
}
