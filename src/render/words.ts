import { formatLines, GLUE } from "./quantity.js";

/**
 * What a run of characters is for. Colours only repeat what the words say: a text without them says the same.
 *
 * `log`: text from the log (a name, a path, a message), which outputs keep apart from their own words. `code`: a command.
 */
export type Tone = "plain" | "strong" | "muted" | "good" | "bad" | "warn" | "log" | "code";

export interface Span {
  readonly text: string;
  readonly tone: Tone;
  /** The lines of the log that it refers to. */
  readonly lines?: readonly number[];
}

/** A piece of a sentence: own words as a string, or a span. */
export type Word = string | Span;

/** A run of text. Pieces follow each other without a blank. */
export type Words = readonly Word[];

export const strong = (text: string): Span => ({ text, tone: "strong" });
export const muted = (text: string): Span => ({ text, tone: "muted" });
export const good = (text: string): Span => ({ text, tone: "good" });
export const bad = (text: string): Span => ({ text, tone: "bad" });
export const warn = (text: string): Span => ({ text, tone: "warn" });

/** Text from the log. */
export const log = (text: string): Span => ({ text, tone: "log" });

/** A sentence in which commands stand in backticks. */
export function withCommands(sentence: string): Words {
  const parts = sentence.split("`");
  // An odd one is no pair: it belongs to a name.
  if (parts.length % 2 === 0) return [sentence];
  return parts.map((text, index) => (index % 2 === 0 ? text : { text, tone: "code" }));
}

/** References to lines of the log behind a statement: ` :123,130-134`; nothing when there are none. */
export function refs(lines: readonly number[]): Words {
  return lines.length === 0 ? [] : [" ", { ...muted(`:${formatLines(lines)}`), lines }];
}

/** A process as every sentence names it: `mysqld (pid 4031)`; without a pid, the name stands for no process. */
export function processWords(process: { readonly pid: number | null; readonly name: string }): Words {
  return process.pid === null ? [process.name] : [log(process.name), ` (pid${GLUE}${process.pid})`];
}

/** Items with a separator between them. */
export function separated(items: readonly Words[], separator: string): Words {
  return items.flatMap((item, index) => (index === 0 ? item : [separator, ...item]));
}

export function spanOf(word: Word): Span {
  return typeof word === "string" ? { text: word, tone: "plain" } : word;
}
