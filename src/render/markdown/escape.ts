import { GLUE } from "../quantity.js";
import { visible } from "../visible.js";
import { type Span, spanOf, type Words } from "../words.js";

/** Words as GitHub-flavoured Markdown on one line. */
export function inline(words: Words): string {
  return words.map((word) => inlineSpan(spanOf(word))).join("");
}

/** The same for a cell of a table, which splits at bars even inside code. */
export function inlineCell(words: Words): string {
  return inline(words).replace(/(?<!\\)\|/g, "\\|");
}

function inlineSpan(span: Span): string {
  if (span.tone === "log" || span.tone === "code") return codeSpan(span.text);
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
  return `${fence}${padded}${fence}`;
}

/** What would be markup. An underscore inside a word is none: `oom_score_adj` stays readable. */
const markup = /[\\`*{}[\]<>|~&]|(?<![a-zA-Z0-9])_|_(?![a-zA-Z0-9])/g;

/** Mentions, issue numbers and links, which sites make of plain text. */
const automatic = /[@#](?=[\w-])|:\/\/|\bwww\./gi;

const entities: Readonly<Record<string, string>> = { "<": "&lt;", "&": "&amp;" };

/** Own sentences, which may hold names: markup escaped, mentions, issue numbers and links taken apart. */
export function escapeText(text: string): string {
  return text
    .split(GLUE)
    .map((part) =>
      visible(part)
        .replace(markup, (character) => entities[character] ?? `\\${character}`)
        .replace(automatic, (match) => `${match[0]}<!-- -->${match.slice(1)}`),
    )
    .join(" ");
}
