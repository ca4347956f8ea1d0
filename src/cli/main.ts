import { fileURLToPath } from "node:url";
import { reasonOf } from "../node/system-error.js";
import { ExitStatus } from "./exit-status.js";
import { Failure } from "./failure.js";
import { say } from "./say.js";
import { isOclifError, usageError } from "./usage-error.js";

/**
 * Runs a command line and sets the exit status of the process.
 *
 * @param argv the arguments after the program's name
 * @param root a file URL inside the package, from which oclif finds package.json
 */
export async function main(argv: string[], root: string): Promise<void> {
  await runMain(async () => {
    const { run } = await import("@oclif/core/run");
    return run(
      argv[0] === "help" ? [...argv.slice(1), "--help"] : argv,
      // There are no plugins to install: without this oclif looks for them in the home directory, readable or not.
      { root: fileURLToPath(root), userPlugins: false },
    );
  });
}

/** Runs a command and makes the exit status of the process of what it returns or throws. */
export async function runMain(run: () => Promise<unknown>): Promise<void> {
  // Before oclif is loaded: its own listener swallows EPIPE and goes on working for nobody.
  guardStreams();
  try {
    process.exitCode = statusIn(await run());
  } catch (error) {
    process.exitCode = tell(error);
  }
}

/** A closed pipe ends quietly: whoever read it has what he wanted. */
function guardStreams(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") say(`standard output: ${reasonOf(error)}`);
    process.exit(error.code === "EPIPE" ? ExitStatus.found : ExitStatus.trouble);
  });
  process.stderr.on("error", () => {});
}

/** The exit status that a command returns as part of its summary. */
function statusIn(summary: unknown): number {
  return typeof summary === "object" && summary !== null && "status" in summary ? Number(summary.status) : 0;
}

/** Says what went wrong and returns the exit status for it. */
export function tell(error: unknown): number {
  if (error instanceof Failure) say(error.message, error.hint);
  else if (isOclifError(error)) {
    if (error.code === "EEXIT") return error.oclif.exit;
    const { message, hint } = usageError(error);
    say(message, hint);
  } else {
    // A fault of the program: the stack is what a bug report needs.
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say("internal error, please report it:");
    for (const line of stack.split("\n")) say(line);
  }
  return ExitStatus.trouble;
}
