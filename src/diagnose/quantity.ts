import type { Evidence } from "../model/finding.js";
import type { Counter } from "../model/report.js";
import { toNumber } from "../model/units.js";

/**
 * A number of the report, or one computed from such, with the lines behind it. Values are plain numbers: exact up to
 * 2^53, which no amount of real memory in pages or kB comes near.
 */
export interface Quantity {
  readonly name: string;
  readonly value: number;
  readonly unit: "pages" | "kB" | "bytes" | "count" | "%" | "seconds" | "";
  readonly lines: readonly number[];
  /** How the value follows from {@link operands}; absent for a value as printed, or a constant (no lines). */
  readonly formula?: string;
  readonly operands?: readonly Quantity[];
}

/** A counter as printed. */
export function printed(counter: Counter, name = counter.name): Quantity {
  return { name, value: toNumber(counter.value), unit: counter.unit, lines: [counter.line] };
}

/** A number that is no part of the log: a page size, a factor. */
export function constant(name: string, value: number, unit: Quantity["unit"] = ""): Quantity {
  return { name, value, unit, lines: [] };
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
    operands: [],
  };
}

/** How many lines there are, for things that stand on one line each. */
export function countOfLines(name: string, lines: readonly number[]): Quantity {
  return { name, value: lines.length, unit: "count", lines, formula: "number of the lines", operands: [] };
}

/** Seconds between the stamps of two lines, or on average between each of several and the next. */
export function timeBetween(name: string, seconds: number, lines: readonly number[]): Quantity {
  const value = Math.round(seconds * 1e6) / 1e6;
  return { name, value, unit: "seconds", lines, formula: "time between the lines", operands: [] };
}

/** `a + b + …` */
export function sum(name: string, ...operands: readonly [Quantity, ...Quantity[]]): Quantity {
  if (operands.length === 1) return operands[0];
  return derived(
    name,
    operands.reduce((total, operand) => total + operand.value, 0),
    operands[0].unit,
    " + ",
    operands,
  );
}

/** `a − b − …` */
export function difference(name: string, from: Quantity, ...less: readonly Quantity[]): Quantity {
  if (less.length === 0) return from;
  const value = less.reduce((rest, operand) => rest - operand.value, from.value);
  return derived(name, value, from.unit, " − ", [from, ...less]);
}

/** `a × b` */
export function product(name: string, a: Quantity, b: Quantity, unit: Quantity["unit"] = a.unit): Quantity {
  return derived(name, a.value * b.value, unit, " × ", [a, b]);
}

/** `a ÷ b` */
export function quotient(name: string, a: Quantity, b: Quantity, unit: Quantity["unit"] = a.unit): Quantity {
  return derived(name, b.value === 0 ? 0 : a.value / b.value, unit, " ÷ ", [a, b]);
}

/** `100 × a ÷ b`; 0 where the whole is 0. */
export function percent(name: string, part: Quantity, whole: Quantity): Quantity {
  const value = whole.value === 0 ? 0 : (100 * part.value) / whole.value;
  return {
    name,
    value,
    unit: "%",
    lines: unionOfLines([part, whole]),
    formula: `100 × ${part.name} ÷ ${whole.name}`,
    operands: [part, whole],
  };
}

/** The same amount in pages. */
export function inPages(quantity: Quantity, pageSizeBytes: number): Quantity {
  if (quantity.unit === "pages") return quantity;
  const name = `${quantity.name} in pages`;
  if (quantity.unit === "bytes") {
    return quotient(name, quantity, constant("page size", pageSizeBytes, "bytes"), "pages");
  }
  return quotient(name, quantity, constant("page size", pageSizeBytes / 1024, "kB"), "pages");
}

/** The quantity under another name. */
export function named(name: string, quantity: Quantity): Quantity {
  if (quantity.formula !== undefined) return { ...quantity, name };
  return { ...quantity, name, formula: quantity.name, operands: [quantity] };
}

function derived(
  name: string,
  value: number,
  unit: Quantity["unit"],
  operator: string,
  operands: readonly Quantity[],
): Quantity {
  const formula = operands.map((operand) => operand.name).join(operator);
  return { name, value, unit, lines: unionOfLines(operands), formula, operands };
}

function unionOfLines(parts: readonly Quantity[]): number[] {
  return [...new Set(parts.flatMap((part) => part.lines))].sort((a, b) => a - b);
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

function asEvidence({ name, value, unit, lines, formula }: Quantity): Evidence {
  return { name, value, unit, lines, ...(formula === undefined ? {} : { formula }) };
}
