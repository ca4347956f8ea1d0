import type { Machine } from "../../model/machine.js";
import type { Replay } from "../../model/replay.js";
import type { ProcessName } from "../../model/what-if.js";
import { indexTasks } from "../task-index.js";

/** The process (thread group) of a chosen task or victim; null for nobody. */
export function processIn(machine: Machine, task: { readonly pid: number } | null): number | null {
  if (task === null) return null;
  return indexTasks(machine).taskOf(task.pid)?.tgid ?? task.pid;
}

/** The processes that die in a replay. */
export function deadIn(machine: Machine, { signalled }: Replay): Set<number> {
  return new Set(signalled.map((pid) => processIn(machine, { pid }) ?? pid));
}

/** A process by its thread group. */
export function nameOf(machine: Machine, tgid: number): ProcessName {
  const task = machine.tasks.find((one) => one.tgid === tgid);
  return { pid: tgid, name: task?.name ?? "" };
}
