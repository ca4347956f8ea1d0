import type { Format } from "../format.js";

/** A decoration that a person or a tool put before each line of a log. */
export interface PasteFormat extends Format {
  readonly layer: "paste";
  /** The characters that it can begin with; `0` stands for any digit, `a` for any letter of any script. */
  readonly starts: string;
  /**
   * What must be under it to be believed: a `stamp` or the header of a log, where the decoration may as well be the
   * kernel's text (`kworker/0:1`); else the beginning of a report's `line` will do.
   */
  readonly needs: "stamp" | "line";
  /** A way to take the decoration off this line and those after it, or null when this line has none. */
  open(text: string): Undress | null;
}

/** Takes the decoration off a line; null when the line has none, which ends it. */
export type Undress = (text: string) => string | null;

/** A decoration that each line shows by itself. */
export function plainPaste(
  format: Omit<PasteFormat, "layer" | "open"> & { readonly pattern: RegExp },
): PasteFormat & { readonly layer: "paste" } {
  const { id, description, starts, needs, pattern } = format;
  const undress: Undress = (text) => {
    const match = pattern.exec(text);
    return match === null ? null : text.slice(match[0].length);
  };
  return { id, layer: "paste", description, starts, needs, open: (text) => (undress(text) === null ? null : undress) };
}
