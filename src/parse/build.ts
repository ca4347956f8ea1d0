import type { Constraint, KillRole, MemcgBlock, MemInfo, OomReport, ReportPart, TaskTable } from "../model/report.js";
import { reportId } from "../model/report-id.js";
import { inferArch } from "./arch.js";
import type { KillDraft, ReportDraft } from "./draft.js";
import { inferPageSize } from "./page-size.js";
import { isTableCut } from "./table-cut.js";

/** printk level of the task table; a console that shows fewer loses it. */
const tableLevel = 6;

/** Makes the report of a draft. */
export function buildReport(draft: ReportDraft, source: string): OomReport {
  const first = draft.lines[0];
  const summary = draft.summary;
  const chosen = draft.chosen ?? chosenOfSummary(draft);
  const trigger = withInvoker(draft);
  const tableAbsent = isTableAbsent(draft);
  const missingParts = findMissingParts(draft, tableAbsent);
  const pageSizeBytes = inferPageSize(draft.zones.values(), draft.tasks, draft.kills);
  const uptimeSeconds = draft.uptimeUsec === null ? null : draft.uptimeUsec / 1e6;
  const kills = draft.kills.map(({ afterGroup: _, ...kill }, at) => ({ ...kill, role: killRole(draft, at) }));
  return {
    id: reportId({ trigger, chosen, summary, kills, tasks: draft.tasks, uptimeSeconds }),
    source,
    line: first?.line ?? 0,
    // A line that it could not read may be the only one.
    endLine: Math.max(draft.endLine, first?.line ?? 0),
    time: isoTime(draft.wallUsec),
    uptimeSeconds,
    host: draft.host,
    trust: draft.trust,
    kernel: {
      release: draft.cpu?.release ?? null,
      line: draft.cpu?.line ?? null,
      arch: inferArch(draft.cpu?.release ?? null, draft.registers, draft.stack),
      pageSizeBytes,
      era: null,
    },
    sysrq: isSysrq(draft) ? draft.sysrq : null,
    trigger,
    compactionDisabled: draft.compactionDisabled,
    cpuset: draft.cpuset ?? cpusetOfSummary(draft),
    cpu: draft.cpu,
    hardware: draft.hardware,
    context: draft.context,
    stack: draft.stack,
    registers: draft.registers,
    memInfo: buildMemInfo(draft),
    memcg: buildMemcg(draft),
    slab: draft.slab,
    protection: draft.protection,
    allocations: draft.allocations,
    taskTable: buildTable(draft, pageSizeBytes),
    tasks: draft.tasks,
    summary,
    constraint: findConstraint(draft),
    cgroup: {
      oomMemcg: summary?.oomMemcg ?? draft.memcgTask?.oomMemcg ?? null,
      taskMemcg: summary?.taskMemcg ?? draft.memcgTask?.taskMemcg ?? null,
    },
    chosen,
    kills,
    sharers: draft.sharers,
    groupKill: draft.groupKill,
    reaper: draft.reaper,
    alreadyExiting: draft.alreadyExiting,
    mmPinned: draft.mmPinned,
    noKillable: draft.noKillable,
    ...(draft.panic === null ? {} : { panic: { message: draft.panic.text, line: draft.panic.line } }),
    complete: missingParts.every((part) => part === "stack"),
    ...(tableAbsent ? { tableAbsent } : {}),
    ...(draft.opening === "rate-limited" ? { rateLimited: true } : {}),
    ...(draft.opening === "fragment" ? { fragment: true } : {}),
    missingParts,
    dropped: draft.dropped,
    unknownLines: draft.unknownLines,
    foreignLineCount: draft.foreignLineCount,
    lines: draft.lines,
  };
}

/** RFC 3339 in UTC; null for what no calendar can show. */
function isoTime(wallUsec: number | null): string | null {
  const date = new Date((wallUsec ?? Number.NaN) / 1000);
  const year = date.getUTCFullYear();
  return year >= 0 && year <= 9999 ? date.toISOString() : null;
}

/** The trigger with the pid of the processor line, and the whole name where the kernel broke it over two lines. */
function withInvoker({ trigger, cpu }: ReportDraft): OomReport["trigger"] {
  if (trigger === null || cpu === null) return trigger;
  const broken = trigger.name !== null && cpu.name.endsWith(`\n${trigger.name}`);
  return { ...trigger, pid: cpu.pid, ...(broken ? { name: cpu.name } : {}) };
}

/** Whether the selection was asked for by sysrq, as far as order and trace tell. */
function isSysrq({ trigger, stack }: ReportDraft): boolean {
  return (
    trigger?.order === -1 || stack.length === 0 || stack.some((frame) => /sysrq|^moom_callback/.test(frame.function))
  );
}

