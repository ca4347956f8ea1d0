/** One message on stderr: what happened, and below it what to do. */
export function say(message: string, hint?: string): void {
  process.stderr.write(`oomlog: ${message}\n${hint === undefined ? "" : `  ${hint}\n`}`);
}
