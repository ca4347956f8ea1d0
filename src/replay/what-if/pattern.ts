/**
 * Whether a pattern matches the whole of a text: `*` stands for any text, `?` for one character. Linear in the text for
 * each star at most, whatever the pattern.
 */
export function matchesWhole(pattern: string, text: string): boolean {
  let at = 0;
  let position = 0;
  let star = -1;
  let starPosition = 0;
  while (position < text.length) {
    const wanted = pattern[at];
    if (wanted === "*") {
      star = at++;
      starPosition = position;
    } else if (wanted !== undefined && (wanted === "?" || wanted === text[position])) {
      at++;
      position++;
    } else if (star >= 0) {
      // The last star takes one character more.
      at = star + 1;
      position = ++starPosition;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}
