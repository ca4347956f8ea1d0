import type { Context } from "../context.js";
import { pageTablesOf } from "../evidence/page-tables.js";
import { Lacking, type MachineFacts } from "../facts.js";
import { amount, percent, type Quantity, quotient, sum } from "../quantity.js";
import { type Draft, rule } from "../rule.js";
import { share, who } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["page-tables-hog"];

/** Page tables fill the memory. */
export const pageTablesHog = rule({
  id: "page-tables-hog",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: [],
  meaning:
    "Page tables are large where huge mappings are touched sparsely, or hundreds of processes map one big segment with small pages. They count for no process's rss.",
  evaluate(_facts, context) {
    const machine = context.fact("machine");
    return machine instanceof Lacking ? byRows(context) : byCounters(machine, context);
  },
});

const lookAtTables =
  "See who has them: `grep VmPTE /proc/*/status | sort -k2 -n | tail; grep -E 'PageTables|SecPageTables' /proc/meminfo`.";

/** Without counters a row tells it: page tables far beyond what its process has resident. */
function byRows(context: Context): Draft | null {
  if (context.report.constraint !== "CONSTRAINT_NONE" || context.report.memInfo !== null) return null;
  const rows = context.report.tasks.flatMap((row) => {
    const size = pageTablesOf(row, context.pageSizeBytes);
    return size === null ? [] : [{ row, size }];
  });
  const top = rows.reduce<(typeof rows)[number] | null>(
    (best, one) => (best === null || one.size.value > best.size.value ? one : best),
    null,
  );
  if (top === null) return null;
  const rss: Quantity = {
    name: `rss of ${who(top.row)}`,
    ...amount(top.row.rssPages),
    unit: "pages",
    lines: [top.row.line],
  };
  const times = quotient("page tables against rss", top.size, rss, "");
  const mebibytes = (top.size.value * context.pageSizeBytes) / 1024 / 1024;
  if (mebibytes < bounds.alone.value || (rss.value > 0 && times.value < bounds.times.value)) return null;
  return {
    title: `${who(top.row)} has ${context.text.size(top.size)} of page tables, with ${context.text.size(rss)} resident`,
    confidence: "medium",
    meaning: "How much of the machine that is, the log does not tell.",
    evidence: [top.size, rss, times],
    advice: [
      "Look what it maps and how sparsely it touches that: `pmap -x PID | sort -k3 -n | tail`; unmap what it is done with.",
      lookAtTables,
    ],
    pages: top.size.value,
  };
}

function byCounters(machine: MachineFacts, context: Context): Draft | null {
  const { terms } = machine.sheet;
  const own = terms.get("pageTables");
  const secondary = terms.get("secondaryPageTables");
  if (own === undefined) return null;
  const tables = secondary === undefined ? own : sum("page tables", own, secondary);
  const part = machine.share(tables);
  if (part.value < bounds.share.value) return null;
  const holders = largestHolders(context, tables);
  const ofVms = secondary !== undefined && secondary.value * 2 > tables.value;
  return {
    title: `Page tables hold ${context.text.size(tables)}, ${share(part)} of RAM${
      holders[0] === undefined ? "" : `; ${holders[0].who} has ${context.text.size(holders[0].size)} of them`
    }`,
    confidence: "high",
    ...(ofVms ? { meaning: "Most of them are those of virtual machines or an IOMMU." } : {}),
    evidence: [part, ...holders.map(({ size }) => size)],
    advice: [
      lookAtTables,
      "Map the segment with huge pages (vm.nr_hugepages = its size ÷ Hugepagesize of /proc/meminfo), or let fewer processes map it (a connection pool).",
    ],
    pages: tables.value,
  };
}

function largestHolders(context: Context, tables: Quantity): { readonly who: string; readonly size: Quantity }[] {
  const tasks = context.fact("tasks");
  if (tasks instanceof Lacking) return [];
  return tasks.processes
    .flatMap(({ row }) => {
      const size = pageTablesOf(row, context.pageSizeBytes);
      return size === null || percent("", size, tables).value < bounds.row.value ? [] : [{ who: who(row), size }];
    })
    .sort((a, b) => b.size.value - a.size.value)
    .slice(0, 3);
}
