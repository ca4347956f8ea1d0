import type { Analysis } from "../../model/analysis.js";
import type { RankedTask } from "../../model/replay.js";
import type { TaskRow } from "../../model/report.js";
import type { Int64 } from "../../model/units.js";
import { counted, formatPages } from "../quantity.js";

/** An analysis with the look-ups that several sections need. */
export interface View extends Analysis {
  /** Null where nothing tells it, not even an assumption. */
  readonly pageSizeBytes: number | null;
  /** The table row of a process, by its pid or, for a thread or an exited leader, its thread group. */
  rowOf(pid: number): TaskRow | null;
  /** The ranked task of a process, found in the same way. */
  rankedOf(pid: number): RankedTask | null;
}

const views = new WeakMap<Analysis, View>();

/** The look-ups of an analysis, made once. */
export function viewOf(analysis: Analysis): View {
  const known = views.get(analysis);
  if (known !== undefined) return known;
  const view = newView(analysis);
  views.set(analysis, view);
  return view;
}

function newView(analysis: Analysis): View {
  const { report, replay, scenario, accounting } = analysis;
  const byPid = new Map<number, TaskRow>();
  for (const row of report.tasks) if (!byPid.has(row.tgid)) byPid.set(row.tgid, row);
  for (const row of report.tasks) byPid.set(row.pid, row);
  const ranked = new Map((replay?.ranking ?? []).map((task) => [task.tgid, task]));
  const rowOf = (pid: number): TaskRow | null => byPid.get(pid) ?? null;
  return {
    ...analysis,
    pageSizeBytes: scenario?.machine.pageSizeBytes ?? accounting?.pageSizeBytes ?? report.kernel.pageSizeBytes,
    rowOf,
    rankedOf: (pid) => ranked.get(rowOf(pid)?.tgid ?? pid) ?? null,
  };
}

/** Pages as a size, or as a count where the page size is not known. */
export function sizeOf(pages: Int64, { pageSizeBytes }: Pick<View, "pageSizeBytes">): string {
  return pageSizeBytes === null ? counted(pages, "page") : formatPages(pages, pageSizeBytes);
}

/** Pages with their size: `43,808 pages (171 MiB)`. */
export function pagesAndSize(pages: Int64, { pageSizeBytes }: Pick<View, "pageSizeBytes">): string {
  const count = counted(pages, "page");
  return pageSizeBytes === null ? count : `${count} (${formatPages(pages, pageSizeBytes)})`;
}
