import { withoutControls } from "../render/visible.js";

/** One message on stderr: what happened, and below it what to do. What it quotes can not steer the terminal. */
export function say(message: string, hint?: string): void {
  const lines = message.split("\n").map(withoutControls).join("\n");
  process.stderr.write(`oomlog: ${lines}\n${hint === undefined ? "" : `  ${withoutControls(hint)}\n`}`);
}
