import { type ReportDigest, secondsBetween } from "../history.js";
import { difference, percent, prefixed, type Quantity, quotient, timeBetween } from "../quantity.js";
import { rule } from "../rule.js";
import { type AmountText, grouped } from "../text.js";
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

/** A term of the balance in reports of one boot, growing from each to the next. */
interface Series {
  readonly name: string;
  readonly reports: readonly ReportDigest[];
  readonly first: Quantity;
  readonly last: Quantity;
  /** Growth as a share of RAM. */
  readonly part: Quantity;
}

/** The same amount grows from report to report. */
export const leakGrowing = rule({
  id: "leak-growing",
  layer: "consumer",
  group: "context",
  basis: "inference",
  needs: ["history", "machine"],
  meaning: "It grows from report to report: something leaks, or takes memory faster than it gives back.",
  evaluate({ history: { earlier, current }, machine }, { text, report }) {
    const system = [...earlier, current].filter(({ domain }) => domain === "system");
    const grown = [...current.series.keys()]
      .flatMap((name) => seriesOf(name, system, machine.sheet.total) ?? [])
      .reduce<Series | null>((best, one) => (best === null || one.part.value > best.part.value ? one : best), null);
    if (grown === null) return null;
    const { name, reports, first, last, part } = grown;
    const pace = paceOf(grown);
    const isVictims = report.kills.some((kill) => name === `processes named ${kill.name}`);
    const isLong = pace !== null && pace.time.value >= bounds.time.value;
    return {
      title: `${titles[name] ?? name} grew in ${grouped(reports.length)} reports from ${text.size(first)} to ${text.size(last)}`,
      ...(isVictims ? {} : { meaning: "The victim is not what grows: killing only buys time." }),
      confidence: reports.length >= bounds.certain.value && isLong ? "high" : "medium",
      evidence: [part],
      advice: [
        pace === null
          ? "Log it: `while sleep 60; do date; grep -E 'Slab|Shmem|PageTables|AnonPages' /proc/meminfo; done`."
          : {
              text: `It grew by ${text.size(pace.growth)} in ${paceText(pace, text)}: watch what does so while the machine is well.`,
              by: [pace.rate],
            },
      ],
    };
  },
});

/** The last reports in which the amount rose each time; null where they are too few or it rose too little. */
function seriesOf(name: string, reports: readonly ReportDigest[], ram: Quantity): Series | null {
  const points = reports.flatMap((report) => {
    const quantity = report.series.get(name);
    return quantity === undefined ? [] : [{ report, quantity }];
  });
  let from = points.length - 1;
  while (from > 0 && (points[from - 1]?.quantity.value ?? 0) < (points[from]?.quantity.value ?? 0)) from--;
  const rising = points.slice(from);
  const [first] = rising;
  const last = rising.at(-1);
  if (first === undefined || last === undefined || rising.length < bounds.reports.value) return null;
  const before = prefixed("first", first.quantity);
  const part = percent("growth as a share of RAM", difference("growth", last.quantity, before), ram);
  if (part.value < bounds.growth.value) return null;
  return { name, reports: rising.map(({ report }) => report), first: before, last: last.quantity, part };
}

interface Pace {
  readonly growth: Quantity;
  readonly time: Quantity;
  readonly rate: Quantity;
}

function paceOf({ reports, first, last }: Series): Pace | null {
  const from = reports[0];
  const to = reports.at(-1);
  const seconds = from === undefined || to === undefined ? null : secondsBetween(from, to);
  if (from === undefined || to === undefined || seconds === null || seconds <= 0) return null;
  const growth = difference("growth", last, first);
  const time = timeBetween("time between first and last", seconds, [from.line, to.line]);
  return { growth, time, rate: quotient("growth an hour", growth, quotient("hours", time, 3600, ""), "pages") };
}

/** A rate by the hour says something only of growth that went on for a good part of one. */
function paceText({ time, rate }: Pace, text: AmountText): string {
  if (time.value < 600) return `${grouped(Math.round(time.value))} s`;
  return `${grouped(Math.round(time.value / 60))} minutes, ${text.size(rate)} an hour`;
}
