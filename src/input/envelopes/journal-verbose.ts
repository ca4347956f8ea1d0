import { readIsoTime } from "../prefixes/iso.js";
import { readJournalEntry } from "../records/journal.js";
import type { Place } from "../sink.js";
import type { Contents, Envelope, EnvelopeFormat } from "./envelope.js";

/** Weekday, time and zone, then the cursor; `t` is the wall time in hexadecimal microseconds, whatever the zone. */
const HEAD = /^\w{3} \d{4}-\d\d-\d\d [\d:.]+ \S+ \[s=[0-9a-f]{32};(?:[a-z]=[0-9a-f]+;){0,6}[a-z]=[0-9a-f]+\]$/;
const WALL = /;t=([0-9a-f]+)/;
const FIELD = /^ {4}([A-Z0-9_]{1,64})=/;

function open(contents: Contents): Envelope {
  let fields: Record<string, string> = {};
  let place: Place | null = null;
  let name = "";
  let indent = "";

  function finish(): void {
    if (place !== null) readJournalEntry(fields, { place, around: [], contents, parts: new Map() });
    fields = {};
    place = null;
  }

  return {
    push(text, at) {
      if (HEAD.test(text)) {
        finish();
        place = at;
        const wall = WALL.exec(text)?.[1];
        if (wall !== undefined) fields["__REALTIME_TIMESTAMP"] = String(Number.parseInt(wall, 16));
        return true;
      }
      if (text === "") return true;
      const field = FIELD.exec(text);
      if (field !== null) {
        name = field[1] ?? "";
        indent = " ".repeat(field[0].length);
        fields[name] ??= text.slice(field[0].length);
        if (name === "MESSAGE") place = at;
        return true;
      }
      if (name === "" || !text.startsWith(indent)) return false;
      fields[name] += `\n${text.slice(indent.length)}`;
      return true;
    },
    flush() {},
    end: finish,
  };
}

/** `journalctl -o verbose`. */
export const journalVerbose: EnvelopeFormat = {
  id: "journal-verbose",
  layer: "envelope",
  description: "journalctl -o verbose: a line of time and cursor, then indented fields (`    MESSAGE=…`).",
  starts: "a",
  opens: (text) =>
    text.charCodeAt(3) === 0x20 && text.includes(" [s=") && readIsoTime(text, 4) !== null && HEAD.test(text),
  open,
};
