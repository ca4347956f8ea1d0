import type { RankedTask } from "../../model/replay.js";
import type { Kill, TaskRow } from "../../model/report.js";
import { boolean, integer, type Table, text } from "./column.js";
import { ofReport, type ReportRow } from "./reports.js";

/** A row of a task table with what the re-run made of it. */
interface Task extends ReportRow {
  readonly task: TaskRow;
  readonly ranked: RankedTask | undefined;
  /** Place in the ranking, from 1; undefined when it is not eligible. */
  readonly place: number | undefined;
  readonly kill: Kill | undefined;
}

export const tasks: Table<Task> = {
  name: "tasks",
  meaning: "One row for each row of a task table.",
  columns: [
    ...ofReport<Task>((row) => row),
    integer("line", "The row's line in the source.", ({ task }) => task.line),
    integer("pid", "The pid column: the thread whose memory was read.", ({ task }) => task.pid),
    integer("tgid", "The process.", ({ task }) => task.tgid),
    integer("uid", "User id.", ({ task }) => task.uid),
    text("name", "First 15 bytes of the task's name.", ({ task }) => task.name),
    integer("total_vm_pages", "Address space.", ({ task }) => task.totalVmPages),
    integer("rss_pages", "Resident memory.", ({ task }) => task.rssPages),
    integer("rss_anon_pages", "Anonymous part of it (since v6.8).", ({ task }) => task.rssAnonPages),
    integer("rss_file_pages", "File part of it (since v6.8).", ({ task }) => task.rssFilePages),
    integer("rss_shmem_pages", "Shared memory part of it (since v6.8).", ({ task }) => task.rssShmemPages),
    integer("pgtables_bytes", "Page tables (since v4.15).", ({ task }) => task.pgtablesBytes),
    integer("nr_ptes", "Pages of page tables (v3.6 to v4.14).", ({ task }) => task.nrPtes),
    integer("nr_pmds", "Pages of page middle directories (v4.0 to v4.14).", ({ task }) => task.nrPmds),
    integer("swap_pages", "Swap entries (since v3.6).", ({ task }) => task.swapPages),
    integer("oom_score_adj", "Adjustment of the score (since v2.6.36).", ({ task }) => task.oomScoreAdj),
    integer("oom_adj", "The older adjustment (up to v3.5).", ({ task }) => task.oomAdj),
    integer("cpu", "Last processor (up to v3.5).", ({ task }) => task.cpu),
    text("other", "Columns that no kernel known here prints, as `name=value`, joined by a blank.", ({ task }) =>
      pairs(task.other ?? {}),
    ),
    integer("place", "Place in the re-run's ranking, from 1; null when it can not be chosen.", ({ place }) => place),
    integer("points", "Points in the re-run; null when it can not be chosen.", ({ ranked }) => ranked?.points),
    boolean("eligible", "Whether it can be chosen.", ({ ranked }) => ranked?.eligible),
    text("reason", "Why it can not be chosen.", ({ ranked }) => ranked?.reason),
    text("kill_role", "What it was to the selection, where it died.", ({ kill }) => kill?.role),
  ],
};

export function taskRows(report: ReportRow): Task[] {
  const { replay, report: printed } = report.analysis;
  const ranking = new Map(
    (replay?.ranking ?? []).map((ranked, index) => [
      ranked.tgid,
      { ranked, place: ranked.eligible ? index + 1 : undefined },
    ]),
  );
  const kills = new Map(report.headline.kills.map((kill) => [kill.pid, kill]));
  return printed.tasks.map((task) => ({
    ...report,
    task,
    ranked: undefined,
    place: undefined,
    ...ranking.get(task.tgid),
    kill: kills.get(task.pid) ?? kills.get(task.tgid),
  }));
}

/** Names with their values on one line; null without any. */
export function pairs(values: Readonly<Record<string, unknown>>): string | null {
  const entries = Object.entries(values);
  return entries.length === 0 ? null : entries.map(([name, value]) => `${name}=${value}`).join(" ");
}
