import { showText } from "../../model/text.js";

/** Characters that steer a terminal or hide text: C1 controls, DEL, line separators, zero width and bidi controls. */
const STEERING = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * A value as JSON whose text can be looked at on a terminal: what {@link JSON.stringify} leaves raw of steering characters
 * is written as `\uHHHH`, which means the same to every reader.
 */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return text.replace(STEERING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** What can not stand in JSON as it is: quotes, backslashes, controls, surrogates, and what steers a terminal. */
const SPECIAL = new RegExp(`["\\\\\\u0000-\\u001f\\ud800-\\udfff]|${STEERING.source}`);

/**
 * A value of the model as JSON, in one pass: the same text as `jsonText(plain(value))`, without building the plain value,
 * which took as long as the rest of a small report's output together.
 */
export function modelText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "number":
      return Number.isFinite(value) ? String(value) : "null";
    case "boolean":
      return value ? "true" : "false";
    case "bigint":
      return `"${value}"`;
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? arrayText(value) : objectText(value);
    default:
      return "null";
  }
}

function quoted(text: string): string {
  return SPECIAL.test(text) ? jsonText(showText(text)) : `"${text}"`;
}

function arrayText(list: readonly unknown[]): string {
  let text = "[";
  for (let at = 0; at < list.length; at++) text += at === 0 ? modelText(list[at]) : `,${modelText(list[at])}`;
  return `${text}]`;
}

function objectText(value: object): string {
  let text = "{";
  for (const [name, field] of Object.entries(value)) {
    if (field !== undefined) text += `${text.length === 1 ? "" : ","}${quoted(name)}:${modelText(field)}`;
  }
  return `${text}}`;
}
