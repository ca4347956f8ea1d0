import { secondsBetween } from "../history.js";
import { constant, difference, percent, type Quantity, quotient } from "../quantity.js";
import { rule } from "../rule.js";

import { thresholds } from "../thresholds.js";

const bounds = thresholds["leak-growing"];

const titles: Readonly<Record<string, string>> = {
  slabUnreclaimable: "Unreclaimable slab",
  slab: "Slab",
  pageTables: "Page tables",
  kernelStacks: "Kernel stacks",
  unevictable: "Unevictable memory",
  shmem: "shmem and tmpfs",
  residue: "Memory in no counter",
};

/** The same amount grows from report to report. */
export const leakGrowing = rule({
  id: "leak-growing",
  layer: "consumer",
  group: "context",
  basis: "inference",
  needs: ["history", "machine"],
  meaning: "It grows from kill to kill and the victims do not hold it: something leaks, and killing only buys time.",
  evaluate({ history: { earlier, current }, machine }, context) {
    let grown: { readonly name: string; readonly points: readonly Quantity[]; readonly part: Quantity } | null = null;
    for (const [name, last] of current.series) {
      const points = [
        ...earlier.flatMap(({ series, domain }) => (domain === "system" ? (series.get(name) ?? []) : [])),
        last,
      ];
      const part = growthOf(name, points, machine.sheet.total);
      if (part !== null && (grown === null || part.value > grown.part.value)) grown = { name, points, part };
    }
    if (grown === null) return null;
    const { name, points, part } = grown;
    const what = titles[name] ?? name;
    const first = points[0] ?? part;
    const last = points.at(-1) ?? part;
    const seconds = earlier[0] === undefined ? null : secondsBetween(earlier[0], current);
    const rate = seconds === null || seconds <= 0 ? null : rateOf(first, last, seconds);
    return {
      title: `${what} grew in ${points.length} reports from ${context.text.size(first)} to ${context.text.size(last)}`,
      confidence: points.length >= bounds.certain.value ? "high" : "medium",
      evidence: [part, ...(rate === null ? [] : [rate])],
      advice: [
        rate === null
          ? "Log it: `while sleep 60; do date; grep -E 'Slab|Shmem|PageTables|AnonPages' /proc/meminfo; done`."
          : {
              text: `It grows by ${context.text.size(rate)} an hour: watch what does so while the machine is well.`,
              by: [rate],
            },
      ],
    };
  },
});

/** Share of RAM by which a series grew, where it never fell; null otherwise. */
function growthOf(name: string, points: readonly Quantity[], ram: Quantity): Quantity | null {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < bounds.reports.value) return null;
  for (let at = 1; at < points.length; at++) {
    if ((points[at]?.value ?? 0) <= (points[at - 1]?.value ?? 0)) return null;
  }
  const grown = difference(
    "growth",
    { ...last, name: `${name} in the last report` },
    { ...first, name: `${name} in the first report` },
  );
  const part = percent("growth as a share of RAM", grown, ram);
  return part.value >= bounds.growth.value ? part : null;
}

function rateOf(first: Quantity, last: Quantity, seconds: number): Quantity {
  const grown = difference("growth", last, first);
  return quotient("growth an hour", grown, constant("hours", seconds / 3600), "pages");
}
