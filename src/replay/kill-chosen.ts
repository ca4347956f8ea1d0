import type { MachineTask } from "../model/machine.js";
import type { Int64 } from "../model/units.js";
import { divide, multiply, toInt32, toLong, toUint32, toUlong } from "./c-types.js";
import { type DecisionPath, describe } from "./decision-path.js";
import { isDying } from "./dying.js";
import { type Ending, inKill, inPanic, withoutKill } from "./ending.js";
import { type KillResult, killProcess, oomGroupOf } from "./kill.js";
import { killGroup } from "./kill-group.js";
import { killLegacy } from "./kill-legacy.js";
import { largestChild } from "./sacrifice.js";
import type { Selection } from "./selection.js";

/** What the kernel does with the task that the scan took, or with the invoker in its place (`points` 0). */
export function killChosen(selection: Selection, path: DecisionPath, chosen: MachineTask, points: Int64): Ending {
  const { traits } = selection;
  if (traits.pointsRule === "legacy") return killLegacyChosen(selection, path, chosen, points);
  // Since v4.0 a task without an address space does not count as dying here.
  const hasMemory = chosen.mm !== null || traits.dyingCurrent !== "fatal-signal-or-dying-with-mm";
  if (hasMemory && isDying(selection, chosen)) {
    const printed = traits.dyingChosen === "marked" ? "nothing is printed" : "the report has no kill line";
    path.computed("dying-chosen", `${describe(chosen)} is dying already and only marked: ${printed}`, chosen);
    return withoutKill("shortcut", chosen);
  }
  path.notVisible("dying-chosen", `${describe(chosen)} is not dying yet`, chosen);
  const preferred = traits.childSacrifice === "largest" ? sacrifice(selection, path, chosen) : chosen;
  const kill = killProcess(selection, preferred);
  if (kill.victim === null) {
    path.computed("kill", `${describe(preferred)} has no address space any more: nobody is killed`, preferred);
    return withoutKill("no_kill", chosen);
  }
  const members = groupOf(selection, path, kill.victim);
  reportKill(selection, path, kill, kill.victim);
  reportReaper(selection, path, kill);
  return inKill({
    chosen,
    victim: kill.victim,
    score: printedScore(selection, points),
    signalled: [...kill.signalled, ...members.flatMap((member) => member.signalled)],
    sharers: kill.sharers,
    group: members.flatMap((member) => member.signalled),
  });
}

function sacrifice(selection: Selection, path: DecisionPath, chosen: MachineTask): MachineTask {
  const victim = largestChild(selection, chosen);
  if (victim !== chosen) {
    path.computed("sacrifice", `${describe(victim)}, the child with the most points, dies in its place`, victim);
  } else if (selection.machine.tasks.every((task) => task.ppid === undefined)) {
    path.notVisible("sacrifice", `no child of ${describe(chosen)} is known to die in its place`, chosen);
  } else {
    path.computed("sacrifice", `${describe(chosen)} has no child that could die in its place`, chosen);
  }
  return victim;
}

function reportKill(selection: Selection, path: DecisionPath, kill: KillResult, victim: MachineTask): void {
  path.computed("kill", `${describe(victim)} is killed`, victim);
  if (selection.traits.mmSharers === "none") return;
  const names = kill.sharers.map(describe).join(", ");
  if (kill.sharers.length > 0) path.computed("sharers", `shares its address space: ${names}`, ...kill.sharers);
  else path.notVisible("sharers", "no other process is known to share its address space");
  if (kill.pinnedBy !== null) {
    path.computed("sharers", `${describe(kill.pinnedBy)} keeps the address space alive`, kill.pinnedBy);
  }
}

