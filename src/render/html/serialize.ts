import { GLUE } from "../quantity.js";
import { visible } from "../visible.js";
import type { Content } from "./element.js";

/** Elements that have no end tag. */
const empty: ReadonlySet<string> = new Set(["br", "col", "hr", "img", "input", "link", "meta", "wbr"]);

/** A text as a page shows it: everything treacherous visible; only our own glue between number and unit stays. */
export function pageText(text: string): string {
  return text.split(GLUE).map(visible).join(GLUE);
}

/** Content as HTML. Nothing in it can end its element or attribute. */
export function serialize(content: readonly Content[]): string {
  return content.map(one).join("");
}

function one(content: Content): string {
  if (typeof content === "string") return escapeHtml(pageText(content));
  const { tag, attributes, children } = content;
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeHtml(pageText(value))}"`);
  const start = `<${tag}${written.join("")}>`;
  return empty.has(tag) ? start : `${start}${serialize(children)}</${tag}>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as HTML, in an element or an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
