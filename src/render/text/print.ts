import type { Block, Document, Fact, Quote, Section } from "../document.js";
import { visible } from "../visible.js";
import { columnsOf } from "../width.js";
import type { Tone, Words } from "../words.js";
import { type Paint, painted } from "./style.js";
import { layOut } from "./table.js";
import { type Piece, wrap } from "./wrap.js";

/** Blanks before everything inside a section. */
const INDENT = 2;

/** A longer label stands on a line of its own. */
const LONGEST_LABEL = 22;

/** Prose wider than this is hard to read; tables may take the whole width. */
const MEASURE = 120;

/** Narrower than this nothing can be laid out; a terminal that is narrower wraps by itself. */
const NARROWEST = 40;

export interface PrintOptions {
  /** Columns to stay within. */
  readonly width: number;
  readonly paint: Paint;
}

/** A document as lines for a terminal, each ended by a newline. */
export function printDocument(document: Document, { width, paint }: PrintOptions): string {
  const printer = new Printer(Math.max(width, NARROWEST), paint);
  printer.facts(document.answer, 0);
  for (const section of document.sections) printer.section(section);
  return printer.text();
}

class Printer {
  readonly #lines: string[] = [];
  readonly #width: number;
  readonly #measure: number;
  readonly #paint: Paint;

  constructor(width: number, paint: Paint) {
    this.#width = width;
    this.#measure = Math.min(width, MEASURE);
    this.#paint = paint;
  }

  text(): string {
    return this.#lines.map((line) => `${line}\n`).join("");
  }

  section({ title, aside, blocks }: Section): void {
    if (this.#lines.length > 0) this.#lines.push("");
    if (title !== "") this.#heading(title, aside);
    for (const block of blocks) this.#block(block);
  }

  #heading(title: string, aside: Words | undefined): void {
    const heading: Words =
      aside === undefined ? [{ text: title, tone: "strong" }] : [{ text: title, tone: "strong" }, ": ", ...aside];
    this.#hanging([], wrap(heading, this.#measure), 0, INDENT);
  }

  /** Labels in a column, what they say in the next. */
  facts(facts: readonly Fact[], indent: number): void {
    const safe = facts.map((fact) => ({ ...fact, label: visible(fact.label) }));
    const labels = Math.max(0, ...safe.map(({ label }) => Math.min(columnsOf(label), LONGEST_LABEL))) + 2;
    for (const { label, words, tone } of safe) {
      const columns = columnsOf(label);
      const marker = (text: string): Piece => ({ text, tone: tone ?? "strong", columns: columnsOf(text) });
      const lines = wrap(words, this.#measure - indent - labels);
      if (columns > LONGEST_LABEL) {
        this.#push(" ".repeat(indent), [marker(label)]);
        this.#hanging([], lines, indent + labels, indent + labels);
      } else {
        this.#hanging([marker(label + " ".repeat(labels - columns))], lines, indent, indent + labels);
      }
    }
  }

  #block(block: Block): void {
    switch (block.kind) {
      case "paragraph":
        this.#hanging([], wrap(block.words, this.#measure - INDENT), INDENT, INDENT);
        return;
      case "facts":
        this.facts(block.facts, INDENT);
        return;
      case "list":
        block.items.forEach((words, index) => {
          const text = block.numbered === true ? `${String(index + 1).padStart(2)}. ` : "- ";
          const marker: Piece = { text, tone: "plain", columns: text.length };
          const hanging = INDENT + text.length;
          this.#hanging([marker], wrap(words, this.#measure - hanging), INDENT, hanging);
        });
        return;
      case "table":
        for (const { pieces, marked } of layOut(block, this.#width - INDENT)) {
          this.#push(" ".repeat(INDENT), pieces, marked ? "strong" : null);
        }
        return;
      case "quote":
        this.#quote(block);
    }
  }

  /** Lines of the log, whole: breaking them would change them. */
  #quote({ lines }: Quote): void {
    const digits = String(lines.at(-1)?.line ?? 0).length;
    for (const { line, text } of lines) {
      const safe = visible(text);
      this.#push(" ".repeat(INDENT), [
        { text: `:${String(line).padEnd(digits)}  `, tone: "muted", columns: digits + 3 },
        { text: safe, tone: "plain", columns: columnsOf(safe) },
      ]);
    }
  }

  #hanging(marker: readonly Piece[], lines: readonly (readonly Piece[])[], first: number, rest: number): void {
    lines.forEach((pieces, index) => {
      this.#push(" ".repeat(index === 0 ? first : rest), index === 0 ? [...marker, ...pieces] : pieces);
    });
  }

  #push(indent: string, pieces: readonly Piece[], over: Tone | null = null): void {
    const end = pieces.findLastIndex(({ text }) => text.trim() !== "");
    const line = pieces
      .slice(0, end + 1)
      .map(({ text, tone }, index) => {
        const kept = index === end ? text.trimEnd() : text;
        return kept.trim() === ""
          ? kept
          : painted(this.#paint, tone, over === null ? kept : painted(this.#paint, over, kept));
      })
      .join("");
    this.#lines.push(`${indent}${line}`.trimEnd());
  }
}
