import type { Analysis } from "../model/analysis.js";
import type { Note } from "../model/note.js";
import type { TextLine } from "../model/report.js";
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
  toJsonText,
  toListJson,
} from "../render/index.js";
import { withProtection } from "../replay/what-if/index.js";
import { Failure } from "./failure.js";
import type { Format, PageFormat } from "./formats.js";
import { pageWriter } from "./page-writers.js";

/** A piece of a document: text, or bytes of a format that is none. */
export type Chunk = string | Uint8Array;

/** That there is no report. */
export interface Nothing {
  /** In words, as a message has them. */
  readonly sentence: string;
  /** Lines were read, and none of their reports was left out. */
  readonly isWhole: boolean;
}

/** Turns analyses into a document, piece by piece, as they come. */
export interface DocumentWriter {
  begin(): Chunk;
  /** One analysis; `index` counts from 0. */
  each(analysis: Analysis, index: number): Chunk | Promise<Chunk>;
  /** @param nothing What is to be said where there is no report; else null. */
  end(notes: readonly Note[], nothing: Nothing | null): Chunk | Promise<Chunk>;
  /** Takes a report that comes after the wanted one and says whether it needs more; absent where none is needed. */
  readonly follow?: ((analysis: Analysis) => boolean) | undefined;
  /** What was asked and has no answer in any report, told after the result; absent where nothing can be. */
  readonly failures?: (() => readonly Failure[]) | undefined;
  /** Gets the lines of a report as they stand in the log, before the report; absent where nobody shows them. */
  readonly takeLines?: ((analysis: Analysis, lines: readonly TextLine[]) => void) | undefined;
}

/** The writers of a command, one for each format. */
export type Writers = Readonly<Record<Format, Writer>>;

/** Those of a command that writes pages. */
export type PageWriters = Readonly<Record<PageFormat, Writer>>;

type Writer = (options: TextOptions) => DocumentWriter;

/** The writer of a format; a {@link Failure} where the command has none. */
export function writerOf(writers: Writers | PageWriters, format: PageFormat): Writer {
  const writer = (writers as Partial<PageWriters>)[format];
  if (writer === undefined)
    throw new Failure(`--format ${format}: not of this command`, "explain and triage write pages");
  return writer;
}

/** The writers that are not for pages; `kernel` is the one given by the user, where the log is silent. */
export function explainWriters(kernel: string | undefined): Writers {
  return {
    text: (options) => separated((analysis) => renderText(withProtection(analysis, kernel), options)),
    markdown: (options) => separated((analysis) => renderMarkdown(withProtection(analysis, kernel), options)),
    json: (options) => jsonDocument("analyses", (analysis) => toJsonText(analysis, options)),
    ndjson: (options) => jsonLines((analysis) => toJsonText(analysis, options)),
  };
}

/**
 * The writers of `explain`.
 *
 * @param root The folder of the package.
 */
export function explainPageWriters(kernel: string | undefined, root: string): PageWriters {
  return { ...explainWriters(kernel), html: () => pageWriter(kernel, root) };
}

export const listWriters: Writers = {
  text: (options) => joined("", (analysis) => renderListText(analysis, options)),
  markdown: () => joined(listMarkdownHead, renderListMarkdown),
  json: () => jsonDocument("reports", (analysis) => jsonText(toListJson(analysis))),
  ndjson: () => jsonLines((analysis) => jsonText(toListJson(analysis))),
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
function jsonDocument(name: string, toText: (analysis: Analysis) => string): DocumentWriter {
  return {
    begin: () => `{"schemaVersion":${SCHEMA_VERSION},"${name}":[\n`,
    each: (analysis, index) => `${index === 0 ? "" : ",\n"}${toText(analysis)}`,
    end: (notes) => `\n],"notes":${jsonText(plain(notes))}}\n`,
  };
}

function jsonLines(toText: (analysis: Analysis) => string): DocumentWriter {
  return {
    begin: () => "",
    each: (analysis) => `${toText(analysis)}\n`,
    end: () => "",
  };
}
