import type { MachineTask } from "../model/machine.js";
import type { Int64 } from "../model/units.js";
import { add, divide, integerSquareRoot, multiply, subtract, toUlong } from "./c-types.js";
import { hasDisjointMems } from "./eligibility.js";
import { hasCapability, PartList, type Points } from "./points-parts.js";
import { OOM_DISABLE, oldAdjOf, type Selection } from "./selection.js";

/** log2 of the ticks per second, rounded as the kernel rounds it (SHIFT_HZ). */
const shiftOfHz: Readonly<Record<number, number>> = { 100: 7, 250: 8, 300: 8, 1000: 10 };

/**
 * The heuristic up to v2.6.35: `total_vm` and half of each child's, divided by the square root of the cpu time and the
 * fourth root of the run time, doubled for nice, quartered for privileges, shifted by `oom_adj`.
 *
 * Most of its inputs are in no log: the points of a log's tasks are bounds.
 */
export function legacyPoints(selection: Selection, task: MachineTask): Points {
  const { traits, word, machine, index } = selection;
  const list = new PartList();
  const { leader } = index.processOf(task);
  const oomAdj = oldAdjOf(leader, task);
  if (oomAdj === undefined) list.unknown.push("oom_adj");
  if (traits.minAdjTest === "oom-adj-points" && oomAdj === OOM_DISABLE) {
    return { value: 0, parts: [], unknown: list.unknown, reason: "oom-adj-disable" };
  }
  if (task.mm === null) return { value: 0, parts: [], unknown: [], reason: "no-mm" };
  if (traits.oomOrigin === "max-points" && task.flags.origin === true) {
    list.add("origin", word.ulongMax);
    return list.result(word.ulongMax);
  }
  if (task.totalVmPages === undefined) list.unknown.push("total_vm");
  let points: Int64 = task.totalVmPages ?? 0;
  list.add("totalVm", points);

  const children = childrenShare(selection, task, list);
  list.add("children", children);
  points = toUlong(add(points, children), word);
  list.close("rounding", points);

  const step = (
    name: "cpuTime" | "runTime" | "nice" | "rootBonus" | "rawio" | "disjointMems" | "oomAdj",
    next: Int64,
  ) => {
    points = toUlong(next, word);
    list.close(name, points);
  };

  const cpuRoot = integerSquareRoot(cpuTime(selection, task, list));
  if (cpuRoot > 0) step("cpuTime", divide(points, cpuRoot));
  const runRoot = integerSquareRoot(integerSquareRoot(runTime(machine.uptimeSeconds, task.startTimeSeconds, list)));
  if (runRoot > 0) step("runTime", divide(points, runRoot));

  if (task.nice === undefined) list.unknown.push("nice");
  if ((task.nice ?? 0) > 0) step("nice", multiply(points, 2));
  if (isPrivileged(selection, task, list)) step("rootBonus", divide(points, 4));
  if (hasCapability(task, "SYS_RAWIO", list)) step("rawio", divide(points, 4));
  if (traits.legacyDisjointMems === "eighth") {
    if (hasDisjointMems(selection, task)) step("disjointMems", divide(points, 8));
  }
  const adj = oomAdj ?? 0;
  if (adj > 0) {
    if (points === 0 && traits.legacyZeroPoints === "become-1") points = 1;
    step("oomAdj", multiply(points, 2 ** adj));
  } else if (adj < 0) {
    step("oomAdj", divide(points, 2 ** -adj));
  }
  return list.result(points);
}

/** Half of each child's address space and one page more, for children that do not share the parent's. */
function childrenShare(selection: Selection, task: MachineTask, list: PartList): Int64 {
  if (task.ppid === undefined) list.unknown.push("children");
  let share: Int64 = 0;
  for (const child of selection.index.childrenOf(task)) {
    if (child.mm === null || child.mm === task.mm) continue;
    share = add(share, add(divide(child.totalVmPages ?? 0, 2), 1));
  }
  return share;
}

/** Cpu time in the kernel's unit of about eight seconds. */
function cpuTime(selection: Selection, task: MachineTask, list: PartList): Int64 {
  const { traits, machine, index } = selection;
  const counted = traits.legacyCpuTime === "group" ? index.processOf(task).threads : [task];
  let jiffies: Int64 = 0;
  for (const thread of counted) {
    if (thread.utimeJiffies === undefined && !list.unknown.includes("cpu time")) list.unknown.push("cpu time");
    jiffies = add(jiffies, add(thread.utimeJiffies ?? 0, thread.stimeJiffies ?? 0));
  }
  return divide(jiffies, 2 ** ((shiftOfHz[machine.hz ?? 1000] ?? 10) + 3));
}

/** Run time in units of 1024 seconds. */
function runTime(uptimeSeconds: number | undefined, startTimeSeconds: Int64 | undefined, list: PartList): Int64 {
  if (uptimeSeconds === undefined || startTimeSeconds === undefined) {
    list.unknown.push("run time");
    return 0;
  }
  const seconds = subtract(Math.trunc(uptimeSeconds), startTimeSeconds);
  return seconds > 0 ? divide(seconds, 1024) : 0;
}

function isPrivileged(selection: Selection, task: MachineTask, list: PartList): boolean {
  if (selection.traits.rootBonus === "quarter-uid-or-sys-admin") {
    return task.uid === 0 || hasCapability(task, "SYS_ADMIN", list);
  }
  return hasCapability(task, "SYS_ADMIN", list) || hasCapability(task, "SYS_RESOURCE", list);
}
