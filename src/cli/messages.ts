import type { Note } from "../model/note.js";
import type { SourceProblem } from "../node/source.js";
import { visible } from "../render/visible.js";
import type { Failure } from "./failure.js";
import { say } from "./say.js";

/** Sources of which a kind of note is told: of a hundred logs without year each says the same. */
const MOST_SOURCES = 3;

/** What is told beside the result, on stderr. */
export class Messages {
  readonly #quiet: boolean;
  readonly #kinds = new Map<string, { source: string | undefined; sources: number; untold: number; message: string }>();

  constructor({ quiet }: { readonly quiet: boolean }) {
    this.#quiet = quiet;
  }

  /** An input that could not be read: said even when quiet. */
  problem({ name, reason, hint }: SourceProblem): void {
    say(`${nameOf(name)}: ${reason}`, hint === undefined ? undefined : visible(hint));
  }

  /** Something that was asked for and can not be had: said even when quiet. */
  failure({ message, hint }: Failure): void {
    say(visible(message), hint);
  }

  note({ code, source, line, message }: Note): void {
    if (this.#quiet) return;
    const kind = this.#kinds.get(code) ?? { source, sources: 1, untold: 0, message };
    this.#kinds.set(code, kind);
    if (source !== kind.source) kind.sources++;
    kind.source = source;
    if (kind.sources > MOST_SOURCES) {
      kind.untold++;
      return;
    }
    const place = [source === undefined ? [] : nameOf(source), line ?? []].flat().join(":");
    say(`${place === "" ? "" : `${place}: `}${visible(message)}`);
  }

  /** Says how many notes were not told, of each kind. */
  end(): void {
    for (const { untold, message } of this.#kinds.values()) {
      if (untold > 0) say(`${untold} more like this: ${visible(message)}`);
    }
    this.#kinds.clear();
  }

  hint(message: string, hint?: string): void {
    if (!this.#quiet) say(message, hint);
  }
}

/** A source as messages name it. */
export function nameOf(source: string): string {
  return source === "-" ? "standard input" : visible(source);
}
