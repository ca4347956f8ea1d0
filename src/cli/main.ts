import { ExitStatus } from "./exit-status.js";
import { Failure } from "./failure.js";

/**
 * Runs a command line and sets the exit status of the process.
 *
 * @param argv the arguments after the program's name
 * @param root a file URL inside the package, from which oclif finds package.json
 */
export async function main(argv: string[], root: string): Promise<void> {
  // Before oclif is loaded: its own listener swallows EPIPE and goes on working for nobody.
  guardStreams();
  const { run } = await import("@oclif/core/run");
  try {
    const summary = await run(argv[0] === "help" ? [...argv.slice(1), "--help"] : argv, root);
    process.exitCode = statusIn(summary);
  } catch (error) {
    process.exitCode = tell(error);
  }
}

/** The exit status that a command returns as part of its summary. */
function statusIn(summary: unknown): number {
  return typeof summary === "object" && summary !== null && "status" in summary ? Number(summary.status) : 0;
}

function guardStreams(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(ExitStatus.found);
    process.stderr.write(`oomlog: standard output: ${error.message}\n`);
    process.exit(ExitStatus.trouble);
  });
  process.stderr.on("error", () => {});
}

/** Says what went wrong on stderr and returns the exit status for it. */
function tell(error: unknown): number {
  if (isExit(error)) return error.oclif.exit;
  if (isUsageError(error)) {
    process.stderr.write(`oomlog: ${error.message.trim()}\n`);
    return ExitStatus.trouble;
  }
  if (error instanceof Failure) {
    process.stderr.write(`oomlog: ${error.message}\n${error.hint === undefined ? "" : `  ${error.hint}\n`}`);
    return ExitStatus.trouble;
  }
  // A fault of the program: the stack is what a bug report needs.
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`oomlog: internal error, please report it:\n${text}\n`);
  return ExitStatus.trouble;
}

/** What `Command.exit` of oclif throws. */
function isExit(error: unknown): error is Error & { oclif: { exit: number } } {
  return error instanceof Error && "code" in error && error.code === "EEXIT";
}

/** What oclif's parser throws. */
function isUsageError(error: unknown): error is Error {
  return error instanceof Error && "oclif" in error;
}
