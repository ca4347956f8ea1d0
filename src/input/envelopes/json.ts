import { MESSAGE_NAMES } from "../records/generic.js";
import { readRecord, recordFormatsFor } from "../records/index.js";
import { type Fields, isFields } from "../records/record.js";
import type { Place } from "../sink.js";
import type { Contents, Envelope, EnvelopeFormat } from "./envelope.js";
import { createJsonStream, decodeString, type JsonStream } from "./json-stream.js";

/** Lines of an object that is not over yet are kept, to be read one by one should it be no JSON after all. */
const KEPT_LINES = 1000;
/** Fields that hold the text of a whole console. */
const CONSOLES = ["contents", "Output"];

/** A message within a line that is no JSON: cut at the end of a file, or by a limit. */
const SALVAGE = /"(?:MESSAGE|message|msg|log|line|_raw|short_message)" ?: ?("(?:[^"\\]|\\.)*)/;

const KEY = /"[^"]{1,100}" ?:/;

const ANCHOR = /oom|[Kk]ill(?:ed)? process/;

/** Whether a journal entry on a line can be left unread: no kernel wrote it, and it says nothing that forges a report. */
function cannotMatter(text: string): boolean {
  return text.includes('"_TRANSPORT"') && !text.includes('kernel"') && !ANCHOR.test(text);
}

/** Record separator of RFC 7464, field name of server-sent events. */
function withoutFraming(text: string): string {
  if (text.startsWith("\u001e")) return text.slice(1);
  return text.startsWith("data: ") ? text.slice(6) : text;
}

/** A list of objects; `[    3.865246]` is none. */
const LIST = /^\[\s*(?:\{|$)/;

function isJson(text: string): boolean {
  return text.startsWith("{") || (text.startsWith("[") && LIST.test(text));
}

function parseObject(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

/** Objects one after the other, each on a line of its own or spread over many, in lists or not. */
function open(contents: Contents): Envelope {
  const formats = recordFormatsFor(contents.fields);
  const names = new Set([...MESSAGE_NAMES, contents.fields.message ?? ""].map((name) => name.split(".").at(-1)));
  const parts = new Map<string, string>();
  let kept: { text: string; place: Place }[] = [];
  /** Lines beyond those of {@link kept}. */
  let notKept = 0;
  let stream: JsonStream | null = null;
  let last: Place = { line: 0, byteOffset: null };
  /** Whether an object went over several lines. */
  let spread = false;
  /** Where JSON begins that gave no record so far. */
  let without: Place | null = null;
  let gaveAny = false;

  function read(fields: Fields, place: Place, around: readonly Fields[]): boolean {
    const isRecord = readRecord(formats, fields, { place, around, contents, parts });
    gaveAny ||= isRecord;
    return isRecord;
  }

  function openStream(): JsonStream {
    return createJsonStream(
      (key) => names.has(key) || CONSOLES.includes(key),
      ({ fields, place, around }) => {
        kept = [];
        notKept = 0;
        return read(fields, place, around);
      },
    );
  }

  /** What no parser takes: its messages, and a line without any as it is. Lines of a document are nothing by themselves. */
  function salvage(lines: readonly { text: string; place: Place }[]): void {
    gaveAny = true;
    for (; notKept > 0; notKept--) contents.sink.count("malformed-json", last);
    for (const { text, place } of lines) {
      const found = SALVAGE.exec(text)?.[1];
      // A brace alone is no broken JSON, but some program's text.
      if (KEY.test(text)) contents.sink.count("malformed-json", place);
      if (found === undefined && lines.length > 1) continue;
      const message =
        found === undefined ? null : (decodeString(`${found}"`) ?? decodeString(`${found.slice(0, -1)}"`));
      contents.message(message ?? text, contents.header(), place);
    }
  }

  function push(text: string, place: Place): boolean {
    if (stream === null) {
      if (text === "") return true;
      if (!isJson(text)) return false;
      if (cannotMatter(text)) {
        gaveAny = true;
        return true;
      }
      without ??= place;
      const object = text.startsWith("{") && text.endsWith("}") ? parseObject(text) : null;
      if (object !== null && read(object, place, [])) return true;
      stream = openStream();
    }
    if (kept.length < KEPT_LINES) kept.push({ text, place });
    else notKept++;
    const ok = stream.push(text, place);
    if (ok && !stream.idle) {
      spread = true;
      return true;
    }
    stream = null;
    const lines = kept;
    kept = [];
    if (ok) {
      notKept = 0;
      return true;
    }
    // The object before was cut; this line may be whole.
    salvage(lines.length > 1 ? lines.slice(0, -1) : lines);
    return lines.length > 1 ? push(text, place) : true;
  }

  return {
    push(text, place) {
      last = place;
      const line = withoutFraming(text);
      // GELF over TCP ends each object with a NUL.
      if (!line.includes("\0")) return push(line, place);
      return line.split("\0").every((part) => push(part, place));
    },
    flush() {},
    end() {
      if (stream !== null) salvage(kept);
      for (const text of parts.values()) contents.message(text, contents.header(), last);
      if (!gaveAny && without !== null) {
        for (let line = without.line; line <= last.line; line++) contents.sink.count("json-without-message", without);
      }
    },
    get resumable() {
      return stream === null && parts.size === 0 && !spread;
    },
  };
}

/** JSON in any arrangement; the kinds of objects are in {@link "../records/index.js"}. */
export const json: EnvelopeFormat = {
  id: "json",
  layer: "envelope",
  description:
    "JSON in any arrangement: an object a line, documents over many lines, lists, json-seq, server-sent events.",
  starts: "{[\u001ea",
  opens: (text) => isJson(withoutFraming(text)),
  open,
};
