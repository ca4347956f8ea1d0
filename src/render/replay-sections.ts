import type { RankChange, SequenceNeed, SequenceStep, WhatIf } from "../model/what-if.js";
import { boundedPoints, isOrigin } from "./content/points.js";
import { possibleWords } from "./content/possible.js";
import { type Cell, type Column, paragraph, type Row, type Section } from "./document.js";
import { counted, formatBytes, formatPages, grouped } from "./quantity.js";
import { kernelsSection } from "./replay-kernels.js";
import { log, processWords, strong, type Words } from "./words.js";

/** Rows that are shown unless all are wanted. */
export const TOP_ROWS = 10;

const right = (title: string, drop?: number): Column => ({
  title,
  align: "right",
  ...(drop === undefined ? {} : { drop }),
});
const left = (title: string): Column => ({ title, align: "left" });

/** Everything below the answer. */
export function replaySections(answer: WhatIf, { verbose }: { readonly verbose: boolean }): Section[] {
  const sections = [
    rankingSection(answer, verbose),
    sequenceSection(answer),
    kernelsSection(answer),
    remarksSection(answer),
  ];
  return sections.filter((section) => section !== null);
}

const units = {
  pages: "points in pages",
  permille: "points in 1/1000 of memory",
  legacy: "not comparable points",
} as const;

/** The best, before and after; without an edit, what turns each. */
function rankingSection(answer: WhatIf, verbose: boolean): Section | null {
  const { after, pointsUnit } = { after: answer.after, pointsUnit: answer.after.pointsUnit };
  const candidates = after.ranking.filter(({ eligible }) => eligible);
  if (candidates.length === 0 || pointsUnit === null) return null;
  const isEdited = answer.changes.length > 0;
  const changes = new Map(answer.changes.map((change) => [change.pid, change]));
  const margins = new Map((answer.margins ?? []).map((margin) => [margin.pid, margin]));
  const shown = candidates.filter(
    ({ pid }, index) => verbose || index < TOP_ROWS || (changes.has(pid) && isMoved(changes.get(pid))),
  );
  const gone = answer.changes.filter((change) => change.after?.place == null && change.before?.place != null);
  const hasAdj = answer.report.tasks.some(({ oomScoreAdj }) => oomScoreAdj !== undefined) || isEdited;
  const adjNow = new Map(answer.report.tasks.map((row) => [row.tgid, row.oomScoreAdj ?? null]));
  const columns: Column[] = [
    right(isEdited ? "place" : "points"),
    ...(isEdited ? [right("points")] : []),
    ...(hasAdj ? [right("adj")] : []),
    ...(margins.size > 0 ? [right("turns at adj", 2), right("turns by", 1)] : []),
    right("pid"),
    left("name"),
  ];
  const rows = shown.map((task, index): Row => {
    const change = changes.get(task.pid);
    const margin = margins.get(task.pid);
    const points = isOrigin(task) ? "volunteers" : boundedPoints(task);
    const cells: Cell[] = [
      ...(isEdited ? [[moved(change?.before?.place, change?.after?.place, String(index + 1))]] : []),
      [strong(isEdited ? moved(change?.before?.points, change?.after?.points, points) : points)],
      ...(hasAdj
        ? [[moved(change?.before?.oomScoreAdj, change?.after?.oomScoreAdj, String(adjNow.get(task.pid) ?? 0))]]
        : []),
      ...(margins.size > 0
        ? [margin === undefined ? [] : [String(margin.flipOomScoreAdj ?? "never")], turnsBy(margin, answer)]
        : []),
      [String(task.pid)],
      [log(task.name)],
    ];
    return { cells, marked: task.pid === after.chosen?.pid };
  });
  const goneRows = gone.map(({ pid, name, before, after: now }): Row => {
    const why = now === null ? "gone" : "not eligible";
    const cells: Cell[] = [
      [`${before?.place ?? "-"} → -`],
      [why],
      ...(hasAdj ? [[moved(before?.oomScoreAdj, now?.oomScoreAdj, String(before?.oomScoreAdj ?? 0))]] : []),
      ...(margins.size > 0 ? [[""], [""]] : []),
      [String(pid)],
      [log(name)],
    ];
    return { cells };
  });
  const hidden = candidates.length - shown.length;
  return {
    title: isEdited ? "Ranking, before → after" : "Ranking",
    aside: [`${units[pointsUnit]}, ${counted(candidates.length, "candidate")}`],
    blocks: [
      { kind: "table", columns, rows: [...rows, ...goneRows] },
      ...(hidden > 0 ? [paragraph(`${counted(hidden, "more candidate")} not shown (--verbose shows all).`)] : []),
    ],
  };
}

