import type { Words } from "./words.js";

/**
 * An explanation as blocks of words, before any width, colour or markup: what a terminal and a ticket show is one
 * content in two layouts.
 */
export interface Document {
  /** The answer: what was killed, by which limit, why and whether the re-run confirms it; a line each. */
  readonly answer: readonly Fact[];
  readonly sections: readonly Section[];
}

export interface Section {
  /** Empty for what belongs to the answer. */
  readonly title: string;
  /** What stands behind the title: units, counts. */
  readonly aside?: Words;
  readonly blocks: readonly Block[];
}

export type Block = Paragraph | Facts | List | Table | Quote;

export interface Paragraph {
  readonly kind: "paragraph";
  readonly words: Words;
}

/** Labels and what they say, aligned. */
export interface Facts {
  readonly kind: "facts";
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly words: Words;
  readonly tone?: "good" | "bad" | "warn";
}

export interface List {
  readonly kind: "list";
  readonly items: readonly Words[];
  readonly numbered?: boolean;
}

/** Lines of the log as they are, with their numbers. */
export interface Quote {
  readonly kind: "quote";
  readonly lines: readonly { readonly line: number; readonly text: string }[];
}

export interface Table {
  readonly kind: "table";
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
  /** What the fills of a bar mean; stands below the table where the bar is drawn. */
  readonly legend?: string;
  /** Columns that do not fit go in the order of this number, the highest first; those without one stay. */
  readonly drop?: number;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** A row that stands out. */
  readonly marked?: boolean;
}

export type Cell = Words | Bar;

/** A horizontal bar, of shares of the longest one; drawn where there is room, left out elsewhere. */
export interface Bar {
  readonly bar: readonly BarPart[];
}

export interface BarPart {
  /** 0 to 1. */
  readonly share: number;
  readonly fill: "full" | "dark" | "medium" | "light";
}

export const paragraph = (...words: Words): Paragraph => ({ kind: "paragraph", words });
export const facts = (...rows: readonly Fact[]): Facts => ({ kind: "facts", facts: rows });
export const list = (items: readonly Words[]): List => ({ kind: "list", items });
export const isBar = (cell: Cell): cell is Bar => "bar" in cell;
