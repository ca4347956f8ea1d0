import { processIn } from "./dead.js";
import { hasHiddenOrder } from "./hidden-order.js";
import type { Course } from "./possible.js";
import type { Subject } from "./subject.js";

/** A process that a course may pick; null: nobody. */
export interface Choice {
  readonly tgid: number | null;
  /** True where only an order decides that the log does not show. */
  readonly byHiddenOrder: boolean;
}

/**
 * The choices of a course: more than one where equal points are settled by an order that the table does not show (a memory
 * cgroup's scan, v3.6 to v5.2). The log's own pick came before those that it was equal to.
 */
export function choicesOf({ scenario, replay }: Course, { picked, equals }: Subject): readonly Choice[] {
  const chosen = processIn(scenario.machine, replay.chosen);
  const plain = [{ tgid: chosen, byHiddenOrder: false }];
  if (!hasHiddenOrder(scenario) || chosen === null) return plain;
  const best = replay.ranking.find(({ tgid }) => tgid === chosen);
  // A volunteer is taken whatever its points.
  if (best?.oomOrigin === true) return plain;
  const tied = replay.ranking.filter(({ points, eligible }) => eligible && points === best?.points);
  const hasPicked = tied.some(({ tgid }) => tgid === picked);
  const left = hasPicked ? tied.filter(({ tgid }) => !equals.has(tgid)) : tied;
  return left.length < 2
    ? left.map(({ tgid }) => ({ tgid, byHiddenOrder: false }))
    : left.map(({ tgid }) => ({ tgid, byHiddenOrder: true }));
}
