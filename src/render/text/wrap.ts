import { GLUE } from "../quantity.js";
import { visible } from "../visible.js";
import { columnsOf } from "../width.js";
import { type Span, spanOf, type Words } from "../words.js";

/** A piece of a line, safe to print: nothing treacherous, blanks that are meant. */
export interface Piece extends Span {
  readonly columns: number;
}

/** Pieces that are never broken apart. */
interface Token {
  readonly pieces: readonly Piece[];
  readonly columns: number;
}

/**
 * The text of a span as a terminal may have it. A text from the log stands in quotes where its end would not be plain
 * (blanks, quotes, nothing at all), and its blanks never break.
 */
export function shown({ text, tone }: Span): string {
  if (tone === "code") return `\`${visible(text)}\``;
  if (tone !== "log") return text.split(GLUE).map(visible).join(GLUE);
  const safe = visible(text);
  return safe === "" || /[ "]/.test(safe) ? `"${safe.replaceAll('"', '\\"').replaceAll(" ", GLUE)}"` : safe;
}

/** Words as pieces on one line. */
export function piecesOf(words: Words): Piece[] {
  return words.map((word) => {
    const span = spanOf(word);
    const text = shown(span).replaceAll(GLUE, " ");
    return { text, tone: span.tone, columns: columnsOf(text) };
  });
}

export function columnsOfPieces(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.columns, 0);
}

/** Breaks words into lines of at most `columns` columns. A token that is wider alone is left whole. */
export function wrap(words: Words, columns: number): Piece[][] {
  const lines: Piece[][] = [];
  let line: Piece[] = [];
  let used = 0;
  for (const token of tokensOf(words)) {
    if (used > 0 && used + 1 + token.columns > columns) {
      lines.push(line);
      line = [];
      used = 0;
    }
    if (used > 0) {
      line.push({ text: " ", tone: "plain", columns: 1 });
      used++;
    }
    line.push(...token.pieces);
    used += token.columns;
  }
  if (line.length > 0 || lines.length === 0) lines.push(line);
  return lines;
}

function tokensOf(words: Words): Token[] {
  const tokens: Token[] = [];
  let pieces: Piece[] = [];
  const close = (): void => {
    if (pieces.length > 0) tokens.push({ pieces, columns: columnsOfPieces(pieces) });
    pieces = [];
  };
  for (const word of words) {
    const span = spanOf(word);
    shown(span)
      .split(" ")
      .forEach((part, index) => {
        if (index > 0) close();
        if (part === "") return;
        const text = part.replaceAll(GLUE, " ");
        pieces.push({ text, tone: span.tone, columns: columnsOf(text) });
      });
  }
  close();
  return tokens;
}
