import type { Note } from "../model/note.js";
import type { SourceProblem } from "../node/source.js";
import { visible } from "../render/visible.js";
import { say } from "./say.js";

/** What is told beside the result, on stderr. */
export class Messages {
  readonly #quiet: boolean;

  constructor({ quiet }: { readonly quiet: boolean }) {
    this.#quiet = quiet;
  }

  /** An input that could not be read: said even when quiet. */
  problem({ name, reason, hint }: SourceProblem): void {
    say(`${nameOf(name)}: ${reason}`, hint === undefined ? undefined : visible(hint));
  }

  note({ source, line, message }: Note): void {
    if (this.#quiet) return;
    const place = [source === undefined ? [] : nameOf(source), line ?? []].flat().join(":");
    say(`${place === "" ? "" : `${place}: `}${visible(message)}`);
  }

  hint(message: string, hint?: string): void {
    if (!this.#quiet) say(message, hint);
  }
}

/** A source as messages name it. */
export function nameOf(source: string): string {
  return source === "-" ? "standard input" : visible(source);
}
