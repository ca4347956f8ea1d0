import type { MachineTask } from "../model/machine.js";
import type { IneligibleReason } from "../model/replay.js";
import { outsideDomainOfPoints } from "./eligibility.js";
import { legacyPoints } from "./points-legacy.js";
import { pagePoints } from "./points-pages.js";
import type { Points } from "./points-parts.js";
import { permillePoints } from "./points-permille.js";
import { adjOf, OOM_SCORE_ADJ_MIN, type Selection } from "./selection.js";
import { findTaskWithMm, type Process } from "./task-index.js";

/** `badness()` (up to v2.6.35), `oom_badness()`: the points of the process or thread `task`. */
export function pointsOf(selection: Selection, task: MachineTask): Points {
  const known = selection.knownPoints.get(task);
  if (known !== undefined) return known;
  const points = computePoints(selection, task);
  selection.knownPoints.set(task, points);
  return points;
}

function computePoints(selection: Selection, task: MachineTask): Points {
  const { traits, index } = selection;
  if (traits.pointsRule === "legacy") return legacyPoints(selection, task);
  const outside = outsideDomainOfPoints(selection, task);
  if (outside !== null) return notEligible(selection, outside);
  const process = index.processOf(task);
  const user = findTaskWithMm(task, process, traits.threadOrder);
  if (user === undefined) return notEligible(selection, "no-mm");
  const spared = sparedByState(selection, process, user);
  if (spared !== null) return notEligible(selection, spared);
  return traits.pointsRule === "pages"
    ? pagePoints(selection, process, user)
    : permillePoints(selection, process, user);
}

function notEligible(selection: Selection, reason: IneligibleReason): Points {
  const value = selection.traits.pointsClamp === "signed" ? selection.word.longMin : 0;
  return { value, parts: [], unknown: [], reason };
}

/** Why a task with an address space is spared: by its adjustment, or by a state that no table shows. */
function sparedByState(selection: Selection, process: Process, user: MachineTask): IneligibleReason | null {
  const { traits } = selection;
  if (traits.minAdjTest === "shared-mm") {
    if (user.mm !== null && selection.protectedMms.has(user.mm)) {
      return adjOf(process.leader, user) === OOM_SCORE_ADJ_MIN
        ? "oom-score-adj-min"
        : "mm-shared-with-oom-score-adj-min";
    }
  } else if (adjOf(process.leader, user) === OOM_SCORE_ADJ_MIN) {
    return "oom-score-adj-min";
  }
  if (traits.oomSkip === "tested" && user.mm !== null) {
    if (user.flags.oomSkip === true || selection.skippedMms.has(user.mm)) return "oom-skip";
  }
  if (traits.vfork === "tested" && isInVfork(selection, user)) return "vfork";
  return null;
}

/** A vfork child that still runs on its parent's address space. */
function isInVfork(selection: Selection, task: MachineTask): boolean {
  if (task.flags.vfork !== true) return false;
  const parent = task.ppid === undefined ? undefined : selection.index.taskOf(task.ppid);
  return parent === undefined || parent.mm === task.mm;
}
