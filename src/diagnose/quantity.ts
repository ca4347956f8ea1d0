import type { Evidence } from "../model/finding.js";
import type { Counter } from "../model/report.js";
import { type Int64, toNumber } from "../model/units.js";

/**
 * A number of the report, or one computed from such, with the lines behind it. What is computed is a plain number: exact
 * up to 2^53, which no amount of real memory in pages or kB comes near.
 */
export interface Quantity {
  /** The kernel's own name for a printed value. */
  readonly name: string;
  readonly value: number;
  /** The value as printed, where it is beyond 2^53. */
  readonly exact?: Int64;
  readonly unit: "pages" | "kB" | "bytes" | "count" | "%" | "seconds" | "";
  readonly lines: readonly number[];
  /** How the value follows from {@link operands}: `{0} + {1}`; absent for a value as printed. */
  readonly formula?: string;
  readonly operands?: readonly Quantity[];
}

/** A printed number as the value of a {@link Quantity}. */
export function amount(value: Int64): Pick<Quantity, "value" | "exact"> {
  return typeof value === "number" ? { value } : { value: toNumber(value), exact: value };
}

/** A counter as printed. */
export function printed(counter: Counter, name = counter.name): Quantity {
  return { name, ...amount(counter.value), unit: counter.unit, lines: [counter.line] };
}

/** The sum of one counter over several lines. */
export function sumOfLines(name: string, column: string, parts: readonly Quantity[]): Quantity {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return { ...first, name };
  return {
    name,
    value: parts.reduce((sum, part) => sum + part.value, 0),
    unit: first?.unit ?? "count",
    lines: unionOfLines(parts),
    formula: `sum of ${column} over the lines`,
  };
}

/** The sum of a column of the task table over its rows, each with its line; null without a value. */
export function sumOfColumn(
  name: string,
  column: string,
  values: readonly { readonly value: Int64; readonly line: number }[],
): Quantity | null {
  const [first] = values;
  if (first === undefined) return null;
  if (values.length === 1) return { name, ...amount(first.value), unit: "pages", lines: [first.line] };
  return {
    name,
    value: values.reduce((sum, { value }) => sum + toNumber(value), 0),
    unit: "pages",
    lines: rising(values.map(({ line }) => line)),
    formula: `sum of ${column} over the lines`,
  };
}

/** How many lines there are, for things that stand on one line each. */
export function countOfLines(name: string, lines: readonly number[]): Quantity {
  return { name, value: lines.length, unit: "count", lines, formula: "number of the lines" };
}

/** Seconds between the stamps of two lines, or on average between each of several and the next. */
export function timeBetween(name: string, seconds: number, lines: readonly number[]): Quantity {
  const value = Math.round(seconds * 1e6) / 1e6;
  return { name, value, unit: "seconds", lines, formula: "time between the lines" };
}

/** `a + b + …` */
export function sum(name: string, ...operands: readonly [Quantity, ...Quantity[]]): Quantity {
  if (operands.length === 1) return operands[0];
  const value = operands.reduce((total, operand) => total + operand.value, 0);
  return derived(name, value, operands[0].unit, chain("+", operands), operands);
}

/** `a − b − …` */
export function difference(name: string, from: Quantity, ...less: readonly Quantity[]): Quantity {
  if (less.length === 0) return from;
  const value = less.reduce((rest, operand) => rest - operand.value, from.value);
  const operands = [from, ...less];
  return derived(name, value, from.unit, chain("−", operands), operands);
}

/** `a × b`, `b` a quantity or a plain number. */
export function product(name: string, a: Quantity, b: Quantity | number, unit: Quantity["unit"] = a.unit): Quantity {
  if (typeof b === "number") return derived(name, a.value * b, unit, `{0} × ${b}`, [a]);
  return derived(name, a.value * b.value, unit, "{0} × {1}", [a, b]);
}

/** `a ÷ b`, `b` a quantity or a plain number; 0 where `b` is 0. */
export function quotient(name: string, a: Quantity, b: Quantity | number, unit: Quantity["unit"] = a.unit): Quantity {
  const divisor = typeof b === "number" ? b : b.value;
  const value = divisor === 0 ? 0 : a.value / divisor;
  if (typeof b === "number") return derived(name, value, unit, `{0} ÷ ${b}`, [a]);
  return derived(name, value, unit, "{0} ÷ {1}", [a, b]);
}

