import { showText } from "../../model/text.js";
import { withoutControls } from "../visible.js";
import type { Cell, ColumnType } from "./column.js";

/** What a spreadsheet takes for a formula, and the mark against it. */
const formulaStart = /^[=+\-@\t\r']/;

/** Text that needs no escape: nearly all of it. */
const plainText = /^[ -[\]-~]*$/;

/**
 * Text of a table: bytes that are not UTF-8 as `\xHH`, a backslash as `\\`. NUL, which CSV readers refuse, is such a
 * byte too.
 */
export function cellText(value: string): string {
  return plainText.test(value) ? value : showText(value).replaceAll("\0", "\\x00");
}

/** Tab, LF and CR, which stand in quotes: they stay what they are. */
const ofCsv = /([\t\n\r])/;

/** Text for a format without escapes of its own that is looked at on terminals: what these would obey or hide is an escape. */
export function printableText(value: string): string {
  if (plainText.test(value)) return value;
  const parts = showText(value).split(ofCsv);
  return parts.map((part, at) => (at % 2 === 1 ? part : withoutControls(part))).join("");
}

/** A value as CSV has it, before quoting: text that a spreadsheet would take for a formula gets a leading `'`. */
export function csvText(value: Cell, type: ColumnType): string {
  if (value === null) return "";
  if (type === "time") return timeText(value);
  if (typeof value !== "string") return String(value);
  const text = printableText(value);
  return formulaStart.test(text) ? `'${text}` : text;
}

/** A value as JSON has it: times as RFC 3339, integers beyond 2^53 as decimal strings. */
export function jsonCell(value: Cell, type: ColumnType): string | number | boolean | null {
  if (value === null || typeof value === "boolean") return value;
  if (type === "time") return timeText(value);
  if (typeof value === "string") return cellText(value);
  if (typeof value === "bigint") return isSafe(value) ? Number(value) : String(value);
  return Number.isFinite(value) ? value : null;
}

function isSafe(value: bigint): boolean {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
}

/** Microseconds since 1970 as RFC 3339 UTC, to the microsecond where there is one. */
function timeText(value: Cell): string {
  const micros = BigInt(value as bigint);
  const rest = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((micros - rest) / 1000n)).toISOString().slice(0, -5);
  return rest === 0n ? `${seconds}Z` : `${seconds}.${String(rest).padStart(6, "0")}Z`;
}
