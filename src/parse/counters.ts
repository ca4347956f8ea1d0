import type { Counter } from "../model/report.js";
import { isInt64, parseInt64, type Unit } from "../model/units.js";

/** Spellings of units behind a counter's value. */
const units: ReadonlyMap<string, Unit> = new Map([
  ["kB", "kB"],
  ["KB", "kB"],
  ["B", "bytes"],
]);

/** What a line of `name:valueUNIT` pairs holds. */
export interface CounterLine {
  readonly counters: readonly Counter[];
  /** `all_unreclaimable? yes`, or null where the line does not say. */
  readonly allUnreclaimable: boolean | null;
  /** Tokens that are no counters: a name cut by the record limit, text of another line. */
  readonly leftovers: readonly string[];
}

const pair = /^([A-Za-z_][\w().-]*):(?:(-?\d{1,20})([A-Za-z]*))?$/;
const bareValue = /^(-?\d{1,20})([A-Za-z]*)$/;

/**
 * Reads every `name:valueUNIT` of a text. Names are kept as printed, so that a counter of a kernel we never saw is a
 * counter all the same; `plain` is the unit of values that print none. Up to v6.4 some node counters have a blank after
 * the colon.
 */
export function readCounters(text: string, line: number, plain: Unit): CounterLine {
  const counters: Counter[] = [];
  const leftovers: string[] = [];
  let allUnreclaimable: boolean | null = null;
  const tokens = text.split(/\s+/).filter((token) => token !== "");
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? "";
    if (token === "all_unreclaimable?") {
      const answer = tokens[at + 1];
      if (answer === "yes" || answer === "no") {
        allUnreclaimable = answer === "yes";
        at++;
        continue;
      }
    }
    const match = pair.exec(token);
    const value = match?.[2] === undefined && match ? bareValue.exec(tokens[at + 1] ?? "") : null;
    const digits = match?.[2] ?? value?.[1];
    const suffix = (match?.[2] === undefined ? value?.[2] : match[3]) ?? "";
    const unit = suffix === "" ? plain : units.get(suffix);
    const number = digits === undefined ? null : parseInt64(digits);
    if (match?.[1] === undefined || number === null || unit === undefined || !isInt64(number)) {
      leftovers.push(token);
      continue;
    }
    if (value) at++;
    counters.push({ name: match[1], value: number, unit, line });
  }
  return { counters, allUnreclaimable, leftovers };
}

/** True when the text is counters and little else, so that it may be read as such. */
export function isCounterLine(read: CounterLine, atLeast: number): boolean {
  return read.counters.length >= atLeast && read.leftovers.length * 2 <= read.counters.length;
}
