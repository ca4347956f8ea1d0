/** A word that a report or an explanation prints, and what it means. */
export interface GlossaryEntry {
  /** As printed; `…` at one end stands for any rest. */
  readonly term: string;
  /** What a number of it counts, where it is one: `pages`, `kB` (1024 bytes), `bytes`, `count`, a range. */
  readonly unit?: string;
  /** One or a few sentences. */
  readonly meaning: string;
  /** The first Linux version that prints it; absent where all that oomlog knows do, or where it is not established. */
  readonly since?: string;
  /** The last one; absent where it still does, or where it is not established. */
  readonly until?: string;
}

/** Words that are printed in one place. */
export interface GlossarySection {
  readonly title: string;
  readonly entries: readonly GlossaryEntry[];
}
