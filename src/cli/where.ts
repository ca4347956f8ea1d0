import type { Analysis } from "../model/analysis.js";
import { type Cell, jsonCell, reportColumn, reportColumns } from "../render/columns/index.js";
import type { GroupField } from "../triage/index.js";
import { Failure } from "./failure.js";
import { nearestWord } from "./nearest-word.js";

const operators = ["!=", ">=", "<=", "=", ">", "<"] as const;
type Operator = (typeof operators)[number];

/**
 * What `--where` asks for: every condition must hold. A condition is `FIELD=VALUE`, where `*` stands for any text and
 * nothing for what the log does not tell; `!=`, and for numbers and times `<`, `<=`, `>`, `>=`.
 */
export function toFilter(typed: readonly string[]): ((analysis: Analysis) => boolean) | undefined {
  if (typed.length === 0) return undefined;
  const conditions = typed.map(toCondition);
  return (analysis) => conditions.every((holds) => holds(analysis));
}

function toCondition(typed: string): (analysis: Analysis) => boolean {
  const [, name = "", operator, value = ""] = /^([a-z_]+)(!=|>=|<=|=|>|<)(.*)$/s.exec(typed) ?? [];
  if (operator === undefined) {
    throw new Failure(`--where ${typed}: not a condition`, "Give a field, an operator and a value: victim=java");
  }
  const field = fieldOf("--where", name);
  const test = toTest(operator as Operator, value);
  return (analysis) => test(field(analysis));
}

/** The fields of `--group-by`, as typed with commas. */
export function toGroupFields(typed: string): GroupField[] {
  return typed.split(",").map((name) => {
    const field = fieldOf("--group-by", name);
    return {
      name,
      of: (analysis) => {
        const value = field(analysis);
        return value === null ? null : String(value);
      },
    };
  });
}

/** A column of the table `reports`, times as RFC 3339, text as it is. */
function fieldOf(flag: string, name: string): (analysis: Analysis) => Cell {
  const column = reportColumn(name);
  if (column === undefined) {
    const nearest = nearestWord(name, reportColumns);
    throw new Failure(
      `${flag}: a report has no field ${name}`,
      nearest === undefined ? `It has: ${reportColumns.join(", ")}` : `Did you mean ${nearest}?`,
    );
  }
  return (analysis) => {
    const value = column.of(analysis);
    return column.type === "time" ? jsonCell(value, "time") : value;
  };
}

function toTest(operator: Operator, value: string): (cell: Cell) => boolean {
  if (operator === "=") return (cell) => equals(cell, value);
  if (operator === "!=") return (cell) => !equals(cell, value);
  return (cell) => {
    if (cell === null) return false;
    const order = typeof cell === "string" ? compare(cell, value) : compare(Number(cell), Number(value));
    if (Number.isNaN(order)) return false;
    if (order === 0) return operator.endsWith("=");
    return operator.startsWith("<") ? order < 0 : order > 0;
  };
}

function compare<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : a > b ? 1 : Number.NaN;
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
