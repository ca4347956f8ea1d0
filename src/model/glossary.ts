/** A word that a report or an explanation prints, and what it means. */
export interface GlossaryEntry {
  /** As printed. */
  readonly term: string;
  /** What a number of it counts, where it is one. */
  readonly unit?: "pages" | "kB" | "bytes" | "count";
  /** One or two sentences. */
  readonly meaning: string;
}

/** Words that are printed in one place. */
export interface GlossarySection {
  readonly title: string;
  readonly entries: readonly GlossaryEntry[];
}
