import type { Amount, Balance } from "../../model/accounting.js";
import { toBigInt } from "../../model/units.js";
import { type Block, type Column, list, paragraph, type Row, type Section, type Table } from "../document.js";
import { formatKb, formatPages, formatShare, GLUE } from "../quantity.js";
import { refs, type Words } from "../words.js";
import type { View } from "./view.js";

/** Terms smaller than this share of the whole are told in one row. */
const SMALL = 0.005;

/** Where the machine's memory was: a balance that adds up. */
export function machineMemorySection(view: View, { verbose }: { readonly verbose: boolean }): Section | null {
  const { accounting, pageSizeBytes } = view;
  const balance = accounting?.balance ?? null;
  if (balance === null || pageSizeBytes === null) return null;
  return {
    title: "Memory of the machine",
    aside: [`${formatPages(balance.total.pages, pageSizeBytes)} ${balance.total.name}`, ...refs(balance.total.lines)],
    blocks: [
      balanceTable(balance, pageSizeBytes),
      ...withinBlocks(balance, pageSizeBytes),
      ...swapBlocks(view),
      ...rowBlocks(view),
      ...partBlocks(view, verbose),
      ...doubtBlocks(balance),
    ],
  };
}

function balanceTable({ total, terms, residue, complete }: Balance, pageSizeBytes: number): Table {
  const size = ({ pages }: Amount): number => pages;
  const large = terms
    .filter(({ id, pages }) => id === "free" || pages >= total.pages * SMALL)
    .toSorted((a, b) => size(b) - size(a));
  const small = terms.filter((term) => !large.includes(term) && term.pages > 0);
  const rows = large.map((term) => amountRow(term.title, term.pages, total, pageSizeBytes));
  if (small.length > 0) {
    const pages = small.reduce((sum, term) => sum + term.pages, 0);
    rows.push(amountRow(small.map(({ title }) => title).join("; "), pages, total, pageSizeBytes));
  }
  if (complete) rows.push(amountRow("not accounted for", residue.pages, total, pageSizeBytes));
  return {
    kind: "table",
    columns: [
      { title: "size", align: "right" },
      { title: "share", align: "right" },
      { title: "", align: "left", drop: 1 },
      { title: "where", align: "left" },
    ],
    rows,
  };
}

function amountRow(title: string, pages: number, total: Amount, pageSizeBytes: number): Row {
  const share = Math.min(1, Math.max(0, pages / total.pages));
  return {
    cells: [
      [formatPages(Math.round(pages), pageSizeBytes)],
      [formatShare(pages, total.pages)],
      { bar: [{ share, fill: "full" }] },
      [title],
    ],
  };
}

/** What lies inside the terms above, as far as it is worth a word. */
function withinBlocks({ within, total }: Balance, pageSizeBytes: number): Block[] {
  const worth = within.filter(({ id, pages }) => pages >= total.pages * SMALL || (id === "shmem" && pages > 0));
  if (worth.length === 0) return [];
  const parts = worth.map(({ title, pages }) => `${title} ${formatPages(Math.round(pages), pageSizeBytes)}`);
  return [paragraph(`Inside these, not beside them: ${parts.join(", ")}.`)];
}

function swapBlocks({ report }: View): Block[] {
  const totals = report.memInfo?.totals ?? [];
  const total = totals.find(({ name }) => name === "Total swap");
  const free = totals.find(({ name }) => name === "Free swap");
  if (total === undefined || free === undefined) return [];
  const lines = refs([free.line, total.line]);
  if (Number(total.value) === 0 && Number(free.value) === 0) return [paragraph("No swap.", ...lines)];
  if (toBigInt(free.value) < 0n) {
    const left = formatKb(-toBigInt(free.value));
    return [paragraph(`Swap is being turned off: ${left} of it are still to be read back.`, ...lines)];
  }
  return [paragraph(`Swap: ${formatKb(total.value)}, ${formatKb(free.value)} free.`, ...lines)];
}

/** What the rows hold against what the counters say that processes can. */
function rowBlocks({ accounting, pageSizeBytes }: View): Block[] {
  const tasks = accounting?.tasks ?? null;
  if (tasks === null || pageSizeBytes === null) return [];
  const { rss, swap, coveragePercent } = tasks;
  const size = ({ pages }: Amount): string => formatPages(Math.round(pages), pageSizeBytes);
  const inSwap = swap === null || swap.pages === 0 ? "" : `, ${size(swap)} in swap`;
  const against =
    coveragePercent === null ? "" : `, ${formatShare(coveragePercent, 100)} of what the counters leave to processes`;
  return [paragraph(`Task rows: ${size(rss)} resident${against}${inSwap}${sharingWords(coveragePercent)}.`)];
}

