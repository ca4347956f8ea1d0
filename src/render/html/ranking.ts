import type { PointsPartName, RankedTask } from "../../model/replay.js";
import type { TaskRow } from "../../model/report.js";
import { toBigInt, toNumber } from "../../model/units.js";
import { ineligibleWords } from "../content/ineligible.js";
import { boundedPoints, isOrigin } from "../content/points.js";
import { fatesOf } from "../content/ranking.js";
import { sizeOf, type View } from "../content/view.js";
import { counted } from "../quantity.js";
import { type BarPiece, bar } from "./bar.js";
import { lineLink, logText } from "./blocks.js";
import { type Content, type Element, h } from "./element.js";
import { swatch } from "./memory.js";

/** Candidates, and those that are not eligible, that are drawn; the table of tasks has all. */
const SHOWN = 12;
const SHOWN_INELIGIBLE = 5;

/** What the parts of a bar are, in the order in which they are drawn. */
const titles: Readonly<Record<string, string>> = {
  anon: "rss: anonymous",
  rssfile: "rss: file",
  shmem: "rss: shmem",
  rss: "rss",
  swap: "swap",
  tables: "page tables",
  adj: "oom_score_adj",
  other: "other parts of the rule",
  minus: "taken off",
};

const kindOf: Readonly<Partial<Record<PointsPartName, string>>> = {
  rss: "rss",
  totalVm: "rss",
  swap: "swap",
  pageTables: "tables",
  oomScoreAdj: "adj",
  oomAdj: "adj",
};

/** A task with its bar, before its scale is known. */
interface Drawn {
  readonly task: RankedTask;
  readonly pieces: readonly { readonly kind: string; readonly points: number }[];
  /** What negative parts take off. */
  readonly minus: number;
  readonly net: number;
}

/** What becomes of a process, beside its bar. */
export type Fates = ReadonlyMap<number, string>;

/** The candidates as bars that are split into what their points are made of. */
export function rankingFigure(
  view: View,
  ranking: readonly RankedTask[] = view.replay?.ranking ?? [],
  fates: Fates = fatesOf(view),
): Element | null {
  const eligible = ranking.filter((task) => task.eligible);
  const spared = ranking.filter((task) => !task.eligible);
  if (ranking.length === 0) return null;
  const named = eligible.filter((task, index) => index >= SHOWN && fates.has(task.pid)).slice(0, SHOWN);
  const drawn = [...eligible.slice(0, SHOWN), ...named].map((task) => drawnTask(task, view));
  const size = (task: RankedTask): number => memoryPages(view.rowOf(task.pid));
  const largest = spared.toSorted((a, b) => size(b) - size(a)).slice(0, SHOWN_INELIGIBLE);
  const isPages = view.replay?.pointsUnit === "pages";
  const most = Math.max(
    1,
    ...drawn.map(({ pieces }) => pieces.reduce((sum, { points }) => sum + points, 0)),
    ...(isPages ? largest.map(size) : []),
  );
  const least = Math.min(0, ...drawn.map(({ net }) => net));
  const span = most - least;
  const kinds = new Set(
    drawn.flatMap(({ pieces, minus }) => [...pieces.map(({ kind }) => kind), ...(minus > 0 ? ["minus"] : [])]),
  );
  const rows = drawn.map((one) => eligibleRow(one, { least, span }, fates, view, eligible.indexOf(one.task) + 1));
  const hidden = eligible.length - drawn.length;
  return h(
    "figure",
    { class: "ranking" },
    h(
      "ul",
      { class: "key", "aria-label": "Colours" },
      Object.keys(titles)
        .filter((kind) => kinds.has(kind))
        .map((kind) => h("li", {}, swatch(kind), titles[kind] ?? kind)),
    ),
    h(
      "div",
      { class: "bars", role: "table", "aria-label": "Ranking" },
      h(
        "div",
        { role: "row", class: "bars-head" },
        ["process", "made of", "points", "adj", ""].map((title) =>
          h(
            "span",
            { role: "columnheader" },
            title === "" ? h("span", { class: "hidden" }, "what became of it") : title,
          ),
        ),
      ),
      rows,
      hidden > 0
        ? h(
            "div",
            { role: "row", class: "more" },
            h("span", { role: "cell" }, `${counted(hidden, "more candidate")} in the table of tasks`),
          )
        : null,
      largest.map((task) => ineligibleRow(task, isPages ? { least, span } : null, fates, view)),
      spared.length > largest.length
        ? h(
            "div",
            { role: "row", class: "more" },
            h("span", { role: "cell" }, `${counted(spared.length - largest.length, "more task")} not eligible`),
          )
        : null,
    ),
  );
}

