import { distinctKills } from "../../model/headline.js";
import type { IneligibleReason, PointsPartName, RankedTask, UnknownInput } from "../../model/replay.js";
import { type Int64, toBigInt, toNumber } from "../../model/units.js";
import { type BarPart, type Block, type Cell, type Column, paragraph, type Row, type Section } from "../document.js";
import { counted, formatPages, grouped } from "../quantity.js";
import { log, processWords, strong, type Words } from "../words.js";
import { ineligibleWords } from "./ineligible.js";
import { boundedPoints, isOrigin, pointsFormula } from "./points.js";
import { sizeOf, type View } from "./view.js";

/** Rows that are shown unless all are wanted. */
const TOP_ROWS = 10;

/** Titles of the columns that split the points, in the order of the rule. */
const partTitles: readonly (readonly [PointsPartName, string])[] = [
  ["totalVm", "total_vm"],
  ["children", "children"],
  ["rss", "rss"],
  ["swap", "swap"],
  ["pageTables", "tables"],
  ["rootBonus", "root"],
  ["cpuTime", "cpu time"],
  ["runTime", "run time"],
  ["nice", "nice"],
  ["rawio", "rawio"],
  ["disjointMems", "nodes"],
  ["oomScoreAdj", "by adj"],
  ["oomAdj", "by oom_adj"],
  ["rounding", "rounding"],
  ["clamp", "clamp"],
];

const boundWords = { "at-least": "≥ at least", "at-most": "≤ at most", estimate: "~ an estimate" } as const;

const unknownWords: Readonly<Partial<Record<UnknownInput, string>>> = {
  capabilities: "whether a task of uid 0 has CAP_SYS_ADMIN (taken as yes)",
};

/** How the parts of a bar are filled; the others have no length of their own. */
const barParts: readonly {
  readonly name: PointsPartName;
  readonly title: string;
  readonly fill: BarPart["fill"];
  readonly sign: string;
}[] = [
  { name: "totalVm", title: "total_vm", fill: "full", sign: "█" },
  { name: "rss", title: "rss", fill: "full", sign: "█" },
  { name: "swap", title: "swap", fill: "dark", sign: "▓" },
  { name: "pageTables", title: "page tables", fill: "medium", sign: "▒" },
  { name: "oomScoreAdj", title: "oom_score_adj", fill: "light", sign: "░" },
];

/** The candidates in the order in which the kernel would take them, and those it may not take. */
export function rankingSection(view: View, { verbose }: { readonly verbose: boolean }): Section | null {
  const { replay } = view;
  if (replay === null || replay.ranking.length === 0) return null;
  const eligible = replay.ranking.filter((task) => task.eligible);
  const spared = replay.ranking.filter((task) => !task.eligible);
  const rows = verbose ? eligible : shownRows(eligible, view);
  const unit = {
    pages: "points in pages",
    permille: "points in 1/1000 of memory",
    legacy: "points of the rule up to v2.6.35",
  }[replay.pointsUnit];
  return {
    title: "Ranking",
    aside: [
      `${unit}, ${counted(eligible.length, "candidate")}`,
      spared.length === 0 ? "" : `, ${grouped(spared.length)} not eligible`,
    ],
    blocks: [
      ...(rows.length === 0 ? [] : [...formulaBlocks(view), table(rows, view)]),
      ...moreBlocks(eligible, rows, view),
      ...unknownBlocks(rows, view),
      ...sparedBlocks(spared, view, verbose),
    ],
  };
}

/** The best, and whoever was chosen or killed wherever they stand. */
function shownRows(eligible: readonly RankedTask[], view: View): RankedTask[] {
  const named = new Set([...fatesOf(view).keys()].map((pid) => view.rankedOf(pid)?.pid));
  let beyond = 0;
  return eligible.filter((task, index) => index < TOP_ROWS || (named.has(task.pid) && beyond++ < TOP_ROWS));
}

function formulaBlocks(view: View): Block[] {
  const formula = pointsFormula(view);
  return formula === "" ? [] : [paragraph(`points = ${formula}`)];
}

