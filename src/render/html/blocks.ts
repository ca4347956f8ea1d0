import { type Block, type Cell, type Fact, isBar, type Section, type Table } from "../document.js";
import { formatLines } from "../quantity.js";
import { type Span, spanOf, type Word, type Words } from "../words.js";
import { bar } from "./bar.js";
import { type Content, type Element, h } from "./element.js";

/** Words as content: text from the log in elements of its own, references to lines as links. */
export function inline(words: Words): Content[] {
  return words.map(spanContent).filter((content) => content !== "");
}

function spanContent(word: Word): Content {
  const span = spanOf(word);
  if (span.lines !== undefined) return lineLink(span.lines, span.text);
  switch (span.tone) {
    case "plain":
      return span.text;
    case "log":
      return logText(span.text);
    case "code":
      return h("code", {}, span.text);
    case "strong":
      return h("strong", {}, span.text);
    default:
      return toned(span);
  }
}

function toned({ text, tone }: Span): Element {
  return h("span", { class: `tone-${tone}` }, text);
}

/** Text from the log; in isolation from the direction of its neighbours. */
export function logText(text: string): Element {
  return h("bdi", { class: "log" }, text === "" ? '""' : text);
}

/** A reference to lines of the log, which leads there. */
export function lineLink(lines: readonly number[], text: string): Element {
  return h(
    "a",
    { class: "ref", href: `#L${lines[0] ?? 0}`, "data-lines": formatLines(lines, Number.POSITIVE_INFINITY) },
    text,
  );
}

/** A section with its heading. */
export function section(id: string, { title, aside, blocks }: Section, ...drawings: readonly Content[]): Element {
  return h(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    h("h2", { id: `${id}-title` }, title),
    aside === undefined ? null : h("p", { class: "aside" }, inline(aside)),
    drawings,
    blocks.map(block),
  );
}

export function block(one: Block): Element {
  switch (one.kind) {
    case "paragraph":
      return h("p", {}, inline(one.words));
    case "facts":
      return factList(one.facts);
    case "list":
      return h(
        one.numbered === true ? "ol" : "ul",
        {},
        one.items.map((item) => h("li", {}, inline(item))),
      );
    case "table":
      return table(one);
    case "quote":
      return h(
        "pre",
        { class: "quote", tabindex: 0 },
        one.lines.map(({ line, text }) => h("span", {}, `:${line}  `, text)),
      );
  }
}

/** Labels and what they say. A fact without a label goes on with the one before. */
export function factList(facts: readonly Fact[], name = "facts"): Element {
  return h(
    "dl",
    { class: name },
    facts.map(({ label, words, tone }) =>
      h(
        "div",
        { class: tone === undefined ? undefined : `is-${tone}` },
        h("dt", {}, label),
        h("dd", {}, inline(words)),
      ),
    ),
  );
}

function table({ columns, rows }: Table): Element {
  const legends = columns.flatMap(({ legend }) => (legend === undefined ? [] : [legend]));
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": "Table" },
    h(
      "table",
      {},
      columns.some(({ title }) => title !== "")
        ? h(
            "thead",
            {},
            h(
              "tr",
              {},
              columns.map(({ title, align }) =>
                h(title === "" ? "td" : "th", { class: align, scope: title === "" ? undefined : "col" }, title),
              ),
            ),
          )
        : null,
      h(
        "tbody",
        {},
        rows.map(({ cells, marked }) =>
          h(
            "tr",
            { class: marked === true ? "marked" : undefined },
            columns.map(({ align }, index) => h("td", { class: align }, cellContent(cells[index] ?? []))),
          ),
        ),
      ),
    ),
    legends.map((legend) => h("p", { class: "aside" }, legend)),
  );
}

function cellContent(cell: Cell): Content[] {
  if (!isBar(cell)) return inline(cell);
  return [bar(cell.bar.map(({ share, fill }) => ({ share, kind: fill })))];
}
