import type { Analysis } from "../../model/analysis.js";
import { type Paint, painted } from "../text/style.js";
import { columnsOfPieces, piecesOf } from "../text/wrap.js";
import { listFields } from "./fields.js";

/**
 * A report on one line. Fields are padded to what most values need, not to each other: each line is printed before the
 * next is known. Two blanks part them.
 */
export function renderListText(analysis: Analysis, { paint }: { readonly paint: Paint }): string {
  const fields = listFields(analysis).map(({ words, columns }) => {
    const pieces = piecesOf(words);
    const text = pieces.map((piece) => painted(paint, piece.tone, piece.text)).join("");
    return text + " ".repeat(Math.max(0, columns - columnsOfPieces(pieces)));
  });
  return `${fields.join("  ")}\n`;
}