/** A process that an edit was about, not one that others' moves shifted. */
function isMoved(change: RankChange | undefined): boolean {
  return change?.before?.points !== change?.after?.points || change?.before?.oomScoreAdj !== change?.after?.oomScoreAdj;
}

/** `3 → 1`, or the value alone where it stayed. */
function moved(
  before: number | bigint | null | undefined,
  after: number | bigint | null | undefined,
  now: string,
): string {
  if (before === undefined && after === undefined) return now;
  const show = (value: number | bigint | null | undefined): string => (value == null ? "-" : grouped(value));
  return before === after ? now : `${show(before)} → ${show(after)}`;
}

function turnsBy(margin: NonNullable<WhatIf["margins"]>[number] | undefined, { report }: WhatIf): Words {
  // Only of the best it was asked.
  if (margin === undefined) return [];
  if (margin.openWithoutSwap === true) return ["not told without --swap"];
  if (margin.flipPages === null) return ["never"];
  const sign = margin.chosen ? "−" : "+";
  const { pageSizeBytes } = report.kernel;
  return [
    `${sign}${pageSizeBytes === null ? counted(margin.flipPages, "page") : formatPages(margin.flipPages, pageSizeBytes)}`,
  ];
}

/** Who dies one after the other. */
function sequenceSection({ sequence, need, report }: WhatIf): Section | null {
  if (sequence === undefined) return null;
  const { pageSizeBytes } = report.kernel;
  const size = (pages: SequenceStep["freedPages"]): string =>
    pageSizeBytes === null ? counted(pages, "page") : formatPages(pages, pageSizeBytes);
  const hasSaid = sequence.some(({ happened }) => happened !== undefined);
  const columns = [
    right("#"),
    right("points"),
    right("frees at most"),
    right("so far", 1),
    right("pid"),
    left("name"),
    ...(hasSaid ? [left("the log")] : []),
  ];
  const rows = sequence.map((step, index): Row => {
    const also = step.alsoKilled.length === 0 ? [] : [` and ${counted(step.alsoKilled.length, "more", "more")}`];
    return {
      cells: [
        [String(index + 1)],
        [strong(step.points === null ? "-" : grouped(step.points))],
        [size(step.freedPages)],
        [size(step.freedSoFarPages)],
        [String(step.pid)],
        [log(step.name), ...also, step.decided ? "" : " (open)"],
        ...(hasSaid ? [happenedWords(step)] : []),
      ],
    };
  });
  const open = sequence.find(({ decided }) => !decided);
  return {
    title: "Kill order",
    aside: ["who dies next while all others stay as they are"],
    blocks: [
      ...(rows.length > 0
        ? [{ kind: "table", columns, rows } as const]
        : need?.metAfterKills === 0
          ? []
          : [paragraph("The log does not tell who would be killed, and what that would free.")]),
      ...(need === undefined || (rows.length === 0 && need.metAfterKills === null) ? [] : [paragraph(needWords(need))]),
      ...(open === undefined ? [] : [paragraph("Open: ", ...possibleWords(open.possible))]),
    ],
  };
}

function needWords({ bytes, metAfterKills, isLast }: SequenceNeed): string {
  const need = `The need of ${formatBytes(bytes)}`;
  if (metAfterKills !== null) return `${need} is met after ${counted(metAfterKills, "kill")}.`;
  return `${need} is not met${isLast ? ": nobody is left to kill" : " yet"}.`;
}

function happenedWords({ happened }: SequenceStep): Words {
  if (happened === undefined) return [""];
  if (happened.agrees) return [`agrees :${happened.line}`];
  const because = happened.because === undefined ? "" : `: ${happened.because}`;
  return [...processWords(happened), ` died :${happened.line}${because}`];
}

function remarksSection({ remarks }: WhatIf): Section | null {
  if (remarks.length === 0) return null;
  return { title: "To be known", blocks: [{ kind: "list", items: remarks.map((remark) => [remark]) }] };
}