function chosenOfSummary({ summary }: ReportDraft): OomReport["chosen"] {
  if (summary === null || summary.pid === null || summary.name === null) return null;
  return { pid: summary.pid, name: summary.name, line: summary.line };
}

function cpusetOfSummary({ summary }: ReportDraft): OomReport["cpuset"] {
  if (summary === null || summary.cpuset === null || summary.memsAllowed === null) return null;
  return { name: summary.cpuset, memsAllowed: summary.memsAllowed, line: summary.line };
}

function buildMemInfo(draft: ReportDraft): MemInfo | null {
  if (draft.memInfo === null) return null;
  return {
    ...draft.memInfo,
    counters: draft.counters,
    perCpuLists: draft.perCpuLists,
    nodes: draft.nodes,
    zones: [...draft.zones.values()],
    hugepages: draft.hugepages,
    totals: draft.totals,
  };
}

function buildMemcg(draft: ReportDraft): MemcgBlock | null {
  if (draft.memcg === null) return null;
  return { ...draft.memcg, limits: draft.limits, stats: draft.stats, taskLine: draft.memcgTask?.line ?? null };
}

function buildTable(draft: ReportDraft, pageSizeBytes: number | null): TaskTable | null {
  if (draft.table === null) return null;
  const cut = isTableCut(draft, draft.table.line, pageSizeBytes);
  return { ...draft.table, columns: draft.layout?.columns ?? [], cut };
}

/**
 * With `vm.oom_dump_tasks=0` the memory block is followed by the choice. A log that dropped the lines of the table's
 * level looks the same, so the claim needs a line of that level where levels are known.
 */
function isTableAbsent(draft: ReportDraft): boolean {
  if (draft.trigger === null || draft.table !== null || draft.isBefore("choice")) return false;
  if (draft.memInfo === null && draft.memcg === null) return false;
  return draft.highestLevel === null || draft.highestLevel >= tableLevel;
}

function findMissingParts(draft: ReportDraft, tableAbsent: boolean): readonly ReportPart[] {
  const missing: ReportPart[] = [];
  if (draft.trigger === null) missing.push("trigger");
  if (draft.stack.length === 0) missing.push("stack");
  if (draft.memInfo === null && draft.memcg === null) missing.push("memory");
  if (draft.tasks.length === 0 && !tableAbsent && !isTableEmpty(draft)) missing.push("table");
  if (!draft.ended) missing.push("ending");
  return missing;
}

/** A header that is followed by the word that nothing could be killed: no process was eligible for a row. */
function isTableEmpty(draft: ReportDraft): boolean {
  return draft.layout !== null && (draft.noKillable !== null || draft.panic !== null);
}

/**
 * The constraint as far as the report shows it. v5.0 and v5.1 print CONSTRAINT_NONE whatever it was: an `oom_memcg=`
 * beside it tells; for the other constraints nothing does.
 */
function findConstraint(draft: ReportDraft): Constraint | null {
  const { summary } = draft;
  if (summary?.oomMemcg != null) return "CONSTRAINT_MEMCG";
  if (draft.limits.length > 0 || draft.memcgTask !== null) return "CONSTRAINT_MEMCG";
  if ([...draft.kills, draft.chosen].some((one) => one?.message?.startsWith("Memory cgroup")))
    return "CONSTRAINT_MEMCG";
  const printed = summary?.constraint;
  if (printed === "CONSTRAINT_CPUSET" || printed === "CONSTRAINT_MEMORY_POLICY") return printed;
  if (printed === "CONSTRAINT_NONE" && !/^5\.[01]\./.test(draft.cpu?.release ?? "")) return printed;
  return null;
}

/**
 * What a killed process was. The first to die is the victim, unless the kernel picked another process and then took a
 * child of it. A picked pid that is in no row of the table is a thread of the victim, not a parent.
 */
function killRole(draft: ReportDraft, at: number): KillRole {
  const kill = draft.kills[at] as KillDraft;
  if (kill.afterGroup) return "group-member";
  const chosen = draft.chosen;
  if (chosen === null || chosen.pid === kill.pid) return "victim";
  if (draft.tasks.length === 0) return "sacrificed-child";
  const chosenRow = draft.tasks.find((task) => task.pid === chosen.pid || task.tgid === chosen.pid);
  const killedRow = draft.tasks.find((task) => task.pid === kill.pid || task.tgid === kill.pid);
  return chosenRow === undefined || chosenRow === killedRow ? "victim" : "sacrificed-child";
}
