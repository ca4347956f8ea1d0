import { showText } from "../model/text.js";

/**
 * What a terminal would obey, hide or reorder by: controls (C0, DEL, C1), format characters (bidi, zero width, tags),
 * line separators, blanks other than the space, fillers and variation selectors that change how wide a neighbour is.
 */
const treacherous =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cn}\p{Co}\p{Default_Ignorable_Code_Point}\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]/gu;

/** A mark that would sit on whatever stands before it, at the start of a text. */
const leadingMark = /^\p{M}/u;

/**
 * Log text as terminals and Markdown show it: {@link showText}, and everything treacherous as an escape: `\x1b` up to
 * U+007F, `\u202e` up to U+FFFF, `\u{e0020}` beyond. Raw bytes are `\x80` and up, so that nothing looks like another.
 */
export function visible(text: string): string {
  return withoutControls(showText(text)).replace(leadingMark, escapeCharacter);
}

/** Own sentences that may quote what a user or a file system gave: everything treacherous as an escape, and no more. */
export function withoutControls(text: string): string {
  return text.replace(treacherous, escapeCharacter);
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, "0")}` : `\\u{${code.toString(16)}}`;
}
