import { type Block, type Document, isBar, type Section, type Table } from "../document.js";
import { visible } from "../visible.js";
import { escapeText, inline } from "./escape.js";

/** A document as GitHub-flavoured Markdown under a heading of the second level. */
export function printMarkdown(document: Document, title: string): string {
  const answer = document.answer.map(({ label, words }) => `- **${escapeText(label)}:** ${inline(words)}`);
  return `${[`## ${title}`, answer.join("\n"), ...document.sections.map(section)].join("\n\n")}\n`;
}

function section({ title, aside, blocks }: Section): string {
  const heading = title === "" ? [] : [`### ${escapeText(title)}`];
  return [...heading, ...(aside === undefined ? [] : [sentence(inline(aside))]), ...blocks.map(block)].join("\n\n");
}

/** What follows a colon in a terminal stands alone here. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function block(one: Block): string {
  switch (one.kind) {
    case "paragraph":
      return atLineStart(inline(one.words));
    case "facts":
      return one.facts.map(({ label, words }) => `- **${escapeText(label)}:** ${inline(words)}`).join("\n");
    case "list":
      return one.items
        .map((words, index) => `${one.numbered === true ? `${index + 1}.` : "-"} ${atLineStart(inline(words))}`)
        .join("\n");
    case "table":
      return table(one);
    case "quote":
      return quote(one.lines.map(({ line, text }) => `:${line}  ${visible(text)}`));
  }
}

/** Escapes what starts a heading, a list or a quote when it stands first. */
function atLineStart(text: string): string {
  return text.replace(/^(?:[#+=-]|\d+(?=[.)]))/, (mark) => (/^\d/.test(mark) ? mark : `\\${mark}`));
}

function table({ columns, rows }: Table): string {
  const kept = columns.flatMap((column, index) => {
    const isDrawn = rows.some(({ cells }) => isBar(cells[index] ?? []));
    return isDrawn ? [] : [{ column, index }];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(kept.map(({ column }) => escapeText(column.title))),
    line(kept.map(({ column }) => (column.align === "right" ? "---:" : "---"))),
    ...rows.map(({ cells, marked }) =>
      line(
        kept.map(({ index }) => {
          const cell = cells[index] ?? [];
          const text = isBar(cell) ? "" : inline(cell);
          return marked === true && text !== "" ? `**${text}**` : text;
        }),
      ),
    ),
  ].join("\n");
}

/** A fence longer than any in the text. */
function quote(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, ...lines, fence].join("\n");
}
