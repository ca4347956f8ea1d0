import fc from "fast-check";
import { samples } from "../parse/samples.js";
import { characters, lines as hostileLines, names, numbers } from "./hostile.js";

/** What is done to the lines of a log: a kind, and numbers that each kind takes modulo what there is. */
export type Mutation = readonly [kind: MutationKind, at: number, by: number, what: number];

type Lines = string[];
type Mutate = (lines: Lines, at: number, by: number, what: number) => void;

const pick = <T>(all: readonly T[], index: number): T => all[index % all.length] as T;
const within = (line: string, by: number): number => by % (line.length + 1);

/** The table's header and its rows. */
const isTableLine = (line: string): boolean => /\[ *(?:pid|\d+) *\] +(?:uid|\d+) /.test(line);

/** Every row of a table's column, by the place of a number in the line. */
function eachColumn(lines: Lines, edit: (cells: string[], line: string) => void): void {
  for (const [index, line] of lines.entries()) {
    if (!isTableLine(line)) continue;
    const start = line.search(/\[ *(?:pid|\d+) *\] +(?:uid|\d+) /);
    const cells = line.slice(start).match(/\[[^\]]*\]|\s+\S+/g) ?? [];
    edit(cells, line);
    lines[index] = line.slice(0, start) + cells.join("");
  }
}

const replaceNth = (line: string, pattern: RegExp, nth: number, text: string): string => {
  const found = [...line.matchAll(pattern)];
  const match = found[nth % Math.max(found.length, 1)];
  return match === undefined ? line : line.slice(0, match.index) + text + line.slice(match.index + match[0].length);
};

