import type { GlossaryEntry } from "./entry.js";
import { memcgTerms } from "./memcg.js";
import { memoryTerms } from "./memory.js";
import { taskTerms } from "./tasks.js";
import { triggerTerms } from "./trigger.js";

/** Every term of a report, in the order in which reports print them. */
export const glossary: readonly GlossaryEntry[] = [...triggerTerms, ...memcgTerms, ...memoryTerms, ...taskTerms];

/** The entries of a term, as printed; where none is, those whose name holds it, in any case. */
export function lookUp(term: string): readonly GlossaryEntry[] {
  const wanted = term.trim().toLowerCase();
  if (wanted === "") return [];
  const exact = glossary.filter((entry) => names(entry, wanted));
  return exact.length > 0 ? exact : glossary.filter((entry) => entry.term.toLowerCase().includes(wanted));
}

function names({ term }: GlossaryEntry, wanted: string): boolean {
  const name = term.toLowerCase();
  return name.endsWith("*") ? wanted.startsWith(name.slice(0, -1)) : name === wanted;
}