/** What became of a process: chosen, killed. */
export function fatesOf(view: View): Map<number, string> {
  const fates = new Map<number, string>();
  const { chosen } = view.report;
  const rowPid = (pid: number): number => view.rankedOf(pid)?.pid ?? pid;
  if (chosen !== null) fates.set(rowPid(chosen.pid), "chosen");
  for (const { pid } of distinctKills(view.report)) fates.set(rowPid(pid), "killed");
  const { replay, verdict } = view;
  if (verdict.kind === "differs" && replay?.chosen != null) {
    const pid = rowPid(replay.chosen.pid);
    fates.set(pid, fates.has(pid) ? `${fates.get(pid)}, re-run's pick` : "re-run's pick");
  }
  return fates;
}

interface ColumnOf {
  readonly column: Column;
  readonly cell: (task: RankedTask) => Cell;
  /** False for a column in which no shown row has anything to say. */
  readonly used: boolean;
}

function table(rows: readonly RankedTask[], view: View): Block {
  const fates = fatesOf(view);
  const columns = columnsFor(rows, fates, view).filter(({ used }) => used);
  return {
    kind: "table",
    columns: columns.map(({ column }) => column),
    rows: rows.map((task): Row => ({ cells: columns.map(({ cell }) => cell(task)), marked: fates.has(task.pid) })),
  };
}

function columnsFor(rows: readonly RankedTask[], fates: ReadonlyMap<number, string>, view: View): ColumnOf[] {
  const right = (title: string, drop?: number): Column => ({
    title,
    align: "right",
    ...(drop === undefined ? {} : { drop }),
  });
  // Not by the arguments of one call: there may be more rows than that holds.
  const best = rows.reduce((most, task) => (isOrigin(task) ? most : Math.max(most, toNumber(task.points ?? 0))), 1);
  const adjOf = ({ pid }: RankedTask): number | undefined => view.rowOf(pid)?.oomScoreAdj ?? view.rowOf(pid)?.oomAdj;
  const isOld = view.replay?.pointsUnit === "legacy";
  return [
    {
      column: right("points"),
      cell: (task) => [strong(isOrigin(task) ? "volunteers" : boundedPoints(task))],
      used: true,
    },
    {
      column: { title: "", align: "left", drop: 2, ...legendOf(rows, best) },
      cell: (task) => ({ bar: barOf(task, best) }),
      used: best > 1,
    },
    {
      column: right("memory", 1),
      cell: ({ pid }) => memoryCell(pid, view),
      used: view.pageSizeBytes !== null && !isOld,
    },
    ...partTitles.map(
      ([name, title]): ColumnOf => ({
        column: right(title),
        cell: (task) => [grouped(partOf(task, name))],
        used: rows.some((task) => toBigInt(partOf(task, name)) !== 0n),
      }),
    ),
    {
      column: right(isOld ? "oom_adj" : "adj"),
      cell: (task) => [String(adjOf(task) ?? "")],
      used: rows.some((task) => (adjOf(task) ?? 0) !== 0),
    },
    { column: right("uid", 3), cell: ({ pid }) => [String(view.rowOf(pid)?.uid ?? "")], used: true },
    { column: right("pid"), cell: ({ pid }) => [String(pid)], used: true },
    { column: { title: "name", align: "left" }, cell: ({ name }) => [log(name)], used: true },
    { column: { title: "", align: "left" }, cell: ({ pid }) => [fates.get(pid) ?? ""], used: fates.size > 0 },
  ];
}

function memoryCell(pid: number, view: View): Words {
  const row = view.rowOf(pid);
  return row === null ? [] : [sizeOf(toBigInt(row.rssPages) + toBigInt(row.swapPages ?? 0), view)];
}

function partOf({ parts }: RankedTask, name: PointsPartName): Int64 {
  return parts.find((part) => part.name === name)?.value ?? 0;
}

/** Parts shorter than this share of the longest bar do not show in it. */
const VISIBLE = 0.03;

