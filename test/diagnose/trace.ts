import type { Analysis } from "../../src/model/analysis.js";
import type { Evidence, Finding } from "../../src/model/finding.js";
import type { TaskRow } from "../../src/model/report.js";

/** Columns of the task table by the names that formulas give them. */
const columns: Readonly<Record<string, (row: TaskRow) => number | bigint | undefined>> = {
  rss: (row) => row.rssPages,
  swapents: (row) => row.swapPages,
  rss_anon: (row) => row.rssAnonPages,
  rss_shmem: (row) => row.rssShmemPages,
};

/** Finds the numbers of findings that are on none of the lines which they cite, and do not follow from others. */
export class Tracer {
  readonly #texts = new Map<number, string>();
  readonly #seconds = new Map<number, number>();
  readonly #used = new Map<number, number>();

  /** @param raw The lines of the source, for those that no report holds. */
  constructor(analyses: readonly Analysis[], raw: readonly string[]) {
    for (const [index, text] of raw.entries()) this.#texts.set(index + 1, text);
    for (const { report } of analyses) {
      for (const { line, text } of report.lines) {
        const known = this.#texts.get(line) ?? "";
        if (!known.includes(text)) this.#texts.set(line, `${known}\n${text}`);
      }
      for (const list of report.memInfo?.perCpuLists ?? []) {
        this.#used.set(list.line, (this.#used.get(list.line) ?? 0) + list.usedPages);
      }
      const seconds = report.uptimeSeconds ?? (report.time === null ? null : Date.parse(report.time) / 1000);
      if (seconds !== null) this.#seconds.set(report.line, seconds);
    }
  }

  /** What of the findings of an analysis can not be traced, a sentence each. */
  untraced({ report, findings }: Analysis): string[] {
    const rows = new Map<number, TaskRow[]>();
    for (const row of report.tasks) rows.set(row.line, [...(rows.get(row.line) ?? []), row]);
    return findings.flatMap((finding) => this.#untracedOf(finding, rows));
  }

  #untracedOf(finding: Finding, rows: ReadonlyMap<number, readonly TaskRow[]>): string[] {
    const byName = new Map<string, Evidence>();
    const wrong: string[] = [];
    for (const one of finding.evidence) {
      if (byName.has(one.name)) wrong.push(`${finding.id}: two values are named ${one.name}`);
      byName.set(one.name, one);
    }
    for (const one of finding.evidence) {
      const expected = this.#expected(one, byName, rows);
      if (expected === null) continue;
      wrong.push(
        `${finding.id}: ${one.name} is ${one.value} ${one.unit}, but ${expected} (${one.formula ?? "printed"})`,
      );
    }
    return [...wrong, ...untracedText(finding)];
  }

  /** Null when the value is right; else what speaks against it. */
  #expected(
    one: Evidence,
    byName: ReadonlyMap<string, Evidence>,
    rows: ReadonlyMap<number, readonly TaskRow[]>,
  ): string | null {
    const { value, lines, formula } = one;
    const texts = lines.map((line) => this.#texts.get(line) ?? "");
    if (formula === undefined) {
      if (lines.length === 0) return "it cites no line";
      const found =
        typeof value === "string"
          ? texts.some((text) => text.includes(value))
          : texts.some((text) => numbersOf(text).includes(String(value)));
      return found ? null : "no line that it cites has it";
    }
    const computed = this.#compute(formula, lines, byName, rows);
    if (typeof computed === "string") return computed;
    const difference = Math.abs(computed - Number(value));
    return difference <= 1e-6 * Math.max(1, Math.abs(computed)) ? null : `its formula gives ${computed}`;
  }

  #compute(
    formula: string,
    lines: readonly number[],
    byName: ReadonlyMap<string, Evidence>,
    rows: ReadonlyMap<number, readonly TaskRow[]>,
  ): number | string {
    if (formula === "number of the lines") return lines.length;
    if (formula === "time between the lines") {
      const stamps = lines.flatMap((line) => this.#seconds.get(line) ?? []);
      const [first] = stamps;
      const last = stamps.at(-1);
      if (first === undefined || last === undefined || stamps.length !== lines.length) return "a line has no stamp";
      return (last - first) / (stamps.length - 1);
    }
    const summed = /^sum of (\S+) over the lines$/.exec(formula)?.[1];
    if (summed !== undefined) return this.#sum(summed, lines, rows);
    return evaluate(formula, byName);
  }

  #sum(name: string, lines: readonly number[], rows: ReadonlyMap<number, readonly TaskRow[]>): number | string {
    let total = 0;
    for (const line of lines) {
      const column = columns[name];
      // A console that two processors write to can hold two rows on one line.
      const onLine = column === undefined ? [] : (rows.get(line) ?? []).map(column);
      const text = this.#texts.get(line) ?? "";
      const values = onLine.length > 0 ? onLine : [name === "usd" ? this.#used.get(line) : counterOf(text, name)];
      for (const value of values) {
        if (value === undefined) return `line ${line} has no ${name}`;
        total += Number(value);
      }
    }
    return total;
  }
}

