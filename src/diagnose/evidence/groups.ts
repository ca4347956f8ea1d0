import type { NameGroup } from "../accounting/tasks.js";
import type { TaskFacts } from "../facts.js";
import { type Quantity, quotient } from "../quantity.js";
import { thresholds } from "../thresholds.js";

/** Whether the rows hold so much more than there is that memory is counted in several of them. */
export function isInflated({ coverage }: Pick<TaskFacts, "coverage">): boolean {
  return coverage !== null && coverage.value > thresholds["shared-memory-database"].coverage.value;
}

/**
 * What a group of processes really holds: where the rows add up to more than there is, its memory is shared, and its
 * size smaller by as much.
 */
export function sizeOfGroup(group: NameGroup, tasks: Pick<TaskFacts, "coverage">): Quantity {
  const { coverage } = tasks;
  if (coverage === null || !isInflated(tasks)) return group.size;
  return quotient(`memory of all ${group.name}`, group.size, quotient("times counted", coverage, 100, ""));
}
