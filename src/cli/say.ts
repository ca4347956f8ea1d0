import { withoutControls } from "../render/visible.js";

/** One message on stderr: what happened, and below it what to do. What it quotes can not steer the terminal. */
export function say(message: string, hint?: string): void {
  process.stderr.write(
    `oomlog: ${withoutControls(message)}\n${hint === undefined ? "" : `  ${withoutControls(hint)}\n`}`,
  );
}
