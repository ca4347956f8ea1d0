import type { Place, Sink } from "../sink.js";
import { decorationsFor } from "./index.js";
import { isStamped, looksLikeLog } from "./looks-like-log.js";
import type { Undress } from "./paste.js";

/** Decorations may lie in each other (an indented log in a quoted mail), but not without end. */
const DEEPEST = 4;

/** Takes the decorations of a paste off its lines. */
export interface Undresser {
  /** Takes off what the lines before this one wore; a line that wears less ends it. */
  undress(text: string): string;
  /** Whether the lines wear nothing. */
  readonly bare: boolean;
  /** Looks for decorations on a line that nothing else recognised: what is under them if that looks like a log. */
  discover(text: string, place: Place): string | null;
}

export function createUndresser(sink: Sink): Undresser {
  let worn: Undress[] = [];

  function search(
    text: string,
    depth: number,
    stamp: boolean,
  ): { undress: Undress[]; names: string[]; rest: string } | null {
    for (const format of decorationsFor(text.charCodeAt(0))) {
      const undress = format.open(text);
      const rest = undress?.(text) ?? null;
      if (undress === null || rest === null || rest === text) continue;
      const needsStamp = stamp || format.needs === "stamp";
      if (needsStamp ? isStamped(rest) : looksLikeLog(rest)) return { undress: [undress], names: [format.id], rest };
      const inner = depth < DEEPEST ? search(rest, depth + 1, needsStamp) : null;
      if (inner !== null)
        return { undress: [undress, ...inner.undress], names: [format.id, ...inner.names], rest: inner.rest };
    }
    return null;
  }

  return {
    get bare() {
      return worn.length === 0;
    },
    undress(text) {
      let rest = text;
      for (const [i, undress] of worn.entries()) {
        const next = undress(rest);
        if (next === null) {
          if (rest.trim() !== "") worn = worn.slice(0, i);
          break;
        }
        rest = next;
      }
      return rest;
    },
    discover(text, place) {
      const found = search(text, 1, false);
      if (found === null) return null;
      worn = [...worn, ...found.undress];
      for (const name of found.names) sink.cleaned(name, place);
      return found.rest;
    },
  };
}