interface Scale {
  readonly least: number;
  readonly span: number;
}

function drawnTask(task: RankedTask, view: View): Drawn {
  const sums = new Map<string, number>();
  let minus = 0;
  for (const { name, value } of task.parts) {
    const points = toNumber(value);
    if (points < 0) minus -= points;
    else if (points > 0) {
      const kind = kindOf[name] ?? "other";
      sums.set(kind, (sums.get(kind) ?? 0) + points);
    }
  }
  const net = toNumber(task.points ?? 0);
  const split = splitRss(sums.get("rss") ?? 0, view.rowOf(task.pid));
  if (split !== null) {
    sums.delete("rss");
    for (const [kind, points] of split) sums.set(kind, points);
  }
  const pieces = Object.keys(titles).flatMap((kind) => {
    const points = sums.get(kind) ?? 0;
    return points > 0 ? [{ kind, points }] : [];
  });
  return { task, pieces, minus, net };
}

/** The parts of rss where the table prints them (since v6.8), in the proportion that it does. */
function splitRss(points: number, row: TaskRow | null): (readonly [string, number])[] | null {
  if (row === null || row.rssAnonPages === undefined) return null;
  const parts = [
    ["anon", toNumber(row.rssAnonPages)],
    ["rssfile", toNumber(row.rssFilePages ?? 0)],
    ["shmem", toNumber(row.rssShmemPages ?? 0)],
  ] as const;
  const sum = parts.reduce((total, [, pages]) => total + pages, 0);
  if (sum <= 0) return null;
  return parts.map(([kind, pages]) => [kind, (points * pages) / sum] as const);
}

function eligibleRow(
  { task, pieces, minus, net }: Drawn,
  scale: Scale,
  fates: Fates,
  view: View,
  place: number,
): Element {
  const { least, span } = scale;
  const whole = pieces.reduce((sum, { points }) => sum + points, 0);
  const overlays =
    minus > 0 && view.replay?.pointsUnit !== "legacy"
      ? [{ kind: "minus", from: (net - least) / span, share: Math.max(0, whole - net) / span, title: "taken off" }]
      : [];
  const drawn: BarPiece[] = pieces.map(({ kind, points }) => ({
    kind,
    share: points / span,
    title: `${titles[kind]}: ${Math.round(points).toLocaleString("en")}`,
  }));
  const fate = fates.get(task.pid);
  return h(
    "div",
    { role: "row", class: fate === undefined ? undefined : "marked", "data-pid": task.pid },
    nameCell(task, view, `${place}.`),
    h(
      "span",
      { role: "cell", class: "drawn" },
      bar(drawn, { start: -least / span, overlays, marks: [{ at: (net - least) / span, kind: "net" }] }),
    ),
    h("span", { role: "cell", class: "points" }, isOrigin(task) ? "volunteers" : boundedPoints(task)),
    adjCell(task, view),
    h("span", { role: "cell", class: "fate" }, fate ?? ""),
  );
}

function ineligibleRow(task: RankedTask, scale: Scale | null, fates: Fates, view: View): Element {
  const row = view.rowOf(task.pid);
  const pages = memoryPages(row);
  return h(
    "div",
    { role: "row", class: "spared", "data-pid": task.pid },
    nameCell(task, view, "–"),
    h(
      "span",
      { role: "cell", class: "drawn" },
      scale === null || pages === 0
        ? null
        : bar([{ kind: "ineligible", share: pages / scale.span, title: sizeOf(pages, view) }], {
            start: -scale.least / scale.span,
          }),
    ),
    h("span", { role: "cell", class: "points" }, "none"),
    adjCell(task, view),
    h("span", { role: "cell", class: "fate" }, fates.get(task.pid) ?? ineligibleWords[task.reason ?? "no-mm"]),
  );
}

function nameCell({ pid, name }: RankedTask, view: View, place: string): Element {
  const line = view.rowOf(pid)?.line;
  return h(
    "span",
    { role: "cell", class: "who" },
    h("span", { class: "place" }, place),
    logText(name),
    " ",
    line === undefined ? h("span", { class: "pid" }, String(pid)) : lineLink([line], String(pid)),
  );
}

function adjCell({ pid }: RankedTask, view: View): Element {
  const row = view.rowOf(pid);
  const adj: Content = String(row?.oomScoreAdj ?? row?.oomAdj ?? "");
  return h("span", { role: "cell", class: "adj" }, adj);
}

function memoryPages(row: TaskRow | null): number {
  return row === null ? 0 : Number(toBigInt(row.rssPages) + toBigInt(row.swapPages ?? 0));
}