function counterOf(text: string, name: string): number | undefined {
  const escaped = name.replace(/[()]/g, "\\$&");
  const match = new RegExp(`(?:^|[ \\]])${escaped}:? ?(-?\\d+)`).exec(text);
  return match === null ? undefined : Number(match[1]);
}

function numbersOf(text: string): string[] {
  return (text.match(/-?\d+/g) ?? []).flatMap((digits) => [digits, digits.replace(/^-/, ""), String(Number(digits))]);
}

/** Computes `a + b`, `a − b`, `a × b`, `a ÷ b`, `100 × a ÷ b`, `2 ^ a` over named values; a name alone is its value. */
function evaluate(formula: string, byName: ReadonlyMap<string, Evidence>): number | string {
  const tokens = formula.split(/ ([+−×÷^]) /);
  let result: number | null = null;
  for (let at = 0; at < tokens.length; at += 2) {
    const name = tokens[at] ?? "";
    const known = byName.get(name);
    const operand = known === undefined ? Number(name) : Number(known.value);
    if (Number.isNaN(operand)) return `its formula names ${name}, which is not there`;
    const operator = tokens[at - 1];
    if (result === null) result = operand;
    else if (operator === "+") result += operand;
    else if (operator === "−") result -= operand;
    else if (operator === "×") result *= operand;
    else if (operator === "÷") result = operand === 0 ? 0 : result / operand;
    else result **= operand;
  }
  return result ?? "it has an empty formula";
}

/** Amounts and shares in the title and the meaning that no evidence has, in whatever unit. */
function untracedText({ id, title, evidence }: Finding): string[] {
  const wrong: string[] = [];
  for (const [text, digits = "", unit = ""] of title.matchAll(/(?<![\w.])(\d[\d,]*(?:\.\d+)?) (KiB|MiB|GiB|%)/g)) {
    const shown = Number(digits.replaceAll(",", ""));
    const decimals = digits.split(".")[1]?.length ?? 0;
    const has = evidence.some((one) =>
      valuesIn(unit, one).some((value) => Math.abs(value - shown) <= 0.51 * 10 ** -decimals),
    );
    if (!has) wrong.push(`${id}: "${text}" of the title is in no evidence`);
  }
  return wrong;
}

const pageSizes = [4096, 16384, 65536];

function valuesIn(unit: string, { value, unit: own }: Evidence): number[] {
  if (typeof value === "string") return [];
  const number = Number(value);
  if (unit === "%" || own === "%") return unit === own ? [number] : [];
  const bytes =
    own === "kB"
      ? [number * 1024]
      : own === "bytes"
        ? [number]
        : own === "pages"
          ? pageSizes.map((size) => size * number)
          : [];
  const divisor = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }[unit] ?? 1;
  return bytes.map((size) => size / divisor);
}
