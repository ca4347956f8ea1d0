import type { NameGroup } from "../accounting/tasks.js";
import type { TaskFacts } from "../facts.js";
import { type Quantity, quotient, sumOfColumn } from "../quantity.js";
import { thresholds } from "../thresholds.js";

/** Whether the rows hold so much more than there is that memory is counted in several of them. */
export function isInflated({ coverage }: Pick<TaskFacts, "coverage">): boolean {
  return coverage !== null && coverage.value > thresholds["shared-memory-database"].coverage.value;
}

/**
 * What a group of processes holds at least: where the rows add up to more than there is, its memory is shared. Its
 * anonymous memory is its own, where the table tells it (since v6.8); elsewhere its size is smaller by as much.
 */
export function sizeOfGroup(group: NameGroup, tasks: Pick<TaskFacts, "coverage">): Quantity {
  const { coverage } = tasks;
  if (coverage === null || !isInflated(tasks)) return group.size;
  const anonymous = anonymousOf(group);
  if (anonymous !== null) return anonymous;
  return quotient(`memory of all ${group.name}`, group.size, quotient("times counted", coverage, 100, ""));
}

function anonymousOf({ name, processes }: NameGroup): Quantity | null {
  const rows = processes.flatMap(({ row }) =>
    row.rssAnonPages === undefined ? [] : [{ value: row.rssAnonPages, line: row.line }],
  );
  return rows.length < processes.length ? null : sumOfColumn(`anonymous memory of all ${name}`, "rss_anon", rows);
}
