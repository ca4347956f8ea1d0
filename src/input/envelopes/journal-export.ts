import { decodeBytes } from "../../model/text.js";
import { encodeBytes } from "../bytes.js";
import { readJournalEntry } from "../records/journal.js";
import type { Place } from "../sink.js";
import type { Contents, Envelope, EnvelopeFormat } from "./envelope.js";

const FIELD = /^([A-Z0-9_]{1,64})(?:=|$)/;
const LENGTH_BYTES = 8;
/** Longest field that is kept; journald's own limit for one is larger, but no kernel's record comes near. */
const LONGEST_FIELD = 1 << 22;

/** A field in its binary form: its name on a line, the length in 8 bytes, that many bytes, a newline. */
interface BinaryField {
  readonly name: string;
  readonly place: Place;
  bytes: number[];
}

/** The length that the first 8 bytes give (little endian), or null when they are not there yet. */
function lengthOf(bytes: readonly number[]): number | null {
  if (bytes.length < LENGTH_BYTES) return null;
  let length = 0;
  for (let i = LENGTH_BYTES - 1; i >= 0; i--) length = length * 256 + (bytes[i] ?? 0);
  return length;
}

/**
 * Fields line by line, an empty line after each entry. Binary fields are read by their length: their bytes may hold
 * newlines, blank lines and what looks like fields.
 */
function open(contents: Contents): Envelope {
  let fields: Record<string, string> = {};
  let place: Place | null = null;
  let binary: BinaryField | null = null;

  function finish(): void {
    if (place !== null) readJournalEntry(fields, { place, around: [], contents, parts: new Map() });
    fields = {};
    place = null;
  }

  function take(name: string, value: string, at: Place): void {
    // Each entry begins with its cursor, whether or not the empty line before it was seen.
    if (name === "__CURSOR" && name in fields) finish();
    // A field may be given twice; the first is journald's.
    fields[name] ??= value;
    if (place === null || name === "MESSAGE") place = at;
  }

  function end(field: BinaryField, length: number): void {
    binary = null;
    take(field.name, decodeBytes(Uint8Array.from(field.bytes.slice(LENGTH_BYTES, LENGTH_BYTES + length))), field.place);
  }

  /** Adds a line to the binary field; false when it is none of it. */
  function addBytes(field: BinaryField, text: string): boolean {
    const before = field.bytes.length;
    for (const byte of encodeBytes(text)) field.bytes.push(byte);
    const length = lengthOf(field.bytes);
    const missing = length === null ? 1 : length + LENGTH_BYTES - field.bytes.length;
    if (length !== null && (length > LONGEST_FIELD || missing < 0)) {
      // A reader that strips carriage returns makes the field shorter than its length: it ended with the line before.
      end(field, before - LENGTH_BYTES);
      return false;
    }
    if (length !== null && missing === 0) end(field, length);
    else field.bytes.push(0x0a);
    return true;
  }

  return {
    push(text, at) {
      if (binary !== null && addBytes(binary, text)) return true;
      const line = text.endsWith("\r") ? text.slice(0, -1) : text;
      if (line === "") {
        finish();
        return true;
      }
      const name = FIELD.exec(line)?.[1];
      if (name === undefined) return false;
      if (name.length === line.length) binary = { name, place: at, bytes: [] };
      else take(name, line.slice(name.length + 1), at);
      return true;
    },
    flush() {},
    end() {
      if (binary !== null) contents.sink.count("record-lost", binary.place);
      finish();
    },
  };
}

/** `journalctl -o export`, systemd-journal-remote. */
export const journalExport: EnvelopeFormat = {
  id: "journal-export",
  layer: "envelope",
  description: "journalctl -o export: fields line by line, binary ones by their length (`__CURSOR=s=…`, `MESSAGE=…`).",
  starts: "_",
  raw: true,
  opens: (text) => /^__(?:CURSOR|REALTIME_TIMESTAMP|MONOTONIC_TIMESTAMP|SEQNUM(?:_ID)?)=/.test(text),
  open,
};
