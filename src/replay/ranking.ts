import type { MachineTask } from "../model/machine.js";
import type { RankedTask } from "../model/replay.js";
import { fromBigInt } from "../model/units.js";
import { pointsOf } from "./points.js";
import { boundOf, type Points } from "./points-parts.js";
import { highestPoints, ineligibleReason, isSelectedOrigin, scanPoints, tieRule, visitedTasks } from "./scan.js";
import type { Selection } from "./selection.js";
import type { Process } from "./task-index.js";

interface Entry {
  readonly task: RankedTask;
  readonly points: bigint;
  readonly place: number;
}

/** Every process, best first: the order in which the scan would choose. Those that are not eligible come last. */
export function rankProcesses(selection: Selection): readonly RankedTask[] {
  const places = new Map<number, number>();
  for (const [place, task] of visitedTasks(selection).entries()) {
    if (!places.has(task.tgid)) places.set(task.tgid, place);
  }
  const entries = selection.index.processes.map((process) =>
    rankProcess(selection, process, places.get(process.tgid) ?? process.position),
  );
  const later = tieRule(selection) === "last" ? -1 : 1;
  return entries
    .sort((a, b) => {
      if (a.task.eligible !== b.task.eligible) return a.task.eligible ? -1 : 1;
      if (!a.task.eligible || a.points === b.points) return (a.place - b.place) * (a.task.eligible ? later : 1);
      return a.points > b.points ? -1 : 1;
    })
    .map(({ task }) => task);
}

function rankProcess(selection: Selection, process: Process, place: number): Entry {
  const { task, points } = bestThread(selection, process);
  const head = { pid: process.tgid, name: process.leader.name };
  if (isSelectedOrigin(selection, process))
    return { task: { ...head, ...ofOrigin(selection) }, points: highestPoints(selection), place };
  const reason = ineligibleReason(selection, task, points);
  const { unknown } = points;
  if (reason !== null) {
    const ranked: RankedTask = { ...head, points: null, parts: [], bound: "exact", unknown, eligible: false, reason };
    return { task: ranked, points: 0n, place };
  }
  const compared = scanPoints(selection, points);
  const value = fromBigInt(compared);
  const rounding = fromBigInt(compared - points.value);
  const parts = rounding === 0 ? points.parts : [...points.parts, { name: "rounding", value: rounding } as const];
  return {
    task: { ...head, points: value, parts, bound: boundOf(unknown), unknown, eligible: true },
    points: compared,
    place,
  };
}

function ofOrigin(selection: Selection): Omit<RankedTask, "pid" | "name"> {
  const value = fromBigInt(highestPoints(selection));
  return { points: value, parts: [{ name: "origin", value }], bound: "exact", unknown: [], eligible: true };
}

/** The thread that a process is ranked by: the leader where the scan visits leaders, else the first of the best. */
function bestThread(selection: Selection, process: Process): { task: MachineTask; points: Points } {
  const { traits } = selection;
  const byLeader = traits.pointsRule !== "legacy" || traits.globalScan === "leaders";
  let best = { task: process.leader, points: pointsOf(selection, process.leader) };
  if (byLeader || process.threads.length === 1) return best;
  for (const task of process.threads) {
    const points = pointsOf(selection, task);
    if (best.points.reason !== undefined || points.value > best.points.value) best = { task, points };
  }
  return best;
}
