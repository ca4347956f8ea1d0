import type { DecisionPath } from "./decision-path.js";
import { type Ending, withoutKill } from "./ending.js";
import { reportVictimTest } from "./report-scan.js";
import type { Selection } from "./selection.js";

/**
 * The path from the scan on when the candidates are not known: the steps that the era has, for the log to show how they
 * went. A step that the log contradicts is taken out with its evidence.
 */
export function withoutCandidates(selection: Selection, path: DecisionPath): Ending {
  const { traits, isMemcg } = selection;
  path.notVisible(isMemcg ? "select-memcg" : "select", "who the candidates were is not in this log");
  reportVictimTest(selection, path);
  path.notVisible("points", "nobody's points can be computed without the task table");
  if (traits.childSacrifice !== "none") path.notVisible("sacrifice", "a child may die in its place");
  if (traits.oomGroup !== "none") path.notVisible("group", "no memory cgroup is known to have memory.oom.group set");
  path.notVisible("kill", "the chosen process, or nobody, is killed");
  if (traits.mmSharers !== "none") path.notVisible("sharers", "no other process is known to share its address space");
  if (traits.oomReaper !== "none") path.notVisible("reaper", "the victim is queued for the reaper");
  // Last: after a kill it is a later scan that finds nobody.
  path.notVisible(isMemcg ? "nothing-eligible-memcg" : "nothing-eligible", "no process is eligible");
  return withoutKill("unknown");
}
