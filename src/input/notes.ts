import { makeNote, type Note, type NoteCode } from "../model/note.js";
import type { Place } from "./sink.js";

/** Collects what is said once for a whole source. */
export interface NoteCounter {
  note(code: NoteCode, detail: string, place: Place): void;
  /** Counts a line; `end` says how many there were, and where the first one is. */
  count(code: NoteCode, place: Place): void;
  cleaned(what: string, place: Place): void;
  end(): void;
}

export function createNoteCounter(source: string, onNote: (note: Note) => void): NoteCounter {
  const counts = new Map<NoteCode, { number: number; line: number }>();
  const cleaned = new Map<string, number>();
  return {
    note(code, detail, { line }) {
      onNote(makeNote(code, detail, { source, line }));
    },
    count(code, { line }) {
      const seen = counts.get(code);
      if (seen === undefined) counts.set(code, { number: 1, line });
      else seen.number++;
    },
    cleaned(what, { line }) {
      if (!cleaned.has(what)) cleaned.set(what, line);
    },
    end() {
      const [firstLine] = cleaned.values();
      if (firstLine !== undefined)
        onNote(makeNote("paste-cleaned", [...cleaned.keys()].join(", "), { source, line: firstLine }));
      for (const [code, { number, line }] of counts)
        onNote(makeNote(code, number === 1 ? "1 line" : `${number} lines`, { source, line }));
      cleaned.clear();
      counts.clear();
    },
  };
}
