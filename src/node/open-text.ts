import { type Encoding, encodingOf } from "../input/encoding.js";
import { makeNote, type Note, type NoteCode } from "../model/note.js";
import { toUtf8 } from "./encoding.js";
import { readHead } from "./head.js";
import { type Source, type SourceProblem, tellFailure } from "./source.js";

export interface ReadOptions {
  readonly onNote: (note: Note) => void;
  /** The source can not be read, or not to its end: what was read before counts. */
  readonly onProblem: (problem: SourceProblem) => void;
}

/** A source that is text (see `unpack`), opened. */
export interface OpenText {
  readonly encoding: Encoding;
  /** What ends a line. `\r` is for sources that have no other. */
  readonly terminator: "\n" | "\r";
  /** Its bytes in UTF-8, without byte order mark. They end where no more can be read, which is told. */
  readonly chunks: AsyncIterable<Uint8Array>;
  note(code: NoteCode, detail: string, line?: number): void;
}

/** Opens a source; null when that fails, which is told. */
export async function openText(source: Source, options: ReadOptions): Promise<OpenText | null> {
  const { name } = source;
  const note = (code: NoteCode, detail = "", line?: number): void => {
    options.onNote(makeNote(code, detail, line === undefined ? { source: name } : { source: name, line }));
  };
  try {
    const { head, chunks } = await readHead(source.open());
    const encoding = encodingOf(head);
    if (encoding.name === "utf-8" && !source.incidental && !looksLikeText(head)) note("binary-source");
    // What can not be read looks empty at first.
    const tellEmpty = (): void => {
      if (head.length === 0 && !source.incidental && source.isDamaged?.() !== true) note("empty-source");
    };
    const terminator = head.includes(0x0d) && !head.includes(0x0a) ? "\r" : "\n";
    return {
      encoding,
      terminator,
      chunks: tellingProblems(toUtf8(chunks, encoding), source, options, tellEmpty),
      note,
    };
  } catch (error) {
    tellFailure(name, error, options.onProblem);
    return null;
  }
}

async function* tellingProblems(
  chunks: AsyncIterable<Uint8Array>,
  source: Source,
  options: ReadOptions,
  atEnd: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
    atEnd();
  } catch (error) {
    tellFailure(source.name, error, options.onProblem);
  }
}

/** False when more than a tenth of the bytes are none that a text has. */
function looksLikeText(head: Uint8Array): boolean {
  let strange = 0;
  for (const byte of head) {
    if (byte < 0x20 ? !textControls.has(byte) : byte === 0x7f) strange++;
  }
  return strange * 10 <= head.length;
}

/** Backspace, tab, line feed, form feed, carriage return, escape (colours). */
const textControls: ReadonlySet<number> = new Set([0x08, 0x09, 0x0a, 0x0c, 0x0d, 0x1b]);
