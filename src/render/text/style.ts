import type { Tone } from "../words.js";

/** Puts a colour or weight on a text, by the names of `util.inspect.colors`; null for plain text. */
export type Paint = ((name: string, text: string) => string) | null;

const colorOf: Readonly<Record<Tone, string | null>> = {
  plain: null,
  strong: "bold",
  muted: "gray",
  good: "green",
  bad: "red",
  warn: "yellow",
  log: "cyan",
  code: "cyan",
};

export function painted(paint: Paint, tone: Tone, text: string): string {
  const color = colorOf[tone];
  return paint === null || color === null || text === "" ? text : paint(color, text);
}
