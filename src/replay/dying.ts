import type { MachineTask } from "../model/machine.js";
import { isReaped } from "./eligibility.js";
import type { Selection } from "./selection.js";
import { type Process, processHas } from "./task-index.js";

/** `task_will_free_mem`, or the flag that came before it: whether a task's memory is about to be freed. */
export function isDying(selection: Selection, task: MachineTask): boolean {
  const { traits, index } = selection;
  const process = index.processOf(task);
  if (traits.dyingTask === "address-space") return freesAddressSpace(selection, task, process);
  if (task.flags.exiting !== true) return false;
  if (traits.dyingTask === "exiting-process") {
    return !dumpsCore(process) && (process.threads.length === 1 || processHas(process, "groupExit"));
  }
  return traits.exitingTask === "aborts-but-core-dump" || traits.exitingTask === "not-tested"
    ? !dumpsCore(process)
    : true;
}

function freesAddressSpace(selection: Selection, task: MachineTask, process: Process): boolean {
  const { mm } = task;
  if (mm === null || !isGoingDown(task, process) || isReaped(selection, process)) return false;
  return selection.index.sharersOf(mm).every((sharer) => sharer === process || isGoingDown(sharer.leader, sharer));
}

function isGoingDown(task: MachineTask, process: Process): boolean {
  if (dumpsCore(process)) return false;
  return processHas(process, "groupExit") || (process.threads.length === 1 && task.flags.exiting === true);
}

function dumpsCore(process: Process): boolean {
  return processHas(process, "coreDump");
}

/** Whether the invoker is only given access to the reserves because it is dying itself. */
export function isDyingCurrent(selection: Selection, current: MachineTask): boolean {
  const { dyingCurrent } = selection.traits;
  switch (dyingCurrent) {
    case "none":
      return false;
    case "fatal-signal":
      return current.flags.fatalSignal === true;
    case "fatal-signal-or-dying":
      return current.flags.fatalSignal === true || isDying(selection, current);
    case "fatal-signal-or-dying-with-mm":
      if (current.mm === null && !selection.isMemcg) return false;
      return current.flags.fatalSignal === true || isDying(selection, current);
    case "dying":
      return isDying(selection, current);
  }
}
