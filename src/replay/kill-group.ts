import type { MachineTask } from "../model/machine.js";
import { type KillResult, killProcess } from "./kill.js";
import { adjOf, domainOf, OOM_SCORE_ADJ_MIN, type Selection } from "./selection.js";

/**
 * Since Linux v4.19 (commit unconfirmed), kills every process of a memory cgroup with `memory.oom.group`, but those at
 * -1000 and init, each with the processes that share its address space. The victim is among them again.
 */
export function killGroup(selection: Selection, group: number): readonly KillResult[] {
  const members = domainOf(selection.machine.memcgs, group);
  if (members === null) return [];
  return selection.index.processes
    .map(({ leader }) => ({ leader, place: members.get(leader.memcg ?? -1) }))
    .filter((one): one is { leader: MachineTask; place: number } => one.place !== undefined)
    .filter(({ leader }) => leader.tgid !== 1 && adjOf(leader) !== OOM_SCORE_ADJ_MIN)
    .sort((a, b) => a.place - b.place)
    .map(({ leader }) => killProcess(selection, leader))
    .filter((kill) => kill.victim !== null);
}
