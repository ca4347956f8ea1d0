import { decodeBytes } from "../../model/text.js";
import type { Contents } from "../envelopes/envelope.js";
import type { Format } from "../format.js";
import type { Place } from "../sink.js";

/** The fields of one object of an envelope: a line of NDJSON, an element of a document, a row of CSV by its header. */
export type Fields = Readonly<Record<string, unknown>>;

/** Where an object was found. */
export interface Found {
  readonly place: Place;
  /** The objects that it lies in, innermost last, as far as they were read. */
  readonly around: readonly Fields[];
  readonly contents: Contents;
  /** Beginnings of messages whose rest comes in a later object, by stream. */
  readonly parts: Map<string, string>;
}

/** A recogniser of one kind of object. */
export interface RecordFormat extends Format {
  readonly layer: "record";
  /** Whether the object is one of this kind; the first kind of the list that fits reads it. */
  fits(fields: Fields, around: readonly Fields[]): boolean;
  read(fields: Fields, found: Found): void;
}

/** The value at a path: a field of that very name, else a field of a field. */
export function valueAt(fields: Fields, path: string): unknown {
  const own = fields[path];
  if (own !== undefined || !path.includes(".")) return own;
  const dot = path.indexOf(".");
  const inner = fields[path.slice(0, dot)];
  return isFields(inner) ? valueAt(inner, path.slice(dot + 1)) : undefined;
}

/** The text at the first of the paths that has one; a number counts as its digits. */
export function textAt(fields: Fields, ...paths: readonly string[]): string | null {
  for (const path of paths) {
    const value = valueAt(fields, path);
    if (typeof value === "string") return value;
    if (typeof value === "number") return String(value);
  }
  return null;
}

/** The integer at a path, given as a number or as digits, or null. */
export function integerAt(fields: Fields, path: string): number | null {
  const value = valueAt(fields, path);
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : null;
}

/** Whether a value is an object with named fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A message as text: journald gives one with control characters as an array of bytes, and one twice as an array. */
export function messageText(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (!Array.isArray(value) || value.length === 0) return null;
  if (value.every((byte) => typeof byte === "number")) return decodeBytes(Uint8Array.from(value));
  // An array within arrays is no message; a line of JSON can hold half a million of them in each other.
  return Array.isArray(value[0]) && Array.isArray(value[0][0]) ? null : messageText(value[0]);
}
