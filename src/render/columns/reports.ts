import type { Analysis } from "../../model/analysis.js";
import { type Headline, headlineOf } from "../../model/headline.js";
import { toBigInt } from "../../model/units.js";
import { boolean, type Column, integer, microseconds, real, type Table, text, time } from "./column.js";

/** An analysis with its headline. */
export interface ReportRow {
  readonly analysis: Analysis;
  readonly headline: Headline;
}

/** The columns that every table begins with: which report a row is of. */
export function ofReport<Row>(rowOf: (row: Row) => ReportRow): Column<Row>[] {
  const of = (row: Row) => rowOf(row).analysis.report;
  return [
    text("report_id", "Digest of what the kernel printed: the same for every source and clock.", (row) => of(row).id),
    text("source", "The log: a path, a member of an archive, or `-`.", (row) => of(row).source),
    integer("report_line", "First line of the report in its source.", (row) => of(row).line),
    text("host", "The host that the log names.", (row) => of(row).host),
    time("time", "Wall time of the report.", (row) => microseconds(of(row).time)),
  ];
}

/** One row a report: what happened. */
export const reports: Table<ReportRow> = {
  name: "reports",
  meaning: "One row for each report: one selection of a victim, or the part of it that the log has.",
  columns: [
    text("id", "Digest of what the kernel printed: the same for every source and clock.", (row) => of(row).id),
    text("source", "The log: a path, a member of an archive, or `-`.", (row) => of(row).source),
    integer("line", "First line of the report in its source.", (row) => of(row).line),
    integer("end_line", "Last line of the report in its source.", (row) => of(row).endLine),
    text("host", "The host that the log names.", (row) => of(row).host),
    time("time", "Wall time of the report.", (row) => microseconds(of(row).time)),
    real("uptime_seconds", "Time since boot.", (row) => of(row).uptimeSeconds),
    text("trust", "Whether the source vouches that the kernel wrote it.", (row) => of(row).trust),
    text("kernel_release", "Release of the kernel (`uname -r`).", (row) => of(row).kernel.release),
    text("kernel_arch", "Architecture (`uname -m`).", (row) => of(row).kernel.arch),
    integer("kernel_page_size_bytes", "Page size that the log shows.", (row) => of(row).kernel.pageSizeBytes),
    text("kernel_era", "The row of the rule table that the re-run went by.", (row) => of(row).kernel.era),
    text("trigger_name", "Who asked for memory. Not who used it.", (row) => of(row).trigger?.name),
    integer("trigger_pid", "Its pid.", (row) => of(row).trigger?.pid),
    text("trigger_gfp_mask", "The request's flags as a number.", (row) => of(row).trigger?.gfpMask),
    text("trigger_gfp_flags", "The request's flags by name, joined by `|`.", (row) =>
      of(row).trigger?.gfpFlags?.join("|"),
    ),
    integer("trigger_order", "The request's size: 2^order pages; -1 is SysRq.", (row) => of(row).trigger?.order),
    integer("trigger_oom_score_adj", "The asker's oom_score_adj.", (row) => of(row).trigger?.oomScoreAdj),
    text("constraint", "What the selection was limited to, by the kernel's name.", (row) => of(row).constraint),
    text(
      "limit",
      "The same in a word: machine, memcg, cpuset, mempolicy, sysrq, unknown.",
      (row) => row.headline.limit,
    ),
    integer("limit_bytes", "What that cgroup may use of `memory`; null for no limit.", (row) => limitBytes(of(row))),
    text("cgroup", "The cgroup without ids: whose limit was hit, else the victim's.", (row) => row.headline.cgroup),
    text("cgroup_oom_memcg", "Path of the cgroup whose limit was hit.", (row) => of(row).cgroup.oomMemcg),
    text("cgroup_task_memcg", "Path of the victim's cgroup.", (row) => of(row).cgroup.taskMemcg),
    text("cgroup_kind", "What the cgroup is: system-unit, container, pod, ….", (row) => identityOf(row)?.kind),
    text("cgroup_name", "What it is in words.", (row) => identityOf(row)?.name),
    text("cgroup_unit", "systemd unit.", (row) => identityOf(row)?.unit),
    text("cgroup_container_id", "Id of the container.", (row) => identityOf(row)?.containerId),
    text("cgroup_pod_uid", "UID of the pod.", (row) => identityOf(row)?.podUid),
    text("cgroup_qos_class", "Kubernetes QoS class.", (row) => identityOf(row)?.qosClass),
    text("victim", "Name of who died first.", (row) => row.headline.victim?.name),
    integer("victim_pid", "Its pid.", (row) => row.headline.victim?.pid),
    integer("victim_bytes", "Its resident memory and swap.", (row) => row.headline.victimBytes),
    text("chosen", "Name of who the kernel says it picked.", (row) => of(row).chosen?.name),
    integer("chosen_pid", "Its pid.", (row) => of(row).chosen?.pid),
    integer("chosen_score", "The printed score (up to v5.0).", (row) => of(row).chosen?.score),
    integer("kill_count", "Processes that died.", (row) => row.headline.kills.length),
    text("panic_message", "The kernel's panic message.", (row) => of(row).panic?.message),
    text(
      "verdict",
      "The re-run against the log: agrees, explained, undecidable, differs, none.",
      (row) => row.analysis.verdict.kind,
    ),
    text("verdict_sentence", "The same in a sentence.", (row) => row.analysis.verdict.sentence),
    text("verdict_by", "For explained: the rules, joined by `|`.", (row) =>
      row.analysis.verdict.by?.map(({ rule }) => rule).join("|"),
    ),
    text("cause", "Id of the top finding.", (row) => row.headline.cause),
    text("cause_confidence", "Its confidence: high, medium, low.", (row) => row.analysis.findings[0]?.confidence),
    text("cause_title", "What it says.", (row) => row.analysis.findings[0]?.title),
    integer("total_pages_min", "Least totalpages that the log allows.", (row) => row.analysis.scenario?.totalPages.min),
    integer("total_pages_max", "Most totalpages that the log allows.", (row) => row.analysis.scenario?.totalPages.max),
    integer("task_rows", "Rows of the task table.", (row) => of(row).tasks.length),
    boolean("complete", "Trigger, memory, table and ending are all there.", (row) => of(row).complete),
    boolean(
      "table_absent",
      "There is no table between memory and choice (vm.oom_dump_tasks=0, or left out of the log).",
      (row) => of(row).tableAbsent === true,
    ),
    boolean("rate_limited", "A kill whose dump the kernel left out.", (row) => of(row).rateLimited === true),
    boolean("fragment", "A part of a report only.", (row) => of(row).fragment === true),
    integer("unknown_line_count", "Lines inside that no rule knows.", (row) => of(row).unknownLines.length),
    integer("foreign_line_count", "Lines inside that something else printed.", (row) => of(row).foreignLineCount),
  ],
};

function of({ analysis }: ReportRow): Analysis["report"] {
  return analysis.report;
}

function limitBytes({ memcg }: Analysis["report"]): bigint | null {
  const limit = memcg?.limits.find(({ name }) => name === "memory");
  return limit === undefined || limit.unlimited ? null : toBigInt(limit.limitKb) * 1024n;
}

function identityOf({ analysis }: ReportRow) {
  return analysis.cgroups?.oomMemcg ?? analysis.cgroups?.taskMemcg ?? null;
}

/** The row of an analysis. */
export function reportRow(analysis: Analysis): ReportRow {
  return { analysis, headline: headlineOf(analysis) };
}
