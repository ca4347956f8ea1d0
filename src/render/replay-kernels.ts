import type { KernelChoice, WhatIf } from "../model/what-if.js";
import type { Block, Column, Row, Section } from "./document.js";
import { counted } from "./quantity.js";
import { processWords, separated, type Words } from "./words.js";

const columns: readonly Column[] = ["kernels", "rules", "picks"].map((title) => ({ title, align: "left" }));

/** At most so many names in a cell. */
const NAMES = 4;

/** What other kernels choose: a table, and below it what turns the choice and what the log leaves open. */
export function kernelsSection({ kernels }: WhatIf): Section | null {
  if (kernels === undefined) return null;
  const ranges = merged(kernels);
  const rows = ranges.map(({ choice, rules, ...range }): Row => {
    const own = choice.own ? " (the log's)" : "";
    return { cells: [[rangeText(range), own], [rangeText(rules)], choiceWords(choice)], marked: choice.own };
  });
  const items: readonly Words[] = [
    ...kernels.flatMap(({ era, changedBy }) => changedBy.map((change): Words => [`${era}: ${change}`])),
    ...[...openRanges(ranges)].map(
      ([missing, where]): Words => [`${where.join(", ")}: the log does not tell ${missing}.`],
    ),
  ];
  const list: readonly Block[] = items.length === 0 ? [] : [{ kind: "list", items }];
  return {
    title: "By kernel",
    aside: ["the same machine under the rules of other kernels"],
    blocks: [{ kind: "table", columns, rows }, ...list],
  };
}

interface EraRange {
  readonly first: string;
  readonly last: string;
}

interface MergedChoice extends EraRange {
  readonly choice: KernelChoice;
  readonly rules: EraRange;
}

/** Neighbours of the same choice as one row, but for the log's own kernel. */
function merged(kernels: readonly KernelChoice[]): MergedChoice[] {
  const rows: MergedChoice[] = [];
  for (const choice of kernels) {
    const last = rows.at(-1);
    const { rules } = choice;
    const first = labelOf(choice);
    const { until = first } = choice;
    if (last !== undefined && isRange(last.choice) && isRange(choice) && isSame(last.choice, choice)) {
      rows[rows.length - 1] = { ...last, last: until, rules: { ...last.rules, last: rules } };
    } else rows.push({ first, last: until, choice, rules: { first: rules, last: rules } });
  }
  return rows;
}

function isRange({ own, until }: KernelChoice): boolean {
  return !own && until !== undefined;
}

/** What was asked for, with the era whose rules it has where that is called otherwise. */
function labelOf({ era, asked = era }: KernelChoice): string {
  return asked === era || `v${asked}` === era ? era : `${asked} (rules since ${era})`;
}

function isSame(a: KernelChoice, b: KernelChoice): boolean {
  const key = ({ chosen, possible, missing }: KernelChoice): string =>
    JSON.stringify([chosen?.pid ?? null, possible.map(({ pid }) => pid).sort(), missing]);
  return key(a) === key(b);
}

/** What the log does not tell, each with the kernels for which it matters. */
function openRanges(ranges: readonly MergedChoice[]): ReadonlyMap<string, readonly string[]> {
  const open = new Map<string, string[]>();
  for (const { choice, first, last } of ranges) {
    if (choice.decided) continue;
    const missing = choice.missing.join(", ");
    open.set(missing, [...(open.get(missing) ?? []), rangeText({ first, last })]);
  }
  return open;
}

function rangeText({ first, last }: EraRange): string {
  return first === last ? first : `${first} to ${last}`;
}

function choiceWords({ chosen, decided, possible }: KernelChoice): Words {
  if (decided) return chosen === null ? ["nobody"] : processWords(chosen);
  if (possible.length === 0) return ["not told"];
  const names = possible.slice(0, NAMES).map(({ pid, name }) => processWords({ pid, name }));
  const more = possible.length > NAMES ? ` or ${counted(possible.length - NAMES, "more", "more")}` : "";
  return ["open: ", ...separated(names, " or "), more];
}
