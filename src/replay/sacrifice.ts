import type { MachineTask } from "../model/machine.js";
import type { Int64 } from "../model/units.js";
import { toUint32 } from "./c-types.js";
import { pointsOf } from "./points.js";
import type { Selection } from "./selection.js";
import { threadsFrom } from "./task-index.js";

/**
 * The child that dies in the place of `chosen`; `chosen` itself when there is none.
 *
 * Since Linux commit 5e9d834a0e0c (largest child) (v2.6.36), of the children of all its threads the first with the most
 * points, however few. Since Linux v5.1 (commit unconfirmed), nobody.
 */
export function largestChild(selection: Selection, chosen: MachineTask): MachineTask {
  const { traits, index } = selection;
  let victim = chosen;
  let most: Int64 = 0;
  for (const thread of threadsFrom(chosen, index.processOf(chosen), traits.threadOrder)) {
    for (const child of index.childrenOf(thread)) {
      if (sharesMm(selection, child, chosen.mm)) continue;
      const points = toUint32(pointsOf(selection, child).value);
      if (points <= most) continue;
      victim = child;
      most = points;
    }
  }
  return victim;
}

function sharesMm(selection: Selection, child: MachineTask, mm: number | null): boolean {
  switch (selection.traits.childSharingMm) {
    case "not-tested":
      return false;
    case "own-mm":
      return child.mm === mm;
    case "any-thread":
      return mm !== null && firstMm(selection, child) === mm;
  }
}

/** `process_shares_mm`: the address space of a process by its first thread that has one. */
export function firstMm(selection: Selection, task: MachineTask): number | null {
  return selection.index.processOf(task).threads.find((thread) => thread.mm !== null)?.mm ?? null;
}
