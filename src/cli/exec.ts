import { spawn } from "node:child_process";

/**
 * Runs a command of the user's shell with a text on its standard input. Nothing of the text is in the command line or
 * the environment. Resolves with what went wrong, or null.
 */
export function runWithInput(command: string, input: string): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ["pipe", "inherit", "inherit"] });
    child.on("error", (error) => resolve(error.message));
    child.on("close", (status, signal) => {
      if (status === 0) resolve(null);
      else resolve(signal === null ? `ended with status ${status}` : `was ended by ${signal}`);
    });
    // A command need not read what it is given.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
