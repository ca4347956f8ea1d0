import { upperFirst } from "../../model/upper-first.js";
import { type Block, type Document, type Fact, isBar, type Section, type Table } from "../document.js";
import { visible } from "../visible.js";
import { spanOf, type Word } from "../words.js";
import { escapeText, inline, inlineCell } from "./escape.js";

/**
 * A document as GitHub-flavoured Markdown under a heading of the second level.
 *
 * @param drawings What stands below each section, as Markdown; null below those without.
 */
export function printMarkdown(document: Document, title: string, drawings: readonly (string | null)[] = []): string {
  // Two blanks at the end of a line break it.
  const answer = document.answer.map(factLine).join("  \n");
  const sections = document.sections.flatMap((one, index) => {
    const drawing = drawings[index] ?? null;
    return drawing === null ? [section(one)] : [section(one), drawing];
  });
  return `${[`## ${title}`, answer, ...sections].join("\n\n")}\n`;
}

function section({ title, aside, blocks }: Section): string {
  const heading = title === "" ? [] : [`### ${escapeText(title)}`];
  // What follows a colon in a terminal stands alone here.
  return [...heading, ...(aside === undefined ? [] : [upperFirst(inline(aside))]), ...blocks.map(block)].join("\n\n");
}

function factLine({ label, words }: Fact): string {
  return label === "" ? atLineStart(inline(words)) : `**${escapeText(label)}:** ${inline(words)}`;
}

function block(one: Block): string {
  switch (one.kind) {
    case "paragraph":
      return atLineStart(inline(one.words));
    case "facts":
      return one.facts.map((fact) => `- ${factLine(fact)}`).join("\n");
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
          if (isBar(cell)) return "";
          const text = inlineCell(cell.map(unstressed));
          return marked === true && text !== "" ? `**${text}**` : text;
        }),
      ),
    ),
  ].join("\n");
}

/** Rows that stand out are bold as a whole, so that no cell may be bold by itself. */
function unstressed(word: Word): Word {
  const { text, tone } = spanOf(word);
  return tone === "strong" || tone === "bad" ? text : { text, tone };
}

/** A fence longer than any in the text. */
function quote(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, ...lines, fence].join("\n");
}
