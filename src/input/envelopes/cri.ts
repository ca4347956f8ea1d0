import type { Header } from "../header.js";
import { readIsoTime } from "../prefixes/iso.js";
import type { Place } from "../sink.js";
import type { Contents, Envelope, EnvelopeFormat } from "./envelope.js";

const STREAM = / (stdout|stderr) ([FP])(?::\S*)? ?/y;
const LONGEST = 1 << 20;

/** `2026-10-17T10:03:07.886906000Z stdout F `; `P` marks a part whose rest follows on the same stream. */
function open(contents: Contents): Envelope {
  const parts = new Map<string, { text: string; header: Header; place: Place }>();
  return {
    push(text, place) {
      const time = readIsoTime(text, 0);
      if (time === null) return false;
      STREAM.lastIndex = time.end;
      const match = STREAM.exec(text);
      if (match === null) return false;
      const [whole, stream = "", tag] = match;
      const header = contents.header();
      header.civil = time.civil;
      const part = parts.get(stream) ?? { text: "", header, place };
      const joined = { ...part, text: part.text + text.slice(time.end + whole.length) };
      if (tag === "P" && joined.text.length < LONGEST) parts.set(stream, joined);
      else {
        parts.delete(stream);
        contents.message(joined.text, joined.header, joined.place);
      }
      return true;
    },
    flush() {},
    get resumable() {
      return parts.size === 0;
    },
    end() {
      for (const { text, header, place } of parts.values()) contents.message(text, header, place);
    },
  };
}

const PROBE = /^\d{4}-\S+(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP]/;

/** Logs of containerd and CRI-O. */
export const cri: EnvelopeFormat = {
  id: "cri",
  layer: "envelope",
  description: "Container log of containerd or CRI-O (`2026-10-17T10:03:07.886906000Z stdout F [    3.877175] …`).",
  starts: "0",
  opens: (text) => text.charCodeAt(10) === 0x54 && PROBE.test(text),
  open,
};
