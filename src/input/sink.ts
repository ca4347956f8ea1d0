import type { NoteCode } from "../model/note.js";
import type { Header } from "./header.js";

/** Where a line stands in its source. */
export interface Place {
  readonly line: number;
  /** The last line, where the text was joined from several. */
  readonly endLine?: number;
  readonly byteOffset: number | null;
}

/** What the layers hand their findings to. */
export interface Sink {
  /** One record of the kernel's log, with all prefixes taken off. */
  record(text: string, header: Header, place: Place): void;
  /** The log starts anew here (`-- Boot … --`). */
  boot(): void;
  note(code: NoteCode, detail: string, place: Place): void;
  /** Counts lines of one kind; the number is said once, at the end of the source. */
  count(code: NoteCode, place: Place): void;
  /** Remembers a decoration that was taken off, to be named once. */
  cleaned(what: string, place: Place): void;
}
