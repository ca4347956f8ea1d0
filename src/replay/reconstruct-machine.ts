import type { Invocation, Machine, MachineTask } from "../model/machine.js";
import type { OomReport, TaskRow } from "../model/report.js";
import type { InferredConstraint } from "./reconstruct-constraint.js";

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
  for (const [index, row] of report.tasks.entries()) {
    // A row that is printed twice (a log pasted twice) is one task.
    if (seen.has(row.pid)) continue;
    seen.add(row.pid);
    const assumption = assumed.get(row.pid);
    if (assumption === null) continue;
    if (row.pid !== row.tgid) {
      tasks.push({
        pid: row.tgid,
        tgid: row.tgid,
        name: row.name,
        uid: row.uid,
        rssPages: 0,
        mm: null,
        flags: {},
        line: row.line,
        ...adjOf(row),
      });
    }
    tasks.push({ ...taskFromRow(row, index + 1), ...assumption });
  }
  return { pageSizeBytes, tasks, invocation: invocationOf(report, inferred) };
}

function adjOf(row: TaskRow): Pick<MachineTask, "oomScoreAdj" | "oomAdj"> {
  return {
    ...(row.oomScoreAdj === undefined ? {} : { oomScoreAdj: row.oomScoreAdj }),
    ...(row.oomAdj === undefined ? {} : { oomAdj: row.oomAdj }),
  };
}

function taskFromRow(row: TaskRow, mm: number): MachineTask {
  return {
    pid: row.pid,
    tgid: row.tgid,
    name: row.name,
    uid: row.uid,
    totalVmPages: row.totalVmPages,
    rssPages: row.rssPages,
    ...(row.rssAnonPages === undefined ? {} : { rssAnonPages: row.rssAnonPages }),
    ...(row.rssFilePages === undefined ? {} : { rssFilePages: row.rssFilePages }),
    ...(row.rssShmemPages === undefined ? {} : { rssShmemPages: row.rssShmemPages }),
    ...(row.swapPages === undefined ? {} : { swapPages: row.swapPages }),
    ...(row.nrPtes === undefined ? {} : { nrPtes: row.nrPtes }),
    ...(row.nrPmds === undefined ? {} : { nrPmds: row.nrPmds }),
    ...(row.pgtablesBytes === undefined ? {} : { pgtablesBytes: row.pgtablesBytes }),
    ...adjOf(row),
    mm,
    flags: {},
    line: row.line,
  };
}

function invocationOf(report: OomReport, inferred: InferredConstraint): Invocation {
  const memcg = inferred.constraint === "CONSTRAINT_MEMCG";
  const allocating = report.kills.some((kill) => kill.message?.includes("oom_kill_allocating_task") === true);
  const sysrq = report.sysrq !== null;
  const current = report.trigger?.pid ?? null;
  return {
    kind: memcg ? "memcg" : "global",
    order: sysrq ? -1 : (report.trigger?.order ?? 0),
    ...(current === null ? {} : { current }),
    ...(inferred.constraint === "CONSTRAINT_MEMORY_POLICY" && inferred.nodes !== null
      ? { nodemask: inferred.nodes }
      : {}),
    ...(allocating ? { oomKillAllocatingTask: 1 } : {}),
  };
}
