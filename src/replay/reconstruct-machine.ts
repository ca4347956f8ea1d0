import type { Invocation, Machine, MachineTask, OomEntry } from "../model/machine.js";
import type { OomReport, TaskRow } from "../model/report.js";
import { allocatingTaskLine, processOf } from "./process.js";
import type { InferredConstraint } from "./reconstruct-constraint.js";
import { wordBitsOf } from "./word-bits.js";

/** What a re-run assumes of some tasks beyond the log, by pid of the row; null: the task did not exist yet. */
export type Assumptions = ReadonlyMap<number, Partial<MachineTask> | null>;

const NOTHING_ASSUMED: Assumptions = new Map();

/** What a report shows of the machine. What it can not show stays absent. */
export function machineFromReport(
  report: OomReport,
  inferred: InferredConstraint,
  pageSizeBytes: number,
  assumed: Assumptions = NOTHING_ASSUMED,
): Machine {
  const tasks: MachineTask[] = [];
  const seen = new Set<number>();
  for (let index = 0; index < report.tasks.length; index++) {
    const row = report.tasks[index] as TaskRow;
    // A row that is printed twice (a log pasted twice) is one task.
    if (seen.has(row.pid)) continue;
    seen.add(row.pid);
    const assumption = assumed.size === 0 ? undefined : assumed.get(row.pid);
    if (assumption === null) continue;
    if (row.pid !== row.tgid) {
      tasks.push({
        pid: row.tgid,
        tgid: row.tgid,
        name: row.name,
        uid: row.uid,
        rssPages: 0,
        mm: null,
        flags: NO_FLAGS,
        line: row.line,
        ...adjOf(row),
      });
    }
    const task = taskFromRow(row, index + 1);
    tasks.push(assumption === undefined ? task : { ...task, ...assumption });
  }
  const wordBits = wordBitsOf(report.kernel.arch);
  return {
    pageSizeBytes,
    ...(wordBits === null ? {} : { wordBits }),
    tasks: withKnownChild(report, tasks),
    invocation: invocationOf(report, inferred),
  };
}

/** Tables tell no parents; a child that died in its parent's place tells that one. */
function withKnownChild(report: OomReport, tasks: readonly MachineTask[]): readonly MachineTask[] {
  const { chosen } = report;
  const child = report.kills.find(({ role }) => role === "sacrificed-child");
  if (chosen === null || child === undefined) return tasks;
  const ppid = processOf(report, chosen.pid)?.pid ?? chosen.pid;
  const tgid = processOf(report, child.pid)?.tgid ?? child.pid;
  return tasks.map((task) => (task.pid === tgid ? { ...task, ppid } : task));
}

function adjOf(row: TaskRow): Pick<MachineTask, "oomScoreAdj" | "oomAdj"> {
  return {
    ...(row.oomScoreAdj === undefined ? {} : { oomScoreAdj: row.oomScoreAdj }),
    ...(row.oomAdj === undefined ? {} : { oomAdj: row.oomAdj }),
  };
}

function taskFromRow(row: TaskRow, mm: number): MachineTask {
  const { pid, tgid, name, uid, totalVmPages, rssPages, line } = row;
  const task: { -readonly [Key in keyof MachineTask]: MachineTask[Key] } = {
    pid,
    tgid,
    name,
    uid,
    totalVmPages,
    rssPages,
    mm,
    flags: NO_FLAGS,
    line,
  };
  // What a kernel does not print stays absent.
  if (row.rssAnonPages !== undefined) task.rssAnonPages = row.rssAnonPages;
  if (row.rssFilePages !== undefined) task.rssFilePages = row.rssFilePages;
  if (row.rssShmemPages !== undefined) task.rssShmemPages = row.rssShmemPages;
  if (row.swapPages !== undefined) task.swapPages = row.swapPages;
  if (row.nrPtes !== undefined) task.nrPtes = row.nrPtes;
  if (row.nrPmds !== undefined) task.nrPmds = row.nrPmds;
  if (row.pgtablesBytes !== undefined) task.pgtablesBytes = row.pgtablesBytes;
  if (row.oomScoreAdj !== undefined) task.oomScoreAdj = row.oomScoreAdj;
  if (row.oomAdj !== undefined) task.oomAdj = row.oomAdj;
  return task;
}

/** No table shows a flag of a task. */
const NO_FLAGS: MachineTask["flags"] = {};

function invocationOf(report: OomReport, inferred: InferredConstraint): Invocation {
  const entry = entryOf(report, inferred);
  const current = report.trigger?.pid ?? null;
  const policy = inferred.constraint === "CONSTRAINT_MEMORY_POLICY" ? inferred.nodes : null;
  return {
    kind: entry === "memcg-charge" ? "memcg" : "global",
    entry,
    order: entry === "sysrq" ? -1 : (report.trigger?.order ?? 0),
    ...(current === null ? {} : { current }),
    ...(policy === null ? {} : { nodemask: policy }),
    ...(allocatingTaskLine(report) === null ? {} : { oomKillAllocatingTask: 1 }),
    ...(report.panic === undefined ? {} : panicSetting(report.panic.message)),
  };
}

/** What raised the killer, by the constraint, the sysrq line, the order and the call trace. */
function entryOf(report: OomReport, inferred: InferredConstraint): OomEntry {
  if (inferred.constraint === "CONSTRAINT_MEMCG") return "memcg-charge";
  const called = (name: string): boolean => report.stack.some((frame) => frame.reliable && frame.function === name);
  if (report.sysrq !== null || report.trigger?.order === -1 || called("moom_callback")) return "sysrq";
  return called("pagefault_out_of_memory") ? "page-fault" : "page-allocator";
}

/** The setting that a panic message gives away: `compulsory` is 2, the other one at least 1. */
function panicSetting(message: string): Pick<Invocation, "panicOnOom"> {
  if (!/panic_on_oom/.test(message)) return {};
  return { panicOnOom: /compulsory/i.test(message) ? 2 : 1 };
}