function sharingWords(coveragePercent: number | null): string {
  if (coveragePercent === null) return "";
  if (coveragePercent > 125) return ": shared memory counts in each row that maps it";
  return coveragePercent < 70 ? ": the rest belongs to no row shown" : "";
}

/** The balance of each node, where there are several, and of each zone where everything is to be shown. */
function partBlocks({ accounting, pageSizeBytes }: View, verbose: boolean): Block[] {
  const nodes = accounting?.nodes ?? [];
  const zones = accounting?.zones ?? [];
  if (pageSizeBytes === null) return [];
  return [
    ...(nodes.length < 2 ? [] : partTable("node", nodes, ({ node }) => String(node), pageSizeBytes)),
    ...(verbose && zones.length > 1
      ? partTable("zone", zones, ({ node, zone }) => (node === null ? zone : `Node ${node} ${zone}`), pageSizeBytes)
      : []),
  ];
}

function partTable<Part extends Balance>(
  title: string,
  parts: readonly Part[],
  nameOf: (part: Part) => string,
  pageSizeBytes: number,
): Block[] {
  const lacking = new Set(parts.flatMap(({ notPrinted }) => notPrinted));
  const size = (pages: number): string => formatPages(Math.round(pages), pageSizeBytes);
  return [
    {
      kind: "table",
      columns: [
        { title, align: "right" },
        { title: "size", align: "right" },
        ...partColumns.map(({ title: name }): Column => ({ title: name, align: "right" })),
        { title: "unaccounted", align: "right" },
        { title: "the rest", align: "left" },
      ],
      rows: parts.map((part) => ({
        cells: [
          [nameOf(part)],
          [size(part.total.pages)],
          ...partColumns.map(({ ids }) => [size(pagesOf(part, ids))]),
          [size(part.residue.pages)],
          [
            restOf(part)
              .map(([name, pages]) => `${size(pages).replace(" ", GLUE)} ${name}`)
              .join("; "),
          ],
        ],
      })),
    },
    ...(lacking.size === 0
      ? []
      : [paragraph(`Not told by ${title}, so inside what is not accounted for: ${[...lacking].join(" and ")}.`)]),
  ];
}

/** Terms of a part's balance that have a column; the others are told behind, so that all add up at any width. */
const partColumns: readonly { readonly title: string; readonly ids: readonly string[] }[] = [
  { title: "free", ids: ["free", "perCpu"] },
  { title: "anonymous", ids: ["anonymous", "lru"] },
];

/** The other terms by size, the small ones as one: so many as are small together, and hide nothing that is larger. */
function restOf({ terms, total }: Balance): readonly (readonly [name: string, pages: number])[] {
  const rest = terms
    .filter(({ id, pages }) => pages > 0 && !partColumns.some(({ ids }) => ids.includes(id)))
    .toSorted((a, b) => b.pages - a.pages)
    .map(({ title, pages }) => [title, pages] as const);
  let shown = rest.length;
  let other = 0;
  for (const [, pages] of rest.toReversed()) {
    if (other + pages >= total.pages * SMALL) break;
    other += pages;
    shown--;
  }
  return rest.length - shown < 2 ? rest : [...rest.slice(0, shown), ["other", other]];
}

function pagesOf({ terms }: Balance, ids: readonly string[]): number {
  return terms.reduce((sum, { id, pages }) => (ids.includes(id) ? sum + pages : sum), 0);
}

/** Of a balance that is not consistent. */
export const PARTS_EXCEED = "The parts exceed the whole: the text was edited or cut, or counters were read apart.";

function doubtBlocks({ consistent, complete, notPrinted }: Balance): Block[] {
  const items: Words[] = [
    ...notPrinted.map((what): Words => [`Inside what is not accounted for: ${what}, which this log does not show.`]),
    ...(complete ? [] : [["Counters are missing in this log: what is not accounted for can not be told."]]),
    ...(consistent ? [] : [[PARTS_EXCEED]]),
  ];
  return items.length === 0 ? [] : [list(items)];
}
