import type { Document, Section } from "./document.js";
import type { GlossaryEntry } from "./glossary/entry.js";
import { glossary, lookUp } from "./glossary/glossary.js";
import { type PrintOptions, printDocument } from "./text/print.js";
import { muted, type Words } from "./words.js";

/**
 * The glossary for a terminal: one term, or all of them by the part of the report that prints them.
 *
 * @returns The empty string when nothing has that name.
 */
export function renderGlossary(term: string | undefined, options: PrintOptions): string {
  const entries = term === undefined ? glossary : lookUp(term);
  if (entries.length === 0) return "";
  const parts = new Map<string, GlossaryEntry[]>();
  for (const entry of entries) parts.set(entry.part, [...(parts.get(entry.part) ?? []), entry]);
  const sections = [...parts].map(
    ([part, list]): Section => ({
      title: part,
      blocks: [{ kind: "facts", facts: list.map((entry) => ({ label: entry.term, words: meaningOf(entry) })) }],
    }),
  );
  const document: Document = { answer: [], sections };
  return printDocument(document, options);
}

function meaningOf({ meaning, unit, since, until }: GlossaryEntry): Words {
  const range =
    since === undefined
      ? until === undefined
        ? ""
        : `up to ${until}`
      : until === undefined
        ? `since ${since}`
        : `${since} to ${until}`;
  const facts = [unit ?? "", range].filter((fact) => fact !== "").join("; ");
  return [meaning, facts === "" ? "" : muted(` [${facts}]`)];
}
