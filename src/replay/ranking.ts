import type { MachineTask } from "../model/machine.js";
import type { IneligibleReason, RankedTask } from "../model/replay.js";
import type { Int64 } from "../model/units.js";
import { subtract } from "./c-types.js";
import { pointsOf } from "./points.js";
import { boundOf, type Points } from "./points-parts.js";
import {
  displaces,
  highestPoints,
  ineligibleReason,
  isSelectedOrigin,
  lowestPoints,
  scanPoints,
  tieRule,
  visitedTasks,
} from "./scan.js";
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
  const visited = visitedTasks(selection);
  const places = new Map<number, number>();
  /** Processes of which more than one thread is visited. */
  const threadsOf = new Map<number, MachineTask[]>();
  for (let place = 0; place < visited.length; place++) {
    const task = visited[place] as MachineTask;
    const first = places.get(task.tgid);
    if (first === undefined) {
      places.set(task.tgid, place);
      continue;
    }
    const threads = threadsOf.get(task.tgid);
    if (threads === undefined) threadsOf.set(task.tgid, [visited[first] as MachineTask, task]);
    else threads.push(task);
  }
  const candidates: Candidate[] = [];
  const others: RankedTask[] = [];
  for (const process of selection.index.processes) {
    const { task, points } = takenThread(selection, process, threadsOf.get(process.tgid));
    const isOrigin = isSelectedOrigin(selection, process);
    const reason = isOrigin ? null : ineligibleReason(selection, task, points);
    if (reason !== null) {
      others.push(ineligible(task, reason));
      continue;
    }
    const ranked = isOrigin ? originOf(selection, task, points) : eligible(selection, task, points);
    const compared = isOrigin ? highestPoints(selection) : scanPoints(selection, points);
    candidates.push({ task: ranked, points: compared, place: places.get(process.tgid) ?? process.position });
  }
  const later = tieRule(selection) === "last" ? -1 : 1;
  candidates.sort((a, b) => {
    if (a.points === b.points) return (a.place - b.place) * later;
    return a.points > b.points ? -1 : 1;
  });
  return [...candidates.map((candidate) => candidate.task), ...others];
}

function ineligible({ pid, tgid, name }: MachineTask, reason: IneligibleReason): RankedTask {
  return {
    pid,
    tgid,
    name,
    points: null,
    parts: [],
    bound: "exact",
    unknown: [],
    eligible: false,
    reason,
  };
}

function eligible(selection: Selection, { pid, tgid, name }: MachineTask, points: Points): RankedTask {
  const { unknown } = points;
  const compared = scanPoints(selection, points);
  const parts =
    compared === points.value
      ? points.parts
      : [...points.parts, { name: "rounding", value: subtract(compared, points.value) } as const];
  return {
    pid,
    tgid,
    name,
    points: compared,
    parts,
    bound: boundOf(unknown),
    unknown,
    eligible: true,
  };
}

/** An OOM origin is taken whatever its points, which are shown as they are. */
function originOf(selection: Selection, task: MachineTask, points: Points): RankedTask {
  const ranked = points.reason === undefined ? points : { value: 0, parts: [], unknown: [] };
  return { ...eligible(selection, task, ranked), oomOrigin: true };
}

/**
 * The task that the scan would keep of a process, and so the one that the kernel would name: its leader, or, where
 * threads are visited and the leader has exited or ties with them, the thread that the tie rule leaves.
 */
function takenThread(
  selection: Selection,
  process: Process,
  visited: readonly MachineTask[] | undefined,
): { task: MachineTask; points: Points } {
  let taken = { task: process.leader, points: pointsOf(selection, process.leader) };
  if (visited === undefined) return taken;
  let best = lowestPoints(selection);
  let kept: MachineTask | null = null;
  for (const task of visited) {
    if (task.mm === null && selection.traits.mmLessTask !== "visited") continue;
    const points = pointsOf(selection, task);
    const compared = scanPoints(selection, points);
    if (points.reason !== undefined || !displaces(selection, compared, best, kept)) continue;
    best = compared;
    kept = task;
    taken = { task, points };
  }
  return taken;
}
