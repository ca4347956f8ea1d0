import type { Place } from "../sink.js";
import type { Contents, Envelope, EnvelopeFormat } from "./envelope.js";

const PART = /^(?:Panic|Oops|Emergency|Shutdown|Restart|Halt|Poweroff|Unknown)#(\d+) Part(\d+)$/;
/** Parts of one dump are held to be put in order; they are as large as the firmware's store at most. */
const MOST_LINES = 200_000;

interface Part {
  readonly dump: number;
  readonly part: number;
  readonly lines: { text: string; place: Place }[];
}

/** The log of a panic in parts of which the first is the end: the highest part goes first. */
function open(contents: Contents): Envelope {
  let parts: Part[] = [];
  let lines = 0;

  function flush(): void {
    for (const { lines } of parts.toSorted((a, b) => a.dump - b.dump || b.part - a.part))
      for (const { text, place } of lines) contents.message(text, contents.header(), place);
    parts = [];
    lines = 0;
  }

  return {
    push(text, place) {
      const head = PART.exec(text);
      if (head !== null) {
        parts.push({ dump: Number(head[1]), part: Number(head[2]), lines: [] });
        return true;
      }
      if (lines === MOST_LINES) flush();
      const last = parts.at(-1);
      last?.lines.push({ text, place });
      lines++;
      return last !== undefined;
    },
    flush() {},
    end: flush,
  };
}

/** Files of pstore (ramoops, EFI variables). */
export const pstore: EnvelopeFormat = {
  id: "pstore",
  layer: "envelope",
  description: "Parts of a panic's log from pstore, the last first (`Panic#1 Part1`, then `<4>[    3.865246] …`).",
  starts: "a",
  opens: (text) => text.length < 40 && text.includes("#") && PART.test(text),
  open,
};
