import type { Machine, Scenario } from "../../model/machine.js";
import type { OomReport } from "../../model/report.js";
import { OOM_SCORE_ADJ_MIN } from "../selection.js";
import { type CgroupPlaces, isInCgroup } from "./cgroup-places.js";

/** A cgroup that died as a whole with the victim (`memory.oom.group`): it would with any other of its members. */
export interface KilledGroup {
  readonly path: string;
  /** Those that the log tells to be in it. */
  readonly members: ReadonlySet<number>;
}

/** The group of a report. */
export function groupOf({ groupKill }: OomReport, { tasks }: Machine, places: CgroupPlaces): KilledGroup | null {
  const path = groupKill?.path;
  if (path === undefined) return null;
  const isMember = (tgid: number): boolean => isInCgroup(places, tgid, path) === "yes";
  return { path, members: new Set(tasks.map(({ tgid }) => tgid).filter(isMember)) };
}

/** Those of a group that die when a process is chosen: all of its own group but who is at -1000. */
export function diesWithGroup(
  group: KilledGroup | null,
  { machine, traits }: Scenario,
  chosen: number | null,
): readonly number[] {
  if (group === null || chosen === null || traits.oomGroup === "none" || !group.members.has(chosen)) return [];
  return machine.tasks
    .filter(({ tgid, oomScoreAdj }) => group.members.has(tgid) && oomScoreAdj !== OOM_SCORE_ADJ_MIN)
    .map(({ tgid }) => tgid);
}
