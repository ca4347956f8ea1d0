import type { Fields } from "../records/record.js";
import type { Place } from "../sink.js";

/** An object that a document holds as an element of a list or as its whole. */
export interface FoundObject {
  readonly fields: Fields;
  /** Where its message stands, or its end. */
  readonly place: Place;
  /** The objects that it lies in, innermost last, as far as they were read. */
  readonly around: readonly Fields[];
}

/** Reads JSON documents line by line, without ever holding a whole one. */
export interface JsonStream {
  /** Reads a line. False when it is no JSON: the stream is over. */
  push(text: string, place: Place): boolean;
  /** Whether no document is open. */
  readonly idle: boolean;
}

/** A list or object that is open. */
interface Frame {
  readonly list: unknown[] | null;
  readonly object: Record<string, unknown> | null;
  /** Key of the value that comes next, in an object. */
  key: string | null;
  /** What may come next. */
  expect: "first" | "key" | "colon" | "value" | "comma";
  place: Place | null;
}

const STRING_RUN = /[^"\\]*/y;
const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d{0,39})(?:\.\d{1,40})?(?:[eE][+-]?\d{1,4})?)/y;
const DEEPEST = 64;

/**
 * @param isMessage Whether a key is that of a message: its line is the record's.
 * @param onObject Gets each object that is an element of a list or a whole document; true drops it from its list, so
 *   that a document of any length takes no more memory than its largest record.
 */
export function createJsonStream(
  isMessage: (key: string) => boolean,
  onObject: (found: FoundObject) => boolean,
): JsonStream {
  const stack: Frame[] = [];

  function around(): Fields[] {
    return stack.flatMap(({ object }) => (object === null ? [] : [object]));
  }

  function open(list: boolean): boolean {
    if (stack.length >= DEEPEST) return false;
    stack.push({ list: list ? [] : null, object: list ? null : {}, key: null, expect: "first", place: null });
    return true;
  }

  function put(value: unknown): void {
    const frame = stack.at(-1);
    if (frame === undefined) return;
    if (frame.list !== null) frame.list.push(value);
    else if (frame.object !== null && frame.key !== null && frame.key !== "__proto__") frame.object[frame.key] = value;
    frame.expect = "comma";
  }

  function close(list: boolean, place: Place): boolean {
    const frame = stack.pop();
    if (frame === undefined || (frame.list !== null) !== list) return false;
    if (frame.expect !== "first" && frame.expect !== "comma") return false;
    const parent = stack.at(-1);
    if (frame.object !== null && (parent === undefined || parent.list !== null)) {
      const taken = onObject({ fields: frame.object, place: { ...(frame.place ?? place) }, around: around() });
      if (taken) {
        if (parent !== undefined) parent.expect = "comma";
        return true;
      }
    } else if (parent !== undefined && frame.place !== null) parent.place ??= frame.place;
    put(frame.list ?? frame.object);
    return true;
  }

  function string(text: string, at: number, place: Place): number {
    const end = endOfString(text, at);
    if (end < 0) return -1;
    const frame = stack.at(-1);
    if (frame === undefined) return -1;
    const value = decodeString(text.slice(at, end));
    if (value === null) return -1;
    if (frame.object !== null && (frame.expect === "first" || frame.expect === "key")) {
      frame.key = value;
      frame.expect = "colon";
      return end;
    }
    if (!expectsValue(frame)) return -1;
    if (frame.key !== null && isMessage(frame.key)) frame.place = place;
    put(value);
    return end;
  }

  function literal(text: string, at: number): number {
    LITERAL.lastIndex = at;
    const match = LITERAL.exec(text);
    const frame = stack.at(-1);
    if (match === null || frame === undefined || !expectsValue(frame)) return -1;
    put(JSON.parse(match[0]));
    return at + match[0].length;
  }

  /** The index after the token at `at`, or -1. */
  function token(text: string, at: number, place: Place): number {
    const frame = stack.at(-1);
    switch (text.charAt(at)) {
      case "{":
      case "[": {
        if (frame !== undefined && !expectsValue(frame)) return -1;
        return open(text.charAt(at) === "[") ? at + 1 : -1;
      }
      case "}":
        return close(false, place) ? at + 1 : -1;
      case "]":
        return close(true, place) ? at + 1 : -1;
      case ",":
        if (frame?.expect !== "comma") return -1;
        frame.expect = frame.object === null ? "value" : "key";
        return at + 1;
      case ":":
        if (frame?.expect !== "colon") return -1;
        frame.expect = "value";
        return at + 1;
      case '"':
        return string(text, at, place);
      default:
        return literal(text, at);
    }
  }

  return {
    get idle() {
      return stack.length === 0;
    },
    push(text, place) {
      for (let at = 0; at < text.length; ) {
        const code = text.charCodeAt(at);
        if (code === 0x20 || code === 0x09 || code === 0x0d) {
          at++;
          continue;
        }
        at = token(text, at, place);
        if (at < 0) return false;
      }
      return true;
    },
  };
}

function expectsValue(frame: Frame): boolean {
  return frame.expect === "value" || (frame.expect === "first" && frame.list !== null);
}

/** Index after the closing quote of the string that opens at `at`, or -1: a string never spans lines. */
function endOfString(text: string, at: number): number {
  for (let i = at + 1; ; ) {
    STRING_RUN.lastIndex = i;
    STRING_RUN.test(text);
    i = STRING_RUN.lastIndex;
    if (i >= text.length) return -1;
    if (text.charCodeAt(i) === 0x22) return i + 1;
    i += 2;
  }
}

/** The value of a string with its quotes; control characters that a sloppy writer left raw are taken as they are. */
export function decodeString(quoted: string): string | null {
  if (!quoted.includes("\\")) return quoted.slice(1, -1);
  try {
    return JSON.parse(
      quoted.replace(/[\u0000-\u001f]/g, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`),
    );
  } catch {
    return null;
  }
}