/** `100 × a ÷ b`; 0 where the whole is 0. */
export function percent(name: string, part: Quantity, whole: Quantity): Quantity {
  const value = whole.value === 0 ? 0 : (100 * part.value) / whole.value;
  return derived(name, value, "%", "100 × {0} ÷ {1}", [part, whole]);
}

/** `2 ^ exponent` */
export function powerOfTwo(name: string, exponent: Quantity, unit: Quantity["unit"]): Quantity {
  return derived(name, 2 ** exponent.value, unit, "2 ^ {0}", [exponent]);
}

/** The same amount in pages. */
export function inPages(quantity: Quantity, pageSizeBytes: number): Quantity {
  if (quantity.unit === "pages") return quantity;
  const pageSize = quantity.unit === "bytes" ? pageSizeBytes : pageSizeBytes / 1024;
  return quotient(`${quantity.name} in pages`, quantity, pageSize, "pages");
}

/** The quantity under another name. */
export function named(name: string, quantity: Quantity): Quantity {
  return quantity.formula === undefined
    ? { ...quantity, name, formula: "{0}", operands: [quantity] }
    : { ...quantity, name };
}

/** The quantity and all that it is made of, with a word before each name: the same amounts of another report. */
export function prefixed(prefix: string, quantity: Quantity): Quantity {
  const { operands } = quantity;
  return {
    ...quantity,
    name: `${prefix} ${quantity.name}`,
    ...(operands === undefined ? {} : { operands: operands.map((operand) => prefixed(prefix, operand)) }),
  };
}

/** The formula with the names of its operands; undefined for a value as printed. */
export function formulaText({ formula, operands }: Quantity): string | undefined {
  return formula?.replace(/\{(\d+)\}/g, (_, index: string) => operands?.[Number(index)]?.name ?? "");
}

function chain(operator: string, operands: readonly Quantity[]): string {
  let formula = "{0}";
  for (let index = 1; index < operands.length; index++) formula += ` ${operator} {${index}}`;
  return formula;
}

function derived(
  name: string,
  value: number,
  unit: Quantity["unit"],
  formula: string,
  operands: readonly Quantity[],
): Quantity {
  return { name, value, unit, lines: unionOfLines(operands), formula, operands };
}

function unionOfLines(parts: readonly Quantity[]): readonly number[] {
  // Most quantities are of one line or two, and there are dozens in a report.
  const [first, second] = parts;
  if (first !== undefined && first.lines.length === 1) {
    if (second === undefined) return first.lines;
    const [a = 0, b = 0] = [first.lines[0], second.lines[0]];
    if (parts.length === 2 && second.lines.length === 1) return a === b ? first.lines : a < b ? [a, b] : [b, a];
  }
  // Columns of one table stand on the same lines.
  if (first !== undefined && parts.every((part) => isSame(part.lines, first.lines))) return rising(first.lines);
  return rising(parts.flatMap((part) => part.lines));
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((line, at) => line === b[at]));
}

/** Line numbers in their order, each once. */
function rising(lines: readonly number[]): readonly number[] {
  // The rows of a table come in their order, and there can be many.
  if (lines.every((line, at) => at === 0 || line > (lines[at - 1] as number))) return lines;
  const once: number[] = [];
  for (const line of Float64Array.from(lines).sort()) if (line !== once.at(-1)) once.push(line);
  return once;
}

/**
 * Quantities as the evidence of a finding: each once, operands behind what they make up.
 *
 * @param hidden Quantities that advice is computed from: shown as operands.
 */
export function evidenceOf(quantities: readonly Quantity[], hidden: readonly Quantity[] = []): Evidence[] {
  const shown = new Map<string, Evidence>();
  for (const quantity of quantities) {
    if (!shown.has(quantity.name)) shown.set(quantity.name, asEvidence(quantity));
  }
  const pending = [...quantities.flatMap((quantity) => quantity.operands ?? []), ...hidden];
  for (let operand = pending.shift(); operand !== undefined; operand = pending.shift()) {
    if (shown.has(operand.name)) continue;
    shown.set(operand.name, { ...asEvidence(operand), operand: true });
    pending.push(...(operand.operands ?? []));
  }
  return [...shown.values()];
}

function asEvidence(quantity: Quantity): Evidence {
  const { name, exact, value, unit, lines } = quantity;
  const formula = formulaText(quantity);
  return { name, value: exact ?? value, unit, lines, ...(formula === undefined ? {} : { formula }) };
}