const kinds = {
  drop: (lines, at, by) => lines.splice(at, 1 + (by % 30)),
  double: (lines, at, by) => lines.splice(at, 0, ...lines.slice(at, at + 1 + (by % 8))),
  swap: (lines, at, by) => lines.splice((at + by) % lines.length, 0, ...lines.splice(at, 1)),
  reverse: (lines, at, by) => {
    const end = at + 1 + (by % 40);
    lines.splice(at, end - at, ...lines.slice(at, end).reverse());
  },
  cut: (lines, at, by) => {
    lines[at] = (lines[at] ?? "").slice(0, within(lines[at] ?? "", by));
  },
  behead: (lines, at, by) => {
    lines[at] = (lines[at] ?? "").slice(within(lines[at] ?? "", by));
  },
  splice: (lines, at, by, what) => {
    const line = lines[at] ?? "";
    const other = lines[what % lines.length] ?? "";
    lines[at] = line.slice(0, within(line, by)) + other.slice(within(other, what));
  },
  inside: (lines, at, by, what) => {
    const line = lines[at] ?? "";
    lines[at] = line.slice(0, within(line, by)) + (lines[what % lines.length] ?? "");
    lines.splice(at + 1, 0, line.slice(within(line, by)));
  },
  join: (lines, at) => {
    lines.splice(at, 2, (lines[at] ?? "") + (lines[at + 1] ?? ""));
  },
  split: (lines, at, by) => {
    const line = lines[at] ?? "";
    lines.splice(at, 1, line.slice(0, within(line, by)), line.slice(within(line, by)));
  },
  insert: (lines, at, by, what) => {
    const stamp = by % 3 === 0 ? "" : (/^(?:<\d>)?\[ *\d+\.\d+\] /.exec(lines[at] ?? "")?.[0] ?? "");
    lines.splice(at, 0, stamp + pick(hostileLines, what));
  },
  character: (lines, at, by, what) => {
    const line = lines[at] ?? "";
    lines[at] = line.slice(0, within(line, by)) + pick(characters, what) + line.slice(within(line, by) + (what % 2));
  },
  number: (lines, at, by, what) => {
    lines[at] = replaceNth(lines[at] ?? "", /-?\d+/g, by, pick(numbers, what));
  },
  numbers: (lines, at, by, what) => {
    for (let index = at; index < lines.length && index < at + 1 + (by % 40); index++) {
      lines[index] = replaceNth(lines[index] ?? "", /-?\d+/g, by, pick(numbers, what));
    }
  },
  name: (lines, at, by, what) => {
    lines[at] = replaceNth(lines[at] ?? "", /\([^)]*\)|[A-Za-z][\w.:/-]*|\S+$/g, by, pick(names, what));
  },
  dropColumn: (lines, at, by) => eachColumn(lines, (cells) => cells.splice((at + by) % Math.max(cells.length, 1), 1)),
  addColumn: (lines, at, by, what) =>
    eachColumn(lines, (cells, line) => {
      const text = /\bpid\b/.test(line)
        ? ` ${pick(["new_column", "rss", "pid", "name", "__proto__"], by)}`
        : ` ${pick(numbers, what)}`;
      cells.splice(1 + (at % Math.max(cells.length, 1)), 0, text);
    }),
  moveColumn: (lines, at, by) =>
    eachColumn(lines, (cells) => {
      const [cell] = cells.splice(1 + (at % Math.max(cells.length - 1, 1)), 1);
      if (cell !== undefined) cells.splice(1 + (by % cells.length), 0, cell);
    }),
  counter: (lines, at, by, what) => {
    lines[at] =
      `${lines[at] ?? ""} ${pick(names, what)}${pick(["new_counter", "free", "min", "__proto__"], by)}:${pick(numbers, what)}${pick(["", "kB", "KB", "B", "MB"], by)}`;
  },
  blanks: (lines, at, by, what) => {
    const line = lines[at] ?? "";
    lines[at] =
      line.slice(0, within(line, by)) + pick([" ", "\t", "  "], by).repeat(what % 300) + line.slice(within(line, by));
  },
  long: (lines, at, by, what) => {
    const line = lines[at] ?? "";
    const from = within(line, by);
    lines[at] = line.slice(0, from) + line.slice(from, from + 1 + (what % 20)).repeat(what % 700) + line.slice(from);
  },
  transplant: (lines, at, by, what) => {
    const other = pick(samples, what).lines;
    lines.splice(at, 0, ...other.slice(by % other.length, (by % other.length) + 1 + (what % 30)));
  },
  weave: (lines, at, by, what) => {
    const other = pick(samples, what).lines;
    let turn = (by | 1) >>> 0;
    for (let index = at, taken = 0; index < lines.length && taken < other.length; index++) {
      turn = (turn * 1_664_525 + 1_013_904_223) >>> 0;
      if (turn >>> 31 === 1) lines.splice(index, 0, other[taken++] ?? "");
    }
  },
  clock: (lines, at, by, what) => {
    const shift = pick([1, 11, 121, -1, -11, -121, 1_000_000, -1_000_000], what);
    for (let index = at; index < lines.length && (by % 2 === 0 || index === at); index++) {
      lines[index] = (lines[index] ?? "").replace(
        /^(<\d>)?\[ *(\d+)\./,
        (_, level: string | undefined, seconds: string) =>
          `${level ?? ""}[${String(Number(seconds) + shift).padStart(5)}.`,
      );
    }
  },
} as const satisfies Record<string, Mutate>;

export type MutationKind = keyof typeof kinds;

/** Applies mutations one after the other. */
export function mutate(lines: readonly string[], mutations: readonly Mutation[]): string[] {
  const result = [...lines];
  for (const [kind, at, by, what] of mutations) {
    if (result.length === 0) break;
    kinds[kind](result, at % result.length, by, what);
  }
  return result;
}

/** Any mutation. */
export const mutation: fc.Arbitrary<Mutation> = fc.tuple(
  fc.constantFrom(...(Object.keys(kinds) as MutationKind[])),
  fc.nat(4_095),
  fc.nat(4_095),
  fc.nat(65_535),
);
