import type { Amount, Balance, MemcgBalance } from "../../model/accounting.js";
import { formatPages, formatShare } from "../quantity.js";
import { bar } from "./bar.js";
import { lineLink } from "./blocks.js";
import { type Content, type Element, h } from "./element.js";

/** An amount in a balance as it is drawn. */
interface Share {
  readonly kind: string;
  readonly title: string;
  readonly pages: number;
  readonly lines: readonly number[];
}

/** The colour of a term: families of memory, so that a glance tells what can be taken back. */
const kinds: Readonly<Record<string, string>> = {
  free: "free",
  perCpu: "free",
  anonymous: "anon",
  anon: "anon",
  lru: "anon",
  file: "file",
  unevictable: "unevictable",
  slab: "kernel",
  slabReclaimable: "reclaimable",
  slabUnreclaimable: "kernel",
  kernel: "kernel",
  pageTables: "tables",
  secondaryPageTables: "tables",
  kernelStacks: "stacks",
  sock: "sock",
  hugePages: "huge",
  hugetlb: "huge",
};

const memcgTitles: Readonly<Record<string, string>> = {
  anon: "anonymous memory",
  file: "file cache, tmpfs included",
  kernel: "kernel memory",
  sock: "socket buffers",
  hugetlb: "huge pages",
};

/** Where the machine's memory was, as one bar that adds up to all of it. */
export function machineBar(balance: Balance, pageSizeBytes: number): Element {
  const { total, terms, residue, complete } = balance;
  const shares = terms.map(({ id, title, pages, lines }) => ({ kind: kinds[id] ?? "other", title, pages, lines }));
  return balanceFigure(null, shares, complete ? residue : null, { pages: total.pages, limit: null }, pageSizeBytes);
}

/** What a cgroup's usage is made of, against its limit. */
export function memcgBar({ terms, residue, usage, limit, limitName }: MemcgBalance, pageSizeBytes: number): Element {
  const shares = terms.map(({ id, pages, lines }) => ({
    kind: kinds[id] ?? "other",
    title: memcgTitles[id] ?? id,
    pages,
    lines,
  }));
  // Memory and swap together have a limit of their own, which the parts of the memory do not add up to.
  const mark = limitName === "memory" ? limit : null;
  const whole = Math.max(usage.pages, mark?.pages ?? 0);
  return balanceFigure(
    mark === null
      ? `${formatPages(Math.round(usage.pages), pageSizeBytes)} used`
      : `${formatPages(Math.round(usage.pages), pageSizeBytes)} used of ${formatPages(Math.round(mark.pages), pageSizeBytes)}`,
    shares,
    residue,
    { pages: whole, limit: mark },
    pageSizeBytes,
  );
}

function balanceFigure(
  caption: string | null,
  shares: readonly Share[],
  residue: Amount | null,
  whole: { readonly pages: number; readonly limit: Amount | null },
  pageSizeBytes: number,
): Element {
  const drawn = [
    ...shares.filter(({ pages }) => pages > 0).toSorted((a, b) => b.pages - a.pages),
    ...(residue === null || residue.pages <= 0
      ? []
      : [{ kind: "residue", title: "not accounted for", pages: residue.pages, lines: residue.lines }]),
  ];
  const size = (pages: number): string => formatPages(Math.round(pages), pageSizeBytes);
  const all = Math.max(
    whole.pages,
    drawn.reduce((sum, { pages }) => sum + pages, 0),
    1,
  );
  return h(
    "figure",
    { class: "balance" },
    caption === null ? null : h("figcaption", {}, caption),
    bar(
      drawn.map(({ kind, title, pages }) => ({ kind, share: pages / all, title: `${title}: ${size(pages)}` })),
      whole.limit === null
        ? {}
        : { marks: [{ at: whole.limit.pages / all, kind: "limit", title: `limit ${size(whole.limit.pages)}` }] },
    ),
    h(
      "table",
      { class: "legend" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, "where"),
          h("th", { scope: "col", class: "right" }, "size"),
          h("th", { scope: "col", class: "right" }, "share"),
          h("th", { scope: "col" }, "lines"),
        ),
      ),
      h(
        "tbody",
        {},
        drawn.map(({ kind, title, pages, lines }) => legendRow(kind, title, pages, lines, whole.pages, size)),
        residue !== null && residue.pages < 0
          ? legendRow("residue", "counted twice, or read apart", residue.pages, residue.lines, whole.pages, size)
          : null,
      ),
    ),
  );
}

function legendRow(
  kind: string,
  title: string,
  pages: number,
  lines: readonly number[],
  whole: number,
  size: (pages: number) => string,
): Element {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, swatch(kind), title),
    h("td", { class: "right" }, size(pages)),
    h("td", { class: "right" }, formatShare(pages, whole)),
    h("td", {}, linesCell(lines)),
  );
}

/** The first line of some as a link to all of them. */
function linesCell(lines: readonly number[]): Content {
  const [first] = lines;
  if (first === undefined) return "";
  return lineLink(lines, lines.length === 1 ? `:${first}` : `:${first} +${lines.length - 1}`);
}

/** A sample of a colour. */
export function swatch(kind: string): Element {
  return h(
    "svg",
    { class: "swatch", viewBox: "0 0 10 10", "aria-hidden": "true" },
    h("rect", { class: `fill-${kind}`, width: 10, height: 10 }),
  );
}

/** Swap, used and free, to the scale of itself. */
export function swapBar(report: {
  readonly memInfo: { readonly totals: readonly { readonly name: string; readonly value: number | bigint }[] } | null;
}): Element | null {
  const of = (name: string): number => Number(report.memInfo?.totals.find((one) => one.name === name)?.value ?? 0);
  const total = of("Total swap");
  const free = of("Free swap");
  if (total <= 0 || free < 0) return null;
  return h(
    "figure",
    { class: "swap" },
    h("figcaption", {}, "Swap"),
    bar([
      { kind: "swap", share: (total - free) / total, title: "used" },
      { kind: "free", share: free / total, title: "free" },
    ]),
  );
}
