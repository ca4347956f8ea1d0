import { undoQuotedPrintable } from "../bytes.js";
import type { Format } from "../format.js";
import type { Place } from "../sink.js";

/** The encoding of mails that were saved whole. */
export const quotedPrintable: Format = {
  id: "quoted-printable",
  layer: "paste",
  description: "A mail saved whole, lines folded at 76 with `=` (`gfp_mask=3D0xcc0(GFP_KERNEL), or=`).",
};

/** An equals sign is itself encoded, and a letter beyond ASCII as two bytes. */
const ENCODED = /=3D|=[C-F][0-9A-F]=[89AB][0-9A-F]/;
/** An equals sign that the encoding does not leave: the line is not encoded. */
const PLAIN = /=(?![0-9A-F]{2}|$)/;
const FOLD = 76;

/** A line, perhaps joined from several. */
export interface JoinedLine {
  readonly text: string;
  readonly place: Place;
}

/** Decodes lines once one of them shows the encoding, until one shows that it is over. */
export interface QuotedPrintable {
  /** The decoded line, or null when its rest is still to come. */
  push(text: string, place: Place): JoinedLine | null;
  /** Whether a line waits for its rest. */
  readonly waits: boolean;
  /** What is left of a line whose rest did not come. */
  rest(): JoinedLine | null;
}

const LONGEST = 100_000;

export function createQuotedPrintable(): QuotedPrintable {
  let active = false;
  let held: JoinedLine | null = null;

  function encoded(text: string): boolean {
    if (!text.includes("=")) return active;
    if (PLAIN.test(text)) return false;
    return active || ENCODED.test(text) || (text.length === FOLD && text.endsWith("=") && !text.endsWith("kB ="));
  }

  return {
    push(text, place) {
      active = encoded(text);
      if (!active && held === null) return { text, place };
      const folded = active && text.endsWith("=");
      const joined: string = (held?.text ?? "") + (folded ? text.slice(0, -1) : text);
      const at: Place = held === null ? place : { ...held.place, endLine: place.line };
      held = null;
      if (folded && joined.length < LONGEST) {
        held = { text: joined, place: at };
        return null;
      }
      return { text: undoQuotedPrintable(joined), place: at };
    },
    get waits() {
      return held !== null;
    },
    rest() {
      const last = held;
      held = null;
      return last === null ? null : { ...last, text: undoQuotedPrintable(last.text) };
    },
  };
}
