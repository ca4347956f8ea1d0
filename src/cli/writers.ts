import type { Analysis } from "../model/analysis.js";
import type { Note } from "../model/note.js";
import {
  jsonText,
  listMarkdownHead,
  plain,
  renderListMarkdown,
  renderListText,
  renderMarkdown,
  renderText,
  SCHEMA_VERSION,
  type TextOptions,
  toJson,
  toListJson,
} from "../render/index.js";
import type { Format } from "./formats.js";
import { withProtection } from "./with-protection.js";

/** A piece of a document: text, or bytes of a format that is none. */
export type Chunk = string | Uint8Array;

/** Turns analyses into a document, piece by piece, as they come. */
export interface DocumentWriter {
  begin(): Chunk;
  /** One analysis; `index` counts from 0. */
  each(analysis: Analysis, index: number): Chunk | Promise<Chunk>;
  end(notes: readonly Note[]): Chunk | Promise<Chunk>;
  /** Takes a report that comes after the wanted one and says whether it needs more; absent where none is needed. */
  readonly follow?: ((analysis: Analysis) => boolean) | undefined;
}

/** The writers of a command, one for each format. */
export type Writers = Readonly<Record<Format, (options: TextOptions) => DocumentWriter>>;

/** The writers of `explain`; `kernel` is the one given by the user, where the log is silent. */
export function explainWriters(kernel: string | undefined): Writers {
  return {
    text: (options) => separated((analysis) => renderText(withProtection(analysis, kernel), options)),
    markdown: (options) => separated((analysis) => renderMarkdown(withProtection(analysis, kernel), options)),
    json: (options) => jsonDocument("analyses", (analysis) => toJson(analysis, options)),
    ndjson: (options) => jsonLines((analysis) => toJson(analysis, options)),
  };
}

export const listWriters: Writers = {
  text: (options) => joined("", (analysis) => renderListText(analysis, options)),
  markdown: () => joined(listMarkdownHead, renderListMarkdown),
  json: () => jsonDocument("reports", toListJson),
  ndjson: () => jsonLines(toListJson),
};

function joined(head: string, render: (analysis: Analysis) => string): DocumentWriter {
  return { begin: () => head, each: render, end: () => "" };
}

/** An empty line between two texts. */
function separated(render: (analysis: Analysis) => string): DocumentWriter {
  return {
    begin: () => "",
    each: (analysis, index) => `${index === 0 ? "" : "\n"}${render(analysis)}`,
    end: () => "",
  };
}

/** One JSON document that is complete at its end, one element a line. */
function jsonDocument(name: string, toElement: (analysis: Analysis) => unknown): DocumentWriter {
  return {
    begin: () => `{"schemaVersion":${SCHEMA_VERSION},"${name}":[\n`,
    each: (analysis, index) => `${index === 0 ? "" : ",\n"}${jsonText(toElement(analysis))}`,
    end: (notes) => `\n],"notes":${jsonText(plain(notes))}}\n`,
  };
}

function jsonLines(toElement: (analysis: Analysis) => unknown): DocumentWriter {
  return {
    begin: () => "",
    each: (analysis) => `${jsonText(toElement(analysis))}\n`,
    end: () => "",
  };
}
