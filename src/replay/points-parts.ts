import type { Capability, MachineTask } from "../model/machine.js";
import type { IneligibleReason, PointsBound, PointsPart, PointsPartName, UnknownInput } from "../model/replay.js";
import type { Int64 } from "../model/units.js";
import { add, divide, subtract } from "./c-types.js";
import { adjOf, type Selection } from "./selection.js";
import type { Process } from "./task-index.js";

/** What the kernel's points function returns for a task, and how it comes about. */
export interface Points {
  /** The return value: 0 (LONG_MIN where points are signed) for a task that is not eligible. */
  readonly value: Int64;
  /** Parts that sum to {@link value}; empty when not eligible. */
  readonly parts: readonly PointsPart[];
  readonly unknown: readonly UnknownInput[];
  /** Why the task is not eligible; absent when it is. */
  readonly reason?: IneligibleReason;
}

/** Collects the parts of a task's points and what was not known of it. */
export class PartList {
  readonly parts: PointsPart[] = [];
  readonly unknown: UnknownInput[] = [];
  #sum: Int64 = 0;

  /** Adds a part, unless it is 0 (`rss` and `totalVm` are always there). */
  add(name: PointsPartName, value: Int64): void {
    if (value === 0 && name !== "rss" && name !== "totalVm") return;
    this.#sum = add(this.#sum, value);
    this.parts.push({ name, value });
  }

  /** Adds what is between the parts so far and the value that the kernel's arithmetic gives. */
  close(name: PointsPartName, value: Int64): void {
    this.add(name, subtract(value, this.#sum));
  }

  result(value: Int64): Points {
    return { value, parts: this.parts, unknown: this.unknown };
  }
}

/** Where is written down what of a task is not known. */
export type Unknowns = Pick<PartList, "unknown">;

/** Whether a task holds a capability; where capabilities are not known, uid 0 stands for all of them. */
export function hasCapability(task: MachineTask, capability: Capability, list: Unknowns): boolean {
  if (task.capabilities !== undefined) return task.capabilities.includes(capability);
  if (task.uid === undefined || task.uid === 0) {
    if (!list.unknown.includes("capabilities")) list.unknown.push("capabilities");
  }
  return task.uid === 0;
}

/** The pages of swap of a task. */
export function swapOf(task: MachineTask, list: Unknowns): Int64 {
  if (task.swapPages === undefined) list.unknown.push("swap");
  return task.swapPages ?? 0;
}

/** The pages of page tables that the era counts; from another era's counters where its own are not known. */
export function pageTablesOf(selection: Selection, task: MachineTask, list: Unknowns): Int64 {
  const { pageSizeBytes } = selection.machine;
  const { pgtablesBytes, nrPtes, nrPmds } = task;
  switch (selection.traits.pageTablesInPoints) {
    case "none":
      return 0;
    case "nr_ptes":
      if (nrPtes !== undefined) return nrPtes;
      break;
    case "nr_ptes+nr_pmds":
      if (nrPtes !== undefined && nrPmds !== undefined) return add(nrPtes, nrPmds);
      break;
    case "pgtables_bytes":
      if (pgtablesBytes !== undefined) return divide(pgtablesBytes, pageSizeBytes);
      break;
  }
  if (pgtablesBytes === undefined && nrPtes === undefined) {
    list.unknown.push("page tables");
    return 0;
  }
  list.unknown.push("page table levels");
  return pgtablesBytes === undefined ? add(nrPtes ?? 0, nrPmds ?? 0) : divide(pgtablesBytes, pageSizeBytes);
}

/** `oom_score_adj` of a process; 0 where it is not known. */
export function knownAdj(process: Process, user: MachineTask, list: Unknowns): number {
  const adj = adjOf(process.leader, user);
  if (adj === undefined) list.unknown.push("oom_score_adj");
  return adj ?? 0;
}

/** In which direction the points can be wrong when an input is not known. */
const boundOfUnknown: Readonly<Record<UnknownInput, PointsBound>> = {
  swap: "at-least",
  "page tables": "at-least",
  "page table levels": "estimate",
  oom_score_adj: "estimate",
  oom_adj: "estimate",
  capabilities: "estimate",
  total_vm: "at-least",
  children: "at-least",
  "cpu time": "at-most",
  "run time": "at-most",
  nice: "at-least",
  cpuset: "at-most",
};

/** How far points can be trusted of which some inputs are not known. */
export function boundOf(unknown: readonly UnknownInput[]): PointsBound {
  let bound: PointsBound = "exact";
  for (const input of unknown) {
    const next = boundOfUnknown[input];
    if (bound === "exact") bound = next;
    else if (bound !== next) return "estimate";
  }
  return bound;
}
