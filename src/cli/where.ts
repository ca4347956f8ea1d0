import type { Analysis } from "../model/analysis.js";
import { type Cell, jsonCell, reportColumn, reportColumns } from "../render/columns/index.js";
import { parseSize } from "../replay/what-if/index.js";
import type { GroupField } from "../triage/index.js";
import { Failure } from "./failure.js";
import { nearestWord } from "./nearest-word.js";
import { type Present, toTime } from "./when.js";

type Order = "<" | "<=" | ">" | ">=";

/**
 * What `--where` asks for: every condition must hold. A condition is `FIELD=VALUE`, where `*` stands for any text and
 * nothing for what the log does not tell; `!=`, and `<`, `<=`, `>`, `>=`: for numbers, sizes (`64MiB`), times as `--since`
 * takes them, and the order of texts.
 */
export function toFilter(
  typed: readonly string[],
  present: Present = { now: Date.now() },
): ((analysis: Analysis) => boolean) | undefined {
  if (typed.length === 0) return undefined;
  const conditions = typed.map((one) => toCondition(one, present));
  return (analysis) => conditions.every((holds) => holds(analysis));
}

function toCondition(typed: string, present: Present): (analysis: Analysis) => boolean {
  const [, name = "", operator, value = ""] = /^(\w+)\s*(!=|>=|<=|=|>|<)\s*(.*)$/s.exec(typed) ?? [];
  if (operator === undefined) {
    throw new Failure(`--where ${typed}: not a condition`, "Give a field, an operator and a value: victim=java");
  }
  const { type, of } = columnOf("--where", name);
  if (operator !== "=" && operator !== "!=") {
    const bound = toBound(typed, type, value, present);
    return (analysis) => isInOrder(of(analysis), operator as Order, bound);
  }
  if (type === "boolean" && !["true", "false", ""].includes(value)) {
    throw new Failure(`--where ${typed}: ${name} is true or false`, `Give ${name}=true or ${name}=false`);
  }
  return (analysis) => equals(shown(of(analysis), type), value) === (operator === "=");
}

/** The fields of `--group-by`, as typed with commas. */
export function toGroupFields(typed: string): GroupField[] {
  return typed.split(",").map((part) => {
    const name = part.trim();
    const { type, of } = columnOf("--group-by", name);
    return {
      name,
      of: (analysis) => {
        const value = shown(of(analysis), type);
        return value === null ? null : String(value);
      },
    };
  });
}

type ReportColumn = NonNullable<ReturnType<typeof reportColumn>>;

/** A column of the table `reports`. */
function columnOf(flag: string, name: string): ReportColumn {
  const column = reportColumn(name);
  if (column !== undefined) return column;
  const nearest = nearestWord(name.toLowerCase(), reportColumns);
  throw new Failure(
    name === "" ? `${flag}: a field has no name` : `${flag}: a report has no field ${name}`,
    nearest === undefined ? `It has: ${reportColumns.join(", ")}` : `Did you mean ${nearest}?`,
  );
}

/** Times as RFC 3339, all else as it is. */
function shown(value: Cell, type: ReportColumn["type"]): Cell {
  return type === "time" ? jsonCell(value, "time") : value;
}

/** What a field is held against in order. */
function toBound(typed: string, type: ReportColumn["type"], value: string, present: Present): string | number {
  if (type === "time") return toTime(`--where ${typed.slice(0, typed.length - value.length)}`, value, present) * 1000;
  if (type !== "integer" && type !== "real") return value;
  if (/^-?\d{1,15}(?:\.\d{1,9})?$/.test(value)) return Number(value);
  try {
    return Number(parseSize(value));
  } catch {
    throw new Failure(`--where ${typed}: ${value || "nothing"} is no number`, "Give a number or a size: 100, 64MiB");
  }
}

function isInOrder(cell: Cell, operator: Order, bound: string | number): boolean {
  if (cell === null) return false;
  const value = typeof bound === "string" ? String(cell) : Number(cell);
  if (value === bound) return operator.endsWith("=");
  return operator.startsWith("<") ? value < bound : value > bound;
}

function equals(cell: Cell, pattern: string): boolean {
  return cell === null ? pattern === "" : matches(String(cell), pattern);
}

/** Whether a text is a pattern, in which `*` stands for any text. */
function matches(text: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
