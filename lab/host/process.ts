import { spawn } from "node:child_process";

/** What a finished program left. */
export interface Finished {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly status: number;
}

/**
 * Runs a program to its end and returns what it wrote.
 *
 * @throws when it cannot be started, or when it ends with another status than 0 and `allowFailure` is not set: the
 * message holds the command and the end of its stderr.
 */
export async function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly allowFailure?: boolean } = {},
): Promise<Finished> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  const status = await new Promise<number>((resolve, reject) => {
    child.on("error", (error) => reject(new Error(`${program}: ${error.message}`)));
    child.on("close", (code) => resolve(code ?? 1));
  });
  const finished = { stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString(), status };
  if (status !== 0 && options.allowFailure !== true) {
    const tail = finished.stderr.trim().split("\n").slice(-8).join("\n");
    throw new Error(`${program} ${args.slice(-2).join(" ")}: status ${status}\n${tail}`);
  }
  return finished;
}
