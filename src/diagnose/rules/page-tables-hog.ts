import type { Context } from "../context.js";
import { pageTablesOf } from "../evidence/page-tables.js";
import { Lacking } from "../facts.js";
import { percent, type Quantity, sum } from "../quantity.js";
import { rule } from "../rule.js";
import { share, who } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["page-tables-hog"];

/** Page tables fill the memory. */
export const pageTablesHog = rule({
  id: "page-tables-hog",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: ["machine"],
  meaning:
    "Page tables are large where huge mappings are touched sparsely, or hundreds of processes map one big segment with small pages. They count for no process's rss.",
  evaluate({ machine }, context) {
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
        "See who has them: `grep VmPTE /proc/*/status | sort -k2 -n | tail; grep -E 'PageTables|SecPageTables' /proc/meminfo`.",
        "Map the segment with huge pages (vm.nr_hugepages = its size ÷ Hugepagesize of /proc/meminfo), or let fewer processes map it (a connection pool).",
      ],
      pages: tables.value,
    };
  },
});

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
