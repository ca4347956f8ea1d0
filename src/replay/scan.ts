import type { MachineTask } from "../model/machine.js";
import type { IneligibleReason } from "../model/replay.js";
import type { Int64 } from "../model/units.js";
import { toUint32 } from "./c-types.js";
import { isDying } from "./dying.js";
import { hasDisjointMems, isReaped, outsideDomain, outsideMemcg } from "./eligibility.js";
import { pointsOf } from "./points.js";
import type { Points } from "./points-parts.js";
import { OOM_DISABLE, oldAdjOf, type Selection } from "./selection.js";
import { type Process, processHas } from "./task-index.js";

/** Why the scan took a task: its points, because it is exiting, or because it is an OOM origin. */
export type ChosenBy = "points" | "exiting" | "origin";

/** How a scan ends. */
export type ScanResult =
  | { readonly kind: "chosen"; readonly task: MachineTask; readonly points: Int64; readonly by: ChosenBy }
  | { readonly kind: "aborted"; readonly task: MachineTask; readonly why: "victim" | "exiting" }
  | { readonly kind: "nothing" };

/** What the scan does with a task that it visits. */
type Visit = "pass" | "victim" | "exiting" | "choose-exiting" | "choose-origin" | "end-with-origin" | "weigh";

/** The tasks that the scan visits, in its order. */
export function visitedTasks(selection: Selection): readonly MachineTask[] {
  const { traits, index, isMemcg, domain } = selection;
  if (!isMemcg || traits.memcgScan === "task-list" || traits.memcgScan === "none") {
    return traits.globalScan === "threads"
      ? index.processes.flatMap((process) => process.threads)
      : index.processes.map((process) => process.leader);
  }
  const tasks =
    traits.memcgScan === "cgroup-leaders"
      ? index.processes.map((process) => process.leader)
      : index.processes.flatMap((process) => process.threads).filter((task) => isInCgroupList(selection, task));
  if (domain === null) return tasks;
  const placeOf = (task: MachineTask) => domain.get(task.memcg ?? index.processOf(task).leader.memcg ?? -1);
  return tasks
    .map((task) => ({ task, place: placeOf(task) ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => (a.place === b.place ? 0 : a.place - b.place))
    .map(({ task }) => task);
}

/**
 * A thread that has exited has left its cgroup, the leader of a live process included. Where the scan tests the address
 * space itself, it comes to the same.
 */
function isInCgroupList(selection: Selection, task: MachineTask): boolean {
  return selection.traits.mmLessTask !== "visited" || task.mm !== null;
}

/** Walks the tasks as `select_bad_process` of the era does, and takes one. */
export function scan(selection: Selection): ScanResult {
  let chosen: MachineTask | null = null;
  let best = lowestPoints(selection);
  let by: ChosenBy = "points";
  for (const task of visitedTasks(selection)) {
    const visit = visitTask(selection, task);
    switch (visit) {
      case "pass":
        continue;
      case "victim":
      case "exiting":
        return { kind: "aborted", task, why: visit };
      case "choose-exiting":
      case "choose-origin":
        chosen = task;
        best = highestPoints(selection);
        by = visit === "choose-origin" ? "origin" : "exiting";
        continue;
      case "end-with-origin":
        // The kernel returns the task with the points of the best one so far.
        return { kind: "chosen", task, points: best, by: "origin" };
      case "weigh": {
        const points = scanPoints(selection, pointsOf(selection, task));
        if (!displaces(selection, points, best, chosen)) continue;
        chosen = task;
        best = points;
        by = "points";
      }
    }
  }
  return chosen === null ? { kind: "nothing" } : { kind: "chosen", task: chosen, points: best, by };
}

/** What the scan begins with: the points of a task that is not eligible. */
export function lowestPoints({ traits, word }: Selection): Int64 {
  return traits.pointsClamp === "signed" ? word.longMin : 0;
}

/** The points that the scan gives a task which it takes whatever its own. */
export function highestPoints({ traits, word }: Selection): Int64 {
  if (traits.pointsClamp === "signed") return word.longMax;
  return traits.pointsRule === "permille" ? 1000 : word.ulongMax;
}

/** Points in the type that the scan keeps them in. */
export function scanPoints(selection: Selection, points: Points): Int64 {
  return selection.traits.scanPointsType === "uint32" ? toUint32(points.value) : points.value;
}

/** The tie rule of the selection at hand. */
export function tieRule(selection: Selection): "first" | "first-leader" | "last" {
  return selection.isMemcg ? selection.traits.memcgTie : selection.traits.globalTie;
}

/** Whether a task with `points` takes the place of the best so far. */
export function displaces(selection: Selection, points: Int64, best: Int64, chosen: MachineTask | null): boolean {
  if (selection.traits.pointsRule === "legacy") return points > best || chosen === null;
  if (tieRule(selection) === "first") return points > best;
  if (points === lowestPoints(selection) || points < best) return false;
  if (tieRule(selection) === "last" || points > best) return true;
  return chosen?.pid !== chosen?.tgid;
}

function visitTask(selection: Selection, task: MachineTask): Visit {
  if (selection.traits.domainTest === "legacy-scan") return visitLegacy(selection, task);
  const { traits, index } = selection;
  if (traits.mmLessTask === "skipped" && task.mm === null) return "pass";
  if (outsideDomain(selection, task) !== null) return "pass";
  const process = index.processOf(task);
  if (!selection.force && isVictim(selection, task, process)) {
    return traits.reapedVictim === "passed-over" && isReaped(selection, process) ? "pass" : "victim";
  }
  if (traits.mmLessTask === "skipped-after-victim-test" && task.mm === null) return "pass";
  if (traits.oomOrigin === "selected" && processHas(process, "origin")) return "choose-origin";
  return visitExiting(selection, task, process);
}

function isVictim(selection: Selection, task: MachineTask, process: Process): boolean {
  return selection.traits.victimMark === "process" ? processHas(process, "victim") : task.flags.victim === true;
}

function visitExiting(selection: Selection, task: MachineTask, process: Process): Visit {
  if (task.flags.exiting !== true) return "weigh";
  const isCurrent = task === selection.current;
  switch (selection.traits.exitingTask) {
    case "single-threaded-only":
      if (process.threads.length > 1 || task.mm === null) return "weigh";
      return isCurrent ? "choose-exiting" : "exiting";
    case "aborts-but-current":
      if (isCurrent) return "choose-exiting";
      return selection.force ? "weigh" : "exiting";
    case "aborts":
    case "aborts-but-core-dump":
      return !selection.force && isDying(selection, task) ? "exiting" : "weigh";
    default:
      return "weigh";
  }
}

/** Up to v2.6.35; v2.6.18 tests in an order of its own. */
function visitLegacy(selection: Selection, task: MachineTask): Visit {
  const { traits } = selection;
  const isFirst = traits.exitingTask === "aborts-always";
  if (traits.mmLessTask === "skipped" && task.mm === null) return "pass";
  if (task.pid === 1 || outsideMemcg(selection, task) !== null) return "pass";
  if (isFirst && (isDisabled(selection, task) || hasDisjointMems(selection, task))) return "pass";
  if (task.flags.victim === true) return "victim";
  if (task.flags.exiting === true) return !isFirst && task === selection.current ? "choose-exiting" : "exiting";
  if (traits.oomOrigin === "ends-scan" && task.flags.origin === true) return "end-with-origin";
  return isDisabled(selection, task) ? "pass" : "weigh";
}

function isDisabled(selection: Selection, task: MachineTask): boolean {
  return oldAdjOf(selection.index.processOf(task).leader, task) === OOM_DISABLE;
}

/** Whether the scan takes a process as OOM origin, whatever its points. */
export function isSelectedOrigin(selection: Selection, process: Process): boolean {
  if (selection.traits.oomOrigin !== "selected" || !processHas(process, "origin")) return false;
  const { mmLessTask } = selection.traits;
  return (
    outsideDomain(selection, process.leader) === null &&
    (mmLessTask === "visited" || process.threads.some((thread) => thread.mm !== null))
  );
}

/** Why the scan would never take a task, whatever its points; null for a candidate. */
export function ineligibleReason(selection: Selection, task: MachineTask, points: Points): IneligibleReason | null {
  if (selection.traits.domainTest === "legacy-scan") {
    if (task.pid === 1) return "init";
    const outside = outsideMemcg(selection, task);
    if (outside !== null) return outside;
    return points.reason ?? (isDisabled(selection, task) ? "oom-adj-disable" : null);
  }
  const outside = outsideDomain(selection, task) ?? points.reason;
  if (outside !== undefined && outside !== null) return outside;
  return scanPoints(selection, points) === 0 && selection.traits.pointsClamp !== "signed"
    ? "points-wrapped-to-0"
    : null;
}
