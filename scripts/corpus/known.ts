import { readFile } from "node:fs/promises";
import { basename } from "node:path";

/**
 * A place where what is expected of a corpus and what is read differ for a known reason. One report and one line of
 * evidence an entry, never a pattern; the list may only shrink.
 */
export interface KnownMismatch {
  /** Name of the log in the corpus. */
  readonly file: string;
  /** Line of the evidence (1-based), and its text to the letter. */
  readonly line: number;
  readonly quote: string;
  /** Id of the report that it is about; null where the index expects one that is none. */
  readonly report: string | null;
  /** Which expectation does not hold: a trigger of the index, a death of the index, a whole row, or a settled verdict. */
  readonly expectation: "invoked" | "killed" | "row" | "verdict";
  readonly why: string;
}

/** The known mismatches of a folder, by its name; none for a folder without a list. */
export async function knownMismatches(directory: string): Promise<readonly KnownMismatch[]> {
  const list = new URL(
    `../../../scripts/corpus/known/${encodeURIComponent(basename(directory))}.jsonl`,
    import.meta.url,
  );
  const text = await readFile(list, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as KnownMismatch);
}

/** Those of a file whose evidence stands in it: an entry never applies to another text of the same name. */
export function applicable(
  known: readonly KnownMismatch[],
  path: string,
  lines: readonly string[],
): readonly KnownMismatch[] {
  return known.filter(({ file, line, quote }) => file === basename(path) && lines[line - 1] === quote);
}
