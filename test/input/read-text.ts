import { createLineReader, type LineReaderOptions } from "../../src/input/index.js";
import type { LogLine } from "../../src/model/log-line.js";
import type { Note } from "../../src/model/note.js";
import { decodeBytes } from "../../src/model/text.js";

/** 2026-11-24, after every stamp of the fixtures. */
export const NOW = Date.UTC(2026, 10, 24);

/** Reads a text, or bytes, as one source. */
export function readText(
  input: string | Uint8Array,
  options: Partial<LineReaderOptions> = {},
): { lines: LogLine[]; notes: Note[] } {
  const lines: LogLine[] = [];
  const notes: Note[] = [];
  const reader = createLineReader({
    source: "-",
    timeZone: 0,
    now: NOW,
    onLine: (line) => lines.push(line),
    onNote: (note) => notes.push(note),
    ...options,
  });
  const raw = (typeof input === "string" ? input : decodeBytes(input)).split("\n");
  if (raw.at(-1) === "") raw.pop();
  for (const [i, text] of raw.entries()) reader.push(text, i + 1, null);
  reader.end();
  return { lines, notes };
}
