import type { OomReport, TaskRow } from "../model/report.js";
import type { KernelTraits } from "../model/traits.js";

/** The table row of the process that a pid or tid names, or null when no row does. */
export function processOf(report: OomReport, pid: number): TaskRow | null {
  return report.tasks.find((row) => row.pid === pid) ?? report.tasks.find((row) => row.tgid === pid) ?? null;
}

/** {@link processOf} for many ids of one report: the table is looked through once. */
export function processesOf({ tasks }: OomReport): (pid: number) => TaskRow | null {
  const byPid = new Map<number, TaskRow>();
  const byTgid = new Map<number, TaskRow>();
  for (const row of tasks) {
    if (!byPid.has(row.pid)) byPid.set(row.pid, row);
    if (!byTgid.has(row.tgid)) byTgid.set(row.tgid, row);
  }
  return (pid) => byPid.get(pid) ?? byTgid.get(pid) ?? null;
}

/** Whether two ids name the same process: the same id, or the leader and the thread of one row. */
export function sameProcess(report: OomReport, a: number, b: number): boolean {
  if (a === b) return true;
  const rowA = processOf(report, a);
  return rowA !== null && rowA === processOf(report, b);
}

/** `name (pid 123)`, for sentences. */
export function describeTask(task: { readonly pid: number | null; readonly name: string }): string {
  return task.pid === null ? task.name : `${task.name} (pid ${task.pid})`;
}

/** Why a report goes from the memory to the choice without a table: whoever filters a log can take one out unseen. */
export function whyTableAbsent(traits: Pick<KernelTraits, "taskTable"> | null): string {
  return traits?.taskTable === "none"
    ? "this kernel (up to v2.6.24) prints no task table"
    : "vm.oom_dump_tasks is 0, or the task table was left out of this log";
}

/** The task that the log says was picked. */
export interface Picked {
  /** Pid of its row where it has one, else the printed id. */
  readonly pid: number;
  readonly name: string;
  /** The line that names it. */
  readonly line: number;
  /** The printed id when it is a thread's that no row shows; null otherwise. */
  readonly printedThread: number | null;
}

/**
 * Who the log says was picked: the `Kill process` or `oom-kill:` line, else the first kill line. Null without either.
 *
 * Kernels that scan threads (v2.6.39 to v4.6) may name a thread that no row shows; its process is then the one that the
 * kill line names, or the only row of that name.
 */
export function pickedTask(report: OomReport): Picked | null {
  const printed = report.chosen ?? report.kills[0];
  if (printed === undefined) return null;
  const { pid, name, line } = printed;
  const killed = report.kills[0];
  if (report.chosen === null || processOf(report, pid) !== null || report.tasks.length === 0) {
    return { pid, name, line, printedThread: null };
  }
  const named = report.tasks.filter((row) => row.name === name);
  const row =
    named.find((one) => one.pid === killed?.pid || one.tgid === killed?.pid) ??
    (named.length === 1 ? named[0] : undefined);
  return row === undefined
    ? { pid, name, line, printedThread: null }
    : { pid: row.pid, name, line, printedThread: pid };
}

/**
 * The line that says that the invoker was taken whatever its size (`vm.oom_kill_allocating_task`), or null: the kill line
 * (since v5.1) or the `Kill process` line before.
 */
export function allocatingTaskLine(report: OomReport): number | null {
  const phrase = "oom_kill_allocating_task";
  if (report.chosen?.message?.includes(phrase) === true) return report.chosen.line;
  return report.kills.find((kill) => kill.message?.includes(phrase) === true)?.line ?? null;
}