function groupOf(selection: Selection, path: DecisionPath, victim: MachineTask): readonly KillResult[] {
  if (selection.traits.oomGroup === "none") return [];
  const group = oomGroupOf(selection, victim);
  if (group === null) {
    const outcome = "no memory cgroup of the victim has memory.oom.group set";
    if (selection.machine.memcgs === undefined) path.notVisible("group", outcome);
    else path.computed("group", outcome);
    return [];
  }
  const members = killGroup(selection, group);
  const names = members.flatMap((member) => (member.victim === null ? [] : [member.victim]));
  path.computed("group", `memory.oom.group takes ${names.map(describe).join(", ")}`, ...names);
  return members;
}

function reportReaper(selection: Selection, path: DecisionPath, kill: KillResult): void {
  const { oomReaper } = selection.traits;
  if (oomReaper === "none" || kill.pinnedBy !== null) return;
  path.notVisible(
    "reaper",
    oomReaper === "at-once"
      ? "the victim is queued for the reaper"
      : "the victim is queued for the reaper, which waits two seconds",
  );
}

/** The number after `score`, by the era's arithmetic and format; null where no score is printed. */
function printedScore(selection: Selection, points: Int64): Int64 | null {
  const { traits, word } = selection;
  if (traits.scorePrinted === "not-printed") return null;
  if (traits.pointsRule === "legacy") return toLong(points, word);
  if (traits.pointsRule === "permille") return points;
  const total = selection.totalPages === 0 ? 1 : selection.totalPages;
  const score = toUint32(divide(toUlong(multiply(points, 1000), word), total));
  return traits.scorePrinted === "int32" ? toInt32(score) : score;
}

function killLegacyChosen(selection: Selection, path: DecisionPath, chosen: MachineTask, points: Int64): Ending {
  const ending = killAtOnce(selection, path, chosen, points);
  if (ending !== null) return ending;
  path.computed(
    "kill",
    `neither ${describe(chosen)} nor a child of it can be killed: the scan is repeated for ever`,
    chosen,
  );
  return withoutKill("livelock");
}

/** Up to v2.6.35: kills a child of a task or the task itself; null when none of them can be killed. */
export function killAtOnce(
  selection: Selection,
  path: DecisionPath,
  task: MachineTask,
  points: Int64 = 0,
): Ending | null {
  if (selection.traits.dyingChosen === "killed-silently" && task.flags.exiting === true) {
    path.computed("dying-chosen", `${describe(task)} is exiting: it is killed without a line`, task);
    return inKill({ chosen: task, victim: task, score: null, signalled: [task], sharers: [], group: [] });
  }
  const kill = killLegacy(selection, task);
  if (kill === null) return null;
  const { victim, signalled, sharers } = kill;
  if (victim === null) return withoutKill("no_kill", task);
  if (victim !== task) path.computed("sacrifice", `${describe(victim)}, a child, dies in its place`, victim);
  reportKill(selection, path, kill, victim);
  return inKill({ chosen: task, victim, score: printedScore(selection, points), signalled, sharers, group: [] });
}

/** What follows a scan that took nobody. */
export function killWithoutCandidates(selection: Selection, path: DecisionPath, why: "aborted" | "nothing"): Ending {
  if (why === "aborted") return withoutKill("no_kill");
  return selection.isMemcg ? nothingInMemcg(selection, path) : nothingInSystem(selection, path);
}

function nothingInSystem(selection: Selection, path: DecisionPath): Ending {
  const { traits, sysrq } = selection;
  if (sysrq) {
    path.computed("nothing-eligible", "sysrq does not panic");
    return withoutKill("no_kill");
  }
  const message =
    traits.nothingEligible === "panic"
      ? "Out of memory and no killable processes..."
      : "System is deadlocked on memory";
  path.computed("nothing-eligible", `panic: ${message}`);
  return inPanic(message);
}

function nothingInMemcg(selection: Selection, path: DecisionPath): Ending {
  const { traits, current } = selection;
  if (traits.nothingEligibleInMemcg !== "invoker" || current === undefined) {
    path.computed("nothing-eligible-memcg", "nobody is killed");
    return withoutKill("no_kill");
  }
  path.computed("nothing-eligible-memcg", `${describe(current)}, which asked, is tried instead`, current);
  return killLegacyChosen(selection, path, current, 0);
}