/** Names the fills of the bars, where more than one shows. */
function legendOf(rows: readonly RankedTask[], best: number): Pick<Column, "legend"> {
  const drawn = barParts.filter(({ name }) => rows.some((task) => toNumber(partOf(task, name)) > best * VISIBLE));
  return drawn.length < 2 ? {} : { legend: drawn.map(({ sign, title }) => `${sign} ${title}`).join("  ") };
}

/** The positive parts to scale; what is taken off shortens the bar from its end. */
function barOf(task: RankedTask, best: number): BarPart[] {
  let left = Math.max(0, toNumber(task.points ?? 0)) / best;
  return barParts.flatMap(({ name, fill }) => {
    const share = Math.min(left, Math.max(0, toNumber(partOf(task, name))) / best);
    left -= share;
    return share === 0 ? [] : [{ share, fill }];
  });
}

/** How many rows are left out, and what all of them hold. */
function moreBlocks(eligible: readonly RankedTask[], rows: readonly RankedTask[], view: View): Block[] {
  const hidden = eligible.length - rows.length;
  const more = hidden > 0 ? `${counted(hidden, "more candidate")} not shown (--verbose shows all). ` : "";
  const totals = tableWords(view);
  return more === "" && totals === "" ? [] : [paragraph(`${more}${totals}`)];
}

function tableWords({ accounting, pageSizeBytes }: View): string {
  const tasks = accounting?.tasks ?? null;
  if (tasks === null || pageSizeBytes === null) return "";
  const { rowCount, rss, swap, coveragePercent } = tasks;
  const inSwap = swap === null || swap.pages === 0 ? "" : ` and ${formatPages(swap.pages, pageSizeBytes)} in swap`;
  const shared = coveragePercent !== null && coveragePercent > 125 ? "; memory that several share counts in each" : "";
  return `The whole table, ${counted(rowCount, "row")}: ${formatPages(rss.pages, pageSizeBytes)} resident${inSwap}${shared}.`;
}

/** What the signs before points mean, and what was not known. */
function unknownBlocks(rows: readonly RankedTask[], { scenario }: View): Block[] {
  const signs = new Set(rows.flatMap(({ bound }) => (bound === "exact" ? [] : [boundWords[bound]])));
  const unknown = new Set(rows.flatMap((task) => task.unknown.map((input) => unknownWords[input] ?? input)));
  if (signs.size === 0) return [];
  if (scenario !== null && scenario.totalPages.min !== scenario.totalPages.max) unknown.add("totalpages");
  return [paragraph(`${[...signs].join(", ")}: the log does not tell ${enumerated([...unknown])}.`)];
}

/** `a`, `a and b`, `a, b and c` */
function enumerated(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** Those that could not be chosen, by reason, the largest first. */
function sparedBlocks(spared: readonly RankedTask[], view: View, verbose: boolean): Block[] {
  if (spared.length === 0) return [];
  const size = ({ pid }: RankedTask): bigint => {
    const row = view.rowOf(pid);
    return row === null ? 0n : toBigInt(row.rssPages) + toBigInt(row.swapPages ?? 0);
  };
  const byReason = new Map<IneligibleReason, RankedTask[]>();
  for (const task of spared) {
    const reason = task.reason ?? "no-mm";
    byReason.set(reason, [...(byReason.get(reason) ?? []), task]);
  }
  const shown = verbose ? spared.length : 5;
  const rows = [...byReason].map(([reason, tasks]) => {
    const largest = tasks.toSorted((a, b) => Number(size(b) - size(a)));
    const names = largest
      .slice(0, shown)
      .flatMap(
        (task, index): Words => [index === 0 ? "" : ", ", ...processWords(task), ` ${sizeOf(size(task), view)}`],
      );
    const rest = tasks.length > shown ? `, and ${counted(tasks.length - shown, "more", "more")}` : "";
    return { label: `${ineligibleWords[reason]}:`, words: [...names, rest] };
  });
  return [paragraph("Not eligible:"), { kind: "list", items: rows.map(({ label, words }) => [`${label} `, ...words]) }];
}
