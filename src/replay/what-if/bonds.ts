import type { Machine, MachineTask } from "../../model/machine.js";

/**
 * The processes of a machine that bear on others by more than their points: the invoker, parents and their children, those
 * who share an address space, and those in a state that the scan asks for. Of all others only the best matter to a choice,
 * since nobody's points depend on another's size or adjustment.
 */
export function bondedProcesses(machine: Machine): ReadonlySet<number> {
  const known = bonds.get(machine);
  if (known !== undefined) return known;
  const bonded = findBonded(machine);
  bonds.set(machine, bonded);
  return bonded;
}

/** A machine does not change, so that asking again costs nothing. */
const bonds = new WeakMap<Machine, ReadonlySet<number>>();

function findBonded({ tasks, invocation }: Machine): ReadonlySet<number> {
  const parents = new Set(tasks.map(({ ppid }) => ppid));
  const owner = new Map<number, number>();
  const bonded = new Set<number>();
  for (const task of tasks) {
    const { tgid, mm } = task;
    const sharer = mm === null ? undefined : owner.get(mm);
    if (sharer !== undefined && sharer !== tgid) bonded.add(sharer).add(tgid);
    if (mm !== null) owner.set(mm, tgid);
    if (isBonded(task, parents, invocation.current)) bonded.add(tgid);
  }
  return bonded;
}

function isBonded(task: MachineTask, parents: ReadonlySet<number | undefined>, current: number | undefined): boolean {
  return (
    task.pid === current || task.ppid !== undefined || parents.has(task.pid) || Object.values(task.flags).includes(true)
  );
}
