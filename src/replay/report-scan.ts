import type { IneligibleReason, RankedTask } from "../model/replay.js";
import type { Int64 } from "../model/units.js";
import { type DecisionPath, describe } from "./decision-path.js";
import { type ScanResult, tieRule } from "./scan.js";
import type { Selection } from "./selection.js";

const sentenceOfReason: Readonly<Record<IneligibleReason, string>> = {
  init: "init",
  "kernel-thread": "kernel threads",
  "no-mm": "without an address space",
  "oom-score-adj-min": "at oom_score_adj -1000",
  "oom-adj-disable": "at oom_adj -17",
  "mm-shared-with-oom-score-adj-min": "sharing an address space with a process at -1000",
  "oom-skip": "reaped before",
  vfork: "in vfork",
  "outside-memcg": "outside the memory cgroup",
  "outside-cpuset": "without memory on the nodes of the cpuset",
  "outside-mempolicy": "without memory on the nodes of the memory policy",
  "points-wrapped-to-0": "with points that wrap to 0",
};

/** Adds the steps of a scan: who was passed over, and how it ended. */
export function reportScan(
  selection: Selection,
  path: DecisionPath,
  result: ScanResult,
  ranking: readonly RankedTask[],
): void {
  const select = selection.isMemcg ? "select-memcg" : "select";
  const visit = selection.isMemcg ? "visit-memcg" : "visit";
  path.computed(select, passedOver(ranking));
  if (result.kind === "aborted") {
    const why = result.why === "victim" ? "was killed before and is still dying" : "is exiting";
    path.computed(visit, `${describe(result.task)} ${why}: the scan ends without a choice`, result.task);
    return;
  }
  reportVictimTest(selection, path);
  if (result.kind === "nothing") {
    path.computed(select, "no process is eligible");
    return;
  }
  const { task } = result;
  if (result.by === "origin") path.computed(visit, `${describe(task)} is an OOM origin (swapoff, ksm)`, task);
  if (result.by === "exiting") path.computed(visit, `${describe(task)} asked, is exiting and is chosen`, task);
  if (result.by === "points") path.computed("points", mostPoints(selection, ranking, result.points), task);
  path.computed(select, `${describe(task)} is chosen`, task);
}

/** Adds the step in which a victim that is still dying ends the scan, where none did. */
export function reportVictimTest(selection: Selection, path: DecisionPath): void {
  const visit = selection.isMemcg ? "visit-memcg" : "visit";
  if (selection.force) path.computed(visit, "sysrq asked: a victim that is still dying does not stop the scan");
  else path.notVisible(visit, "no victim of an earlier OOM is still dying");
}

function passedOver(ranking: readonly RankedTask[]): string {
  const counts = new Map<IneligibleReason, number>();
  let eligible = 0;
  for (const { reason } of ranking) {
    if (reason === undefined) eligible++;
    else counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const counted = `${ranking.length} process${ranking.length === 1 ? "" : "es"}`;
  const passed = [...counts].map(([reason, count]) => `${count} ${sentenceOfReason[reason]}`).join(", ");
  return `${counted}, ${eligible} eligible${passed === "" ? "" : `; passed over: ${passed}`}`;
}

function mostPoints(selection: Selection, ranking: readonly RankedTask[], points: Int64): string {
  const firstBelow = ranking.findIndex((task) => task.points !== ranking[0]?.points);
  const tied = firstBelow < 0 ? ranking.length : firstBelow;
  if (tied < 2) return `${points} points, the most`;
  const which = tieRule(selection) === "last" ? "last" : "first";
  return `${points} points, as ${tied} processes have: the ${which} of them is taken`;
}
