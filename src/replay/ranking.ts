import type { MachineTask } from "../model/machine.js";
import type { IneligibleReason, RankedTask } from "../model/replay.js";
import type { Int64 } from "../model/units.js";
import { subtract } from "./c-types.js";
import { pointsOf } from "./points.js";
import { boundOf, type Points } from "./points-parts.js";
import { highestPoints, ineligibleReason, isSelectedOrigin, scanPoints, tieRule, visitedTasks } from "./scan.js";
import type { Selection } from "./selection.js";
import type { Process } from "./task-index.js";

interface Candidate {
  readonly task: RankedTask;
  readonly points: Int64;
  /** Place in the order of the scan. */
  readonly place: number;
}

/** Every process, best first: the order in which the scan would choose. Those that are not eligible come last. */
export function rankProcesses(selection: Selection): readonly RankedTask[] {
  const places = new Map<number, number>();
  for (const [place, task] of visitedTasks(selection).entries()) {
    if (!places.has(task.tgid)) places.set(task.tgid, place);
  }
  const candidates: Candidate[] = [];
  const others: RankedTask[] = [];
  for (const process of selection.index.processes) {
    const { task, points } = bestThread(selection, process);
    const isOrigin = isSelectedOrigin(selection, process);
    const reason = isOrigin ? null : ineligibleReason(selection, task, points);
    if (reason !== null) {
      others.push(ineligible(process, reason));
      continue;
    }
    const ranked = isOrigin ? originOf(selection, process) : eligible(selection, process, points);
    candidates.push({ task: ranked, points: ranked.points ?? 0, place: places.get(process.tgid) ?? process.position });
  }
  const later = tieRule(selection) === "last" ? -1 : 1;
  candidates.sort((a, b) => {
    if (a.points === b.points) return (a.place - b.place) * later;
    return a.points > b.points ? -1 : 1;
  });
  return [...candidates.map((candidate) => candidate.task), ...others];
}

function ineligible({ tgid, leader }: Process, reason: IneligibleReason): RankedTask {
  return {
    pid: tgid,
    name: leader.name,
    points: null,
    parts: [],
    bound: "exact",
    unknown: [],
    eligible: false,
    reason,
  };
}

function eligible(selection: Selection, { tgid, leader }: Process, points: Points): RankedTask {
  const { unknown } = points;
  const compared = scanPoints(selection, points);
  const parts =
    compared === points.value
      ? points.parts
      : [...points.parts, { name: "rounding", value: subtract(compared, points.value) } as const];
  return { pid: tgid, name: leader.name, points: compared, parts, bound: boundOf(unknown), unknown, eligible: true };
}

function originOf(selection: Selection, { tgid, leader }: Process): RankedTask {
  const value = highestPoints(selection);
  const parts = [{ name: "origin", value } as const];
  return { pid: tgid, name: leader.name, points: value, parts, bound: "exact", unknown: [], eligible: true };
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
