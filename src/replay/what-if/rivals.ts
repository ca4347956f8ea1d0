import { replayWithoutSteps } from "../replay.js";
import { keepTasks } from "./apply.js";
import { bondedProcesses } from "./bonds.js";
import { hasHiddenOrder } from "./hidden-order.js";
import { spansOf } from "./possible.js";
import type { Subject } from "./subject.js";

/**
 * The best processes of a subject: whoever leads when all have their fewest points, their most, or what a replay assumes,
 * at any total that the log allows; with whoever is equal, where the order is not known. Who beats them beats everybody.
 */
export function leadersOf(subject: Subject): ReadonlySet<number> {
  const leaders = new Set<number>();
  for (const { scenario, low, high, totals } of spansOf(subject)) {
    for (const machine of new Set([scenario.machine, low, high])) {
      for (const total of totals) {
        const { ranking } = replayWithoutSteps({ ...scenario, machine }, total);
        const [best] = ranking;
        for (const { tgid, points, eligible } of hasHiddenOrder(scenario) ? ranking : ranking.slice(0, 1)) {
          if (!eligible || points !== best?.points) break;
          leaders.add(tgid);
        }
      }
    }
  }
  return leaders;
}

/** A subject of the same choices with fewer tasks: those asked about, the best of the others, and whoever has a bond. */
export function onlyRivals(subject: Subject, targets: ReadonlySet<number>, leaders: ReadonlySet<number>): Subject {
  const kept = new Set([...targets, ...leaders, ...bondedProcesses(subject.worlds[0].machine)]);
  const unknowns = [...kept].flatMap((tgid) => {
    const its = subject.alternatives.get(tgid);
    return its === undefined ? [] : [[tgid, its] as const];
  });
  return { ...keepTasks(subject, ({ tgid }) => kept.has(tgid)), alternatives: new Map(unknowns) };
}
