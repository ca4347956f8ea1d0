import { GLUE } from "../quantity.js";
import { visible } from "../visible.js";
import { type Span, spanOf, type Words } from "../words.js";

/** Words as GitHub-flavoured Markdown on one line. */
export function inline(words: Words): string {
  return words.map((word) => inlineSpan(spanOf(word))).join("");
}

function inlineSpan(span: Span): string {
  if (span.tone === "log") return codeSpan(span.text);
  const text = escapeText(span.text);
  const bare = text.trim();
  if (bare === "") return text;
  return span.tone === "strong" || span.tone === "bad" ? text.replace(bare, () => `**${bare}**`) : text;
}

/**
 * Text from the log as a code span: nothing inside is markup, a mention, a link or an issue number. A fence longer than
 * any run of backticks inside holds it; a blank at either end keeps the fence apart from backticks and blanks.
 */
export function codeSpan(text: string): string {
  const safe = visible(text);
  if (safe === "") return '""';
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const padded = /^[` ]|[` ]$/.test(safe) ? ` ${safe} ` : safe;
  // A table splits at bars even inside code.
  return `${fence}${padded.replaceAll("|", "\\|")}${fence}`;
}

/** Own sentences, which may hold names: markup escaped, mentions, issue numbers and links taken apart. */
export function escapeText(text: string): string {
  return text
    .split(GLUE)
    .map((part) =>
      visible(part)
        .replace(/[\\`*_{}[\]<>|~&]/g, (character) =>
          character === "<" ? "&lt;" : character === "&" ? "&amp;" : `\\${character}`,
        )
        .replace(/[@#](?=[\w-])|:\/\/|\bwww\./gi, (match) => `${match[0]}<!-- -->${match.slice(1)}`),
    )
    .join(" ");
}
