import { makeNote, type Note } from "./note.js";

const SHOWN_OF_A_KIND = 10;

/** Hands notes on, but only the first of each kind and source; the rest is counted. Memory stays bounded. */
export class NoteCollector {
  readonly #onNote: (note: Note) => void;
  readonly #counts = new Map<string, { readonly first: Note; count: number }>();

  constructor(onNote: (note: Note) => void) {
    this.#onNote = onNote;
  }

  add(note: Note): void {
    const key = `${note.code} ${note.source ?? ""}`;
    const seen = this.#counts.get(key);
    if (seen === undefined) this.#counts.set(key, { first: note, count: 1 });
    else seen.count++;
    if ((seen?.count ?? 1) <= SHOWN_OF_A_KIND) this.#onNote(note);
  }

  /** Says how many were left out, and forgets them. */
  flush(): void {
    for (const { first, count } of this.#counts.values()) {
      if (count <= SHOWN_OF_A_KIND) continue;
      const detail = `${count - SHOWN_OF_A_KIND} more notes "${first.code}"`;
      this.#onNote(makeNote("more-notes", detail, first.source === undefined ? {} : { source: first.source }));
    }
    this.#counts.clear();
  }
}
