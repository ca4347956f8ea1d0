import { glossary } from "../kernel/glossary/index.js";
import type { GlossaryEntry, GlossarySection } from "../model/glossary.js";
import { explanationGlossary, type PrintOptions, renderGlossary } from "../render/index.js";
import { Failure } from "./failure.js";
import { nearestWord } from "./nearest-word.js";

const sections: readonly GlossarySection[] = [explanationGlossary, ...glossary];

/**
 * The glossary as text: all of it, or the entries of some words.
 *
 * @throws {Failure} when there is no entry for a word.
 */
export function printGlossary(words: readonly string[], options: PrintOptions): string {
  for (const word of words) {
    if (sections.every(({ entries }) => !entries.some((entry) => isAbout(entry, word)))) throw unknownWord(word);
  }
  const wanted = sections.map(({ title, entries }) => ({
    title,
    entries: entries.filter((entry) => words.length === 0 || words.some((word) => isAbout(entry, word))),
  }));
  return renderGlossary(
    wanted.filter(({ entries }) => entries.length > 0),
    options,
  );
}

/** Whether an entry explains a word: its own term, or a part that stands for many (`total_…`, `…_direct`). */
export function isAbout({ term }: GlossaryEntry, word: string): boolean {
  if (term.startsWith("…")) return word.endsWith(term.slice(1));
  if (term.endsWith("…")) return word.startsWith(term.slice(0, -1));
  return term.toLowerCase() === word.toLowerCase();
}

function unknownWord(word: string): Failure {
  const terms = sections.flatMap(({ entries }) => entries.map(({ term }) => term));
  const nearest = nearestWord(word, terms);
  return new Failure(
    `${word} is not in the glossary`,
    nearest === undefined ? "All of it: oomlog explain --glossary" : `Did you mean ${nearest}?`,
  );
}
