/**
 * Values of the model as compact JSON and back, without loss: integers beyond 2^53, bytes that are not UTF-8 (lone
 * surrogates, which JSON escapes), absent fields. Tables of objects are written by columns: a report of 50,000 tasks is
 * read in a tenth of the time.
 */

import { jsonText } from "../render/index.js";

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Names of forms that are no plain JSON; fields of the model never begin with it. */
const MARK = "$";
const ABSENT: Json = { $u: 0 };

/** One empty list for all: most rows of some columns have one. */
const NOTHING: readonly unknown[] = Object.freeze([]);

/** A value as JSON text, in which nothing steers a terminal: pages are looked at as files too. */
export function encode(value: unknown): string {
  return jsonText(toJson(value));
}

/**
 * The value of a JSON text that {@link encode} made.
 *
 * @throws SyntaxError when it is none.
 */
export function decode(text: string): unknown {
  return fromJson(JSON.parse(text) as Json);
}

function toJson(value: unknown): Json {
  switch (typeof value) {
    case "bigint":
      return { $n: String(value) };
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $f: String(Object.is(value, -0) ? "-0" : value) };
    case "string":
    case "boolean":
      return value;
    case "object":
      if (value === null) return null;
      return Array.isArray(value) ? arrayToJson(value) : objectToJson(value);
    default:
      return ABSENT;
  }
}

function arrayToJson(values: readonly unknown[]): Json {
  const steps = stepsOf(values);
  if (steps !== null) return { $s: steps };
  if (values.length < 2 || !values.every(isObject)) return values.map(toJson);
  const keys = [...new Set(values.flatMap((one) => Object.keys(one)))];
  const columns = keys.map((key) =>
    columnToJson(values.map((one) => (Object.hasOwn(one, key) ? one[key] : undefined))),
  );
  return { $t: values.length, keys, columns };
}

/** Fewer numbers than this are written as they are. */
const SHORT = 8;

/** Integers as the first and runs of equal steps (`[first, step, count, …]`), where that is shorter: line numbers are. */
function stepsOf(values: readonly unknown[]): number[] | null {
  const first = values[0];
  if (values.length < SHORT || !Number.isSafeInteger(first)) return null;
  const steps = [first as number];
  let before = first as number;
  for (const value of values.slice(1)) {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) return null;
    const step = (value as number) - before;
    if (!Number.isSafeInteger(step)) return null;
    before = value as number;
    const last = steps.length - 2;
    if (last > 0 && steps[last] === step) steps[last + 1] = (steps[last + 1] ?? 0) + 1;
    else steps.push(step, 1);
    if (steps.length * 2 > values.length) return null;
  }
  return Object.is(first, -0) ? null : steps;
}

function fromSteps([first = 0, ...steps]: readonly number[]): number[] {
  const values = [first];
  let value = first;
  for (let at = 0; at < steps.length; at += 2) {
    const step = steps[at] ?? 0;
    for (let left = steps[at + 1] ?? 0; left > 0; left--) {
      value += step;
      values.push(value);
    }
  }
  return values;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A column: one value where all are the same, lists end to end, or value by value. */
function columnToJson(values: readonly unknown[]): Json {
  const [first] = values;
  if (typeof first !== "object" && values.every((value) => Object.is(value, first))) return { $c: toJson(first) };
  if (values.every(Array.isArray)) {
    const lists = values as readonly (readonly unknown[])[];
    return { $l: arrayToJson(lists.map(({ length }) => length)), of: arrayToJson(lists.flat()) };
  }
  if (values.every(isObject)) return { $r: arrayToJson(values) };
  const few = fewToJson(values);
  if (few !== null) return few;
  const steps = stepsOf(values);
  return steps === null ? values.map(toJson) : { $s: steps };
}

/** Most values that a column of few is made of, and the character of the first of them. */
const FEW = 64;
const FIRST_CODE = 48;

/** Words of which there are few, once each, and a character for each row: names and yes or no are. */
function fewToJson(values: readonly unknown[]): Json | null {
  if (values.length < SHORT) return null;
  const codes = new Map<unknown, number>();
  for (const value of values) {
    if (typeof value === "number" || typeof value === "bigint" || (typeof value === "object" && value !== null))
      return null;
    if (!codes.has(value)) codes.set(value, FIRST_CODE + codes.size);
    if (codes.size > FEW || codes.size * 2 > values.length) return null;
  }
  const at = values.map((value) => String.fromCharCode(codes.get(value) ?? FIRST_CODE)).join("");
  return { $w: [...codes.keys()].map(toJson), at };
}

function objectToJson(value: object): Json {
  const entries = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([name, field]) => [name, toJson(field)] as const);
  if (entries.some(([name]) => name.startsWith(MARK))) return { $o: entries };
  return Object.fromEntries(entries);
}

function fromJson(json: Json): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (isList(json)) return json.map(fromJson);
  const { $n, $f, $u, $s, $t, $o } = json;
  if ($n !== undefined) return BigInt(String($n));
  if ($f !== undefined) return Number($f);
  if ($u !== undefined) return undefined;
  if ($s !== undefined) return fromSteps(list($s) as number[]);
  if ($o !== undefined)
    return Object.fromEntries((list($o) as [string, Json][]).map(([name, field]) => [name, fromJson(field)]));
  if ($t !== undefined) return tableFromJson(Number($t), list(json["keys"]) as string[], list(json["columns"]));
  return Object.fromEntries(Object.entries(json).map(([name, field]) => [name, fromJson(field)]));
}

function tableFromJson(length: number, keys: readonly string[], columns: readonly Json[]): unknown[] {
  const values = columns.map((column) => columnFromJson(column, length));
  const hasTrap = keys.includes("__proto__");
  const rows: unknown[] = [];
  for (let at = 0; at < length; at++) {
    if (hasTrap) {
      rows.push(Object.fromEntries(present(keys.map((key, index) => [key, values[index]?.[at]]))));
      continue;
    }
    const row: Record<string, unknown> = {};
    for (let index = 0; index < keys.length; index++) {
      const value = values[index]?.[at];
      if (value !== undefined) row[keys[index] ?? ""] = value;
    }
    rows.push(row);
  }
  return rows;
}

function present(entries: readonly (readonly [string, unknown])[]): (readonly [string, unknown])[] {
  return entries.filter(([, value]) => value !== undefined);
}

function columnFromJson(column: Json, length: number): unknown[] {
  if (isList(column)) return column.map(fromJson);
  if (typeof column !== "object" || column === null) throw new SyntaxError("not a column");
  const { $c, $l, $r, $s, $w, of } = column;
  if ($s !== undefined) return fromSteps(list($s) as number[]);
  if ($c !== undefined) return new Array(length).fill(fromJson($c));
  if ($r !== undefined) return fromJson($r) as unknown[];
  if ($w !== undefined) {
    const words = list($w).map(fromJson);
    const at = String(column["at"]);
    return Array.from({ length }, (_, row) => words[at.charCodeAt(row) - FIRST_CODE]);
  }
  const flat = fromJson(of ?? []) as unknown[];
  let from = 0;
  return (fromJson($l ?? []) as number[]).map((size) => {
    if (size === 0) return NOTHING;
    const to = from + size;
    const part = flat.slice(from, to);
    from = to;
    return part;
  });
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function list(json: Json | undefined): readonly Json[] {
  if (json === undefined || !isList(json)) throw new SyntaxError("not a list");
  return json;
}
