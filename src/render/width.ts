/**
 * Characters that a terminal shows two columns wide: those of CJK scripts, full-width forms, and emoji that are drawn as
 * pictures. Half-width Katakana and Hangul (U+FF61 to U+FFDC) are one column wide and not listed.
 */
const wide =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Tangut}\p{Script=Nushu}\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u33ff\ua960-\ua97c\uac00-\ud7a3\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}]/u;

/** Regional indicators are drawn in pairs, one column each, though each alone is an emoji. */
const regionalIndicator = /\p{Regional_Indicator}/u;

/** Characters that take no column: marks on the one before, and the vowels and finals of composed Hangul. */
const combining = /[\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7fb]/u;

/** Terminal columns of a text without controls ({@link "./visible.js"}); plain ASCII is one column a character. */
export function columnsOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += widthOf(character);
  return columns;
}

/** Columns of one character. */
export function widthOf(character: string): 0 | 1 | 2 {
  if (character <= "~") return 1;
  if (combining.test(character)) return 0;
  return wide.test(character) && !regionalIndicator.test(character) ? 2 : 1;
}

/** The text in pieces of at most `columns` columns; a mark stays with its base. */
export function cutToColumns(text: string, columns: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  let used = 0;
  for (const character of text) {
    const width = widthOf(character);
    if (used + width > columns && piece !== "") {
      pieces.push(piece);
      piece = "";
      used = 0;
    }
    piece += character;
    used += width;
  }
  return piece === "" && pieces.length > 0 ? pieces : [...pieces, piece];
}
