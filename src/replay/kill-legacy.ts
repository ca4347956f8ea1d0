import type { MachineTask } from "../model/machine.js";
import { outsideMemcg } from "./eligibility.js";
import type { KillResult } from "./kill.js";
import { OOM_DISABLE, oldAdjOf, type Selection } from "./selection.js";

/**
 * Kills the first child of `chosen` that can be killed, else `chosen` itself; null when nobody can, and the kernel tries
 * again for ever.
 *
 * Up to v2.6.35.
 */
export function killLegacy(selection: Selection, chosen: MachineTask): KillResult | null {
  for (const child of selection.index.childrenOf(chosen)) {
    if (child.mm === chosen.mm) continue;
    if (selection.traits.legacyChildMemcg === "tested" && outsideMemcg(selection, child) !== null) continue;
    const kill = killTask(selection, child);
    if (kill !== null) return kill;
  }
  return killTask(selection, chosen);
}

/** `oom_kill_task`: the task and the threads that share its address space; null when it can not be killed. */
function killTask(selection: Selection, task: MachineTask): KillResult | null {
  if (task.mm === null || !canBeKilled(selection, task)) return null;
  const sharers = sharingThreads(selection, task);
  if (task.tgid === 1) return { victim: null, signalled: sharers, sharers, pinnedBy: null };
  return { victim: task, signalled: [task, ...sharers], sharers, pinnedBy: null };
}

function canBeKilled(selection: Selection, task: MachineTask): boolean {
  switch (selection.traits.legacyKillTest) {
    case "own-oom-adj":
      return !isDisabled(selection, task);
    case "sharers-oom-adj":
      return !selection.machine.tasks.some((other) => other.mm === task.mm && isDisabled(selection, other));
    default:
      return true;
  }
}

function isDisabled(selection: Selection, task: MachineTask): boolean {
  return oldAdjOf(selection.index.processOf(task).leader, task) === OOM_DISABLE;
}

function sharingThreads(selection: Selection, task: MachineTask): MachineTask[] {
  const { mmSharers } = selection.traits;
  if (mmSharers !== "threads-with-line" && mmSharers !== "threads-silent") return [];
  return selection.machine.tasks.filter((other) => other.mm === task.mm && other.tgid !== task.tgid);
}
