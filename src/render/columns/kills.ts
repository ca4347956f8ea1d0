import type { Kill } from "../../model/report.js";
import { integer, type Table, text } from "./column.js";
import { ofReport, type ReportRow } from "./reports.js";

interface KillRow extends ReportRow {
  readonly kill: Kill;
}

export const kills: Table<KillRow> = {
  name: "kills",
  meaning: "One row for each `Killed process` line. A group kill names its victim twice: count(distinct pid).",
  columns: [
    ...ofReport<KillRow>((row) => row),
    integer("line", "The kill's line in the source.", ({ kill }) => kill.line),
    integer("pid", "Process id in the initial namespace.", ({ kill }) => kill.pid),
    text("name", "First 15 bytes of the task's name.", ({ kill }) => kill.name),
    text("role", "victim, sacrificed-child, group-member, mm-sharer.", ({ kill }) => kill.role),
    text("message", "The text before `Killed process`.", ({ kill }) => kill.message),
    integer("uid", "User id.", ({ kill }) => kill.uid),
    integer("total_vm_kb", "Address space.", ({ kill }) => kill.totalVmKb),
    integer("anon_rss_kb", "Anonymous memory.", ({ kill }) => kill.anonRssKb),
    integer("file_rss_kb", "Memory of files.", ({ kill }) => kill.fileRssKb),
    integer("shmem_rss_kb", "Shared memory.", ({ kill }) => kill.shmemRssKb),
    integer("pgtables_kb", "Page tables, as printed.", ({ kill }) => kill.pgtablesKb),
    integer("oom_score_adj", "Adjustment of the score.", ({ kill }) => kill.oomScoreAdj),
    text(
      "constraint",
      "What the selection was limited to, by the kernel's name.",
      (row) => row.analysis.report.constraint,
    ),
    text("limit", "The same in a word.", ({ headline }) => headline.limit),
    text(
      "cgroup",
      "The cgroup without ids: whose limit was hit, else the victim's.",
      ({ headline }) => headline.cgroup,
    ),
    text("cause", "Id of the report's top finding.", ({ headline }) => headline.cause),
    text("verdict", "The re-run against the log.", ({ analysis }) => analysis.verdict.kind),
  ],
};

export function killRows(report: ReportRow): KillRow[] {
  return report.analysis.report.kills.map((kill) => ({ ...report, kill }));
}
