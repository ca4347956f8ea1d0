import { showText } from "../../model/text.js";

/** What JSON can hold. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

/**
 * A value of the model as JSON prints it: integers beyond 2^53 as decimal strings, text as every output shows it
 * ({@link showText}), absent fields left out.
 */
export function plain(value: unknown): Plain {
  switch (typeof value) {
    case "string":
      return showText(value);
    case "bigint":
      return String(value);
    case "number":
      return Number.isFinite(value) ? value : null;
    case "boolean":
      return value;
    case "object":
      if (value === null) return null;
      return Array.isArray(value) ? value.map(plain) : plainObject(value);
    default:
      return null;
  }
}

function plainObject(value: object): Plain {
  // Not by assignment: a column of a patched kernel may be called `__proto__`.
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => (field === undefined ? [] : [[showText(name), plain(field)]])),
  );
}
