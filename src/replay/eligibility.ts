import type { MachineTask } from "../model/machine.js";
import type { IneligibleReason } from "../model/replay.js";
import type { Selection } from "./selection.js";
import type { Process } from "./task-index.js";

/** `oom_unkillable_task`, and since v5.3 the tests that the scan makes beside it: why a task is no candidate at all. */
export function outsideDomain(selection: Selection, task: MachineTask): IneligibleReason | null {
  return unkillable(selection, task) ?? outsideMemcg(selection, task) ?? outsideNodes(selection, task);
}

/** What the points function itself tests: all of it up to v5.2, later only what no task can be killed for. */
export function outsideDomainOfPoints(selection: Selection, task: MachineTask): IneligibleReason | null {
  return selection.traits.domainTest === "scan" ? unkillable(selection, task) : outsideDomain(selection, task);
}

function unkillable(selection: Selection, task: MachineTask): IneligibleReason | null {
  if (task.tgid === 1) return "init";
  return selection.index.processOf(task).leader.flags.kthread === true ? "kernel-thread" : null;
}

/** A task of which the memory cgroup is not known is inside: a memcg table holds no others. */
export function outsideMemcg(selection: Selection, task: MachineTask): IneligibleReason | null {
  const memcg = task.memcg ?? selection.index.processOf(task).leader.memcg;
  return selection.domain === null || memcg === undefined || selection.domain.has(memcg) ? null : "outside-memcg";
}

/** No thread that has memory on the nodes in question. Nodes that are not known intersect. */
function outsideNodes(selection: Selection, task: MachineTask): IneligibleReason | null {
  const { traits, nodemask, current, index } = selection;
  if (traits.nodeTest === "none" || (traits.nodeTest === "not-memcg" && selection.isMemcg)) return null;
  const { threads } = index.processOf(task);
  if (nodemask !== null) {
    return threads.some((thread) => intersect(thread.mempolicy, nodemask)) ? null : "outside-mempolicy";
  }
  const mems = current?.memsAllowed;
  if (mems === undefined) return null;
  return threads.some((thread) => intersect(thread.memsAllowed, mems)) ? null : "outside-cpuset";
}

/** Whether two node lists share a node; no list, or no memory policy, is every node. */
function intersect(nodes: readonly number[] | undefined, others: readonly number[]): boolean {
  return nodes === undefined || nodes.length === 0 || nodes.some((node) => others.includes(node));
}

/** Whether the nodes of a task's cpuset and the invoker's have none in common. */
export function hasDisjointMems(selection: Selection, task: MachineTask): boolean {
  const mems = selection.current?.memsAllowed;
  return mems !== undefined && !intersect(task.memsAllowed, mems);
}

/** Whether the address space of a process was reaped or given up. */
export function isReaped(selection: Selection, process: Process): boolean {
  return process.threads.some(
    (thread) => thread.flags.oomSkip === true || (thread.mm !== null && selection.skippedMms.has(thread.mm)),
  );
}
