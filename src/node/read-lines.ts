import { makeNote, type Note, type NoteCode } from "../model/note.js";
import { encodingOf, toUtf8 } from "./encoding.js";
import { readHead } from "./head.js";
import { LineSplitter, type RawLine } from "./lines.js";
import { problemOf, type Source, type SourceProblem } from "./source.js";
import { codeOf } from "./system-error.js";

export interface ReadLinesOptions {
  readonly onNote: (note: Note) => void;
  /** The source can not be read, or not to its end: what was read before counts. */
  readonly onProblem: (problem: SourceProblem) => void;
}

/** The lines of a source that is text (see `unpack`), a batch for each chunk. Breaking off closes the source. */
export async function* readLines(source: Source, options: ReadLinesOptions): AsyncGenerator<readonly RawLine[]> {
  const { name } = source;
  const note = (code: NoteCode, detail = "", line?: number): void => {
    options.onNote(makeNote(code, detail, line === undefined ? { source: name } : { source: name, line }));
  };
  let splitter: LineSplitter | undefined;
  try {
    const { head, chunks } = await readHead(source.open());
    const encoding = encodingOf(head);
    if (encoding.name === "utf-8" && !source.incidental && !looksLikeText(head)) note("binary-source");
    splitter = new LineSplitter({
      terminator: head.includes(0x0d) && !head.includes(0x0a) ? "\r" : "\n",
      firstByteOffset: encoding.markBytes,
      onOverlong: ({ line, bytes }) => note("overlong-line", `${bytes} bytes`, line),
    });
    for await (const chunk of toUtf8(chunks, encoding)) yield await splitter.push(chunk);
    if (head.length === 0 && !source.incidental) note("empty-source");
  } catch (error) {
    // Anything else is a fault of the program.
    if (codeOf(error) === undefined) throw error;
    options.onProblem(problemOf(name, error));
  }
  if (splitter !== undefined) yield await splitter.end();
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
