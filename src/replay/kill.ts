import type { MachineTask } from "../model/machine.js";
import { outsideMemcg } from "./eligibility.js";
import { firstMm } from "./sacrifice.js";
import { adjOf, OOM_SCORE_ADJ_MIN, type Selection } from "./selection.js";
import { findTaskWithMm } from "./task-index.js";

/** What a kill does: who is named, who is signalled. */
export interface KillResult {
  /** The task of the `Killed process` line; null when nobody could be killed. */
  readonly victim: MachineTask | null;
  /** Signalled in this order, the victim among them. */
  readonly signalled: readonly MachineTask[];
  /** Those that only share the victim's address space. */
  readonly sharers: readonly MachineTask[];
  /** A process that keeps the address space alive because it is spared (init). */
  readonly pinnedBy: MachineTask | null;
}

const NOBODY: KillResult = { victim: null, signalled: [], sharers: [], pinnedBy: null };

/** Kills a task and, by the era's rule, the processes that share its address space. For v2.6.36 and later. */
export function killProcess(selection: Selection, task: MachineTask): KillResult {
  const { traits, index } = selection;
  const victim = findTaskWithMm(task, index.processOf(task), traits.threadOrder);
  if (victim === undefined || victim.mm === null) return NOBODY;
  if (traits.mmSharers !== "before-victim" && traits.mmSharers !== "after-victim") {
    return { ...NOBODY, victim, signalled: [victim] };
  }
  const own = index.processOf(victim);
  const sharers: MachineTask[] = [];
  let pinnedBy: MachineTask | null = null;
  for (const process of index.sharersOf(victim.mm)) {
    const { leader } = process;
    if (process === own || !isSharer(selection, leader, victim.mm)) continue;
    if (isSpared(selection, leader)) {
      if (leader.tgid === 1) pinnedBy = leader;
      continue;
    }
    sharers.push(leader);
  }
  const signalled = traits.mmSharers === "before-victim" ? [...sharers, victim] : [victim, ...sharers];
  return { victim, signalled, sharers, pinnedBy };
}

/** Up to v4.3 a process is known by its leader's own address space, later by that of any thread. */
function isSharer(selection: Selection, leader: MachineTask, mm: number): boolean {
  return selection.traits.mmSharers === "before-victim" ? leader.mm === mm : firstMm(selection, leader) === mm;
}

function isSpared(selection: Selection, leader: MachineTask): boolean {
  const { mmSharersSpared } = selection.traits;
  const isInit = leader.tgid === 1;
  switch (mmSharersSpared) {
    case "none":
      return false;
    case "oom-score-adj-min":
      return adjOf(leader) === OOM_SCORE_ADJ_MIN;
    case "oom-score-adj-min-and-init":
      return isInit || adjOf(leader) === OOM_SCORE_ADJ_MIN;
    case "init":
      return isInit;
  }
}

/**
 * The memory cgroup that dies as a whole with a victim; null when there is none.
 *
 * Since Linux v4.19 (commit unconfirmed), the highest one with `memory.oom.group` between the victim's and the OOM memcg
 * (or the root).
 */
export function oomGroupOf(selection: Selection, victim: MachineTask): number | null {
  const { traits, machine, isMemcg } = selection;
  if (traits.oomGroup === "none" || machine.cgroupV2 === false) return null;
  const top = isMemcg ? (machine.invocation.memcg ?? 0) : 0;
  let group: number | null = null;
  let id = victim.memcg;
  const seen = new Set<number>();
  while (id !== undefined && id !== 0 && !seen.has(id)) {
    seen.add(id);
    const memcg = machine.memcgs?.find((one) => one.id === id);
    if (memcg?.oomGroup === true) group = id;
    if (id === top) break;
    id = memcg?.parent ?? 0;
  }
  return outsideMemcg(selection, victim) === null ? group : null;
}
