import { inspect } from "node:util";

/** Columns for a text: those of the terminal, else `COLUMNS`, else 80. */
export function widthOf(stream: { readonly columns?: number }, environment: NodeJS.ProcessEnv): number {
  const told = Number(environment["COLUMNS"]);
  return stream.columns || (Number.isInteger(told) && told > 0 ? told : 80);
}

export const colorChoices = ["auto", "always", "never"] as const;
export type ColorChoice = (typeof colorChoices)[number];

/** Whether to colour: `--color` first, then `NO_COLOR`, `FORCE_COLOR` and `TERM=dumb`, then whether it is a terminal. */
export function wantsColor(
  choice: ColorChoice,
  stream: { readonly isTTY?: boolean },
  environment: NodeJS.ProcessEnv,
): boolean {
  if (choice !== "auto") return choice === "always";
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = environment;
  if (no !== undefined && no !== "") return false;
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  return terminal !== "dumb" && stream.isTTY === true;
}

/** Wraps a text in the terminal's codes for a name of `util.inspect.colors` (`bold`, `red`, …). */
export function paint(name: string, text: string): string {
  const codes = inspect.colors[name];
  return codes === undefined ? text : `\x1b[${codes[0]}m${text}\x1b[${codes[1]}m`;
}
