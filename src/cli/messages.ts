import type { Note } from "../model/note.js";
import type { SourceProblem } from "../node/source.js";

/** What is told beside the result, on stderr. */
export class Messages {
  readonly #quiet: boolean;

  constructor({ quiet }: { readonly quiet: boolean }) {
    this.#quiet = quiet;
  }

  /** An input that could not be read: said even when quiet. */
  problem({ name, reason, hint }: SourceProblem): void {
    say(`${nameOf(name)}: ${reason}`, hint);
  }

  note({ source, line, message }: Note): void {
    if (this.#quiet) return;
    const place = [source === undefined ? [] : nameOf(source), line ?? []].flat().join(":");
    say(place === "" ? message : `${place}: ${message}`);
  }

  hint(message: string, hint?: string): void {
    if (!this.#quiet) say(message, hint);
  }
}

/** One message: what happened, and below it what to do. */
export function say(message: string, hint?: string): void {
  process.stderr.write(`oomlog: ${message}\n${hint === undefined ? "" : `  ${hint}\n`}`);
}

function nameOf(source: string): string {
  return source === "-" ? "standard input" : source;
}
