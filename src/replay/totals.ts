import type { Machine, MachineMemcg } from "../model/machine.js";
import type { Constraint } from "../model/report.js";
import type { KernelTraits } from "../model/traits.js";
import { fromBigInt, type Int64, toBigInt } from "../model/units.js";
import { indexTasks } from "./task-index.js";

/** The constraint of an allocation and the `totalpages` that follow. */
export interface Totals {
  readonly constraint: Constraint;
  /** Null for the eras up to v2.6.35, which use none, and when the machine does not show what it is made of. */
  readonly totalPages: Int64 | null;
}

/** The constraint and the `totalpages` of a full machine. */
export function deriveTotals(machine: Machine, traits: KernelTraits): Totals {
  const constraint = constraintOf(machine);
  if (traits.pointsRule === "legacy") return { constraint, totalPages: null };
  const totalPages =
    constraint === "CONSTRAINT_MEMCG"
      ? memcgTotal(machine, traits)
      : constraint === "CONSTRAINT_NONE"
        ? systemTotal(machine)
        : nodesTotal(machine, traits, constraint);
  return { constraint, totalPages: totalPages === null ? null : fromBigInt(totalPages) };
}

/** `constrained_alloc`: the memory policy first, then the cpuset. */
function constraintOf(machine: Machine): Constraint {
  const { invocation, nodes } = machine;
  if (invocation.kind === "memcg") return "CONSTRAINT_MEMCG";
  if (invocation.entry === "page-fault" || nodes === undefined) return "CONSTRAINT_NONE";
  const all = nodes.map((_, node) => node);
  const { nodemask } = invocation;
  if (nodemask !== undefined && nodemask !== null && !all.every((node) => nodemask.includes(node))) {
    return "CONSTRAINT_MEMORY_POLICY";
  }
  const allowed = allowedNodes(machine);
  const reachable = nodemask ?? all;
  return allowed !== null && !reachable.every((node) => allowed.includes(node))
    ? "CONSTRAINT_CPUSET"
    : "CONSTRAINT_NONE";
}

function allowedNodes(machine: Machine): readonly number[] | null {
  const { current } = machine.invocation;
  if (current === undefined) return null;
  return indexTasks(machine).taskOf(current)?.memsAllowed ?? null;
}

function systemTotal({ totalramPages, totalSwapPages }: Machine): bigint | null {
  if (totalramPages === undefined || totalSwapPages === undefined) return null;
  return toBigInt(totalramPages) + toBigInt(totalSwapPages);
}

function nodesTotal(machine: Machine, traits: KernelTraits, constraint: Constraint): bigint | null {
  const { invocation, nodes, totalSwapPages } = machine;
  const counted = constraint === "CONSTRAINT_MEMORY_POLICY" ? invocation.nodemask : allowedNodes(machine);
  if (counted === undefined || counted === null || totalSwapPages === undefined) return null;
  let total = toBigInt(totalSwapPages);
  for (const id of new Set(counted)) {
    const node = nodes?.[id];
    const pages = traits.nodeTotal === "present" ? node?.presentPages : node?.spannedPages;
    if (node !== undefined && pages === undefined) return null;
    total += toBigInt(pages ?? 0);
  }
  return total;
}

/** `mem_cgroup_get_limit`, `mem_cgroup_get_max`: by the OOM memcg's own limits, not its ancestors'. */
function memcgTotal(machine: Machine, traits: KernelTraits): bigint | null {
  const memcg = machine.memcgs?.find((one) => one.id === machine.invocation.memcg);
  if (memcg === undefined) return null;
  const limit = toBigInt(memcg.limitPages);
  const total = usesSwap(machine, memcg, traits) ? withSwap(machine, memcg, traits, limit) : limit;
  if (total === 0n && traits.zeroMemcgTotal === "becomes-1") return 1n;
  return total;
}

/** On v2 the machine's `vm.swappiness` counts, not the cgroup's; it is taken as not 0. */
function usesSwap(machine: Machine, memcg: MachineMemcg, traits: KernelTraits): boolean {
  if (traits.memcgTotal === "swap-unshifted" || traits.memcgTotal === "limit+swap") return true;
  return machine.cgroupV2 === true || memcg.swappiness !== 0;
}

function withSwap(machine: Machine, memcg: MachineMemcg, traits: KernelTraits, limit: bigint): bigint | null {
  if (machine.totalSwapPages === undefined) return null;
  const swap = toBigInt(machine.totalSwapPages);
  const memsw = memcg.memswPages === undefined || memcg.memswPages === null ? null : toBigInt(memcg.memswPages);
  const swapMax = memcg.swapMaxPages === undefined || memcg.swapMaxPages === null ? null : toBigInt(memcg.swapMaxPages);
  switch (traits.memcgTotal) {
    case "swap-unshifted": {
      const pageBytes = BigInt(machine.pageSizeBytes);
      return lower(limit * pageBytes + swap, memsw === null ? null : memsw * pageBytes) / pageBytes;
    }
    case "by-hierarchy":
      if (machine.cgroupV2 === true) return limit + lower(swap, swapMax);
      return limit + lower(swap, memsw === null ? null : memsw - limit);
    case "swap.max":
      return lower(limit + lower(swap, swapMax), memsw);
    default:
      return lower(limit + swap, memsw);
  }
}

/** The lower of a value and a limit; null is no limit. */
function lower(value: bigint, limit: bigint | null): bigint {
  return limit !== null && limit < value ? limit : value;
}
