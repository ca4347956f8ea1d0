import type { Machine, MachineMemcg, MachineTask, Scenario } from "../model/machine.js";
import type { Constraint } from "../model/report.js";
import type { KernelTraits } from "../model/traits.js";
import type { Int64 } from "../model/units.js";
import { type Word, wordOf } from "./c-types.js";
import type { Points } from "./points-parts.js";
import { indexTasks, type TaskIndex } from "./task-index.js";

/** What every part of one run of the selection reads; it does not change while the selection runs. */
export interface Selection {
  readonly machine: Machine;
  readonly traits: KernelTraits;
  readonly index: TaskIndex;
  readonly word: Word;
  readonly constraint: Constraint;
  /** `totalpages`; 0 where the rule uses none. */
  readonly totalPages: Int64;
  readonly isMemcg: boolean;
  /** Sysrq that the kernel knows as such in its scan. */
  readonly force: boolean;
  /** Sysrq that the kernel knows by its order. */
  readonly sysrq: boolean;
  readonly current: MachineTask | undefined;
  /** Memory cgroups of the OOM domain in pre-order; null when not known or when the OOM is system-wide. */
  readonly domain: ReadonlyMap<number, number> | null;
  /** Nodes of the allocation's memory policy, under that constraint alone. */
  readonly nodemask: readonly number[] | null;
  /** Points that were asked for before. */
  readonly knownPoints: Map<MachineTask, Points>;
  /** Address spaces with MMF_OOM_REAPED or MMF_OOM_SKIP. */
  readonly skippedMms: ReadonlySet<number>;
  /** Address spaces that some process at `oom_score_adj` -1000 uses. */
  readonly protectedMms: ReadonlySet<number>;
}

/** The lowest `oom_score_adj`: never killed. */
export const OOM_SCORE_ADJ_MIN = -1000;

/** The lowest `oom_adj`: never killed. */
export const OOM_DISABLE = -17;

/** Sets up a run of the selection. */
export function startSelection(scenario: Scenario, totalPages: Int64 | null): Selection {
  const { machine, traits, constraint } = scenario;
  const { invocation } = machine;
  const index = indexTasks(machine);
  const isMemcg = invocation.kind === "memcg";
  const sysrq = invocation.entry === "sysrq" || invocation.order === -1;
  const skippedMms = new Set<number>();
  const protectedMms = new Set<number>();
  for (const task of machine.tasks) {
    if (task.mm === null) continue;
    if (task.flags.oomSkip === true) skippedMms.add(task.mm);
    if (adjOf(index.processOf(task).leader, task) === OOM_SCORE_ADJ_MIN) protectedMms.add(task.mm);
  }
  return {
    machine,
    traits,
    index,
    word: wordOf(machine.wordBits),
    constraint,
    totalPages: totalPages ?? 0,
    isMemcg,
    force: sysrq && !isMemcg && traits.sysrqForce === "yes",
    sysrq: sysrq && !isMemcg && traits.sysrqOrder === "-1",
    current: invocation.current === undefined ? undefined : index.taskOf(invocation.current),
    domain: isMemcg ? domainOf(machine.memcgs, invocation.memcg) : null,
    nodemask: constraint === "CONSTRAINT_MEMORY_POLICY" ? (invocation.nodemask ?? null) : null,
    knownPoints: new Map(),
    skippedMms,
    protectedMms,
  };
}

/** A memory cgroup and all below it, each with its place in a pre-order walk; null when the cgroups are not known. */
export function domainOf(
  memcgs: readonly MachineMemcg[] | undefined,
  root: number | undefined,
): ReadonlyMap<number, number> | null {
  if (root === undefined) return null;
  const domain = new Map<number, number>();
  const pending = [root];
  while (pending.length > 0) {
    const id = pending.pop() as number;
    if (domain.has(id)) continue;
    domain.set(id, domain.size);
    const below = (memcgs ?? []).filter((memcg) => (memcg.parent ?? 0) === id && memcg.id !== id);
    pending.push(...below.map((memcg) => memcg.id).reverse());
  }
  return domain;
}

/** A task or a row of a table with what is known of its adjustment. */
export type Adjusted = Pick<MachineTask, "oomScoreAdj" | "oomAdj">;

/** `oom_score_adj` of a process, from its own value or from the older `oom_adj`; undefined when neither is known. */
export function adjOf(leader: Adjusted, thread: Adjusted = leader): number | undefined {
  const adj = leader.oomScoreAdj ?? thread.oomScoreAdj;
  if (adj !== undefined) return adj;
  const old = leader.oomAdj ?? thread.oomAdj;
  if (old === undefined) return undefined;
  return old === 15 ? 1000 : Math.trunc((old * 1000) / 17);
}

/** `oom_adj` of a process, from its own value or from `oom_score_adj`; undefined when neither is known. */
export function oldAdjOf(leader: MachineTask, thread: MachineTask = leader): number | undefined {
  const old = leader.oomAdj ?? thread.oomAdj;
  if (old !== undefined) return old;
  const adj = leader.oomScoreAdj ?? thread.oomScoreAdj;
  if (adj === undefined) return undefined;
  return adj === 1000 ? 15 : Math.trunc((adj * 17) / 1000);
}
