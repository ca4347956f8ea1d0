import type { NameGroup } from "../accounting/tasks.js";
import type { TaskFacts } from "../facts.js";
import { type Quantity, quotient, sumOfColumn } from "../quantity.js";
import { thresholds } from "../thresholds.js";

/** Whether the rows hold so much more than there is that memory is counted in several of them. */
export function isInflated({ coverage }: Pick<TaskFacts, "coverage">): boolean {
  return coverage !== null && coverage.value > thresholds["shared-memory-database"].coverage.value;
}

/** What a group of processes holds. */
export interface GroupSize {
  readonly size: Quantity;
  /**
   * `at-most`: rss_anon counts what processes share since a fork in each of them. `shared`: pages are counted in several
   * rows, and nothing tells which.
   */
  readonly as: "sum" | "at-most" | "shared";
}

/**
 * What a group of processes holds: where the rows add up to more than there is, its memory is shared. It has then no more
 * of its own than its anonymous memory, where the table tells it (since v6.8); elsewhere its size is smaller by as much.
 */
export function sizeOfGroup(group: NameGroup, tasks: Pick<TaskFacts, "coverage">): GroupSize {
  const { coverage } = tasks;
  if (coverage === null || !isInflated(tasks)) return { size: group.size, as: "sum" };
  const anonymous = anonymousOf(group);
  if (anonymous !== null) return { size: anonymous, as: "at-most" };
  const times = quotient("times counted", coverage, 100, "");
  return { size: quotient(`memory of all ${group.name}`, group.size, times), as: "shared" };
}

function anonymousOf({ name, processes }: NameGroup): Quantity | null {
  const rows = processes.flatMap(({ row }) =>
    row.rssAnonPages === undefined ? [] : [{ value: row.rssAnonPages, line: row.line }],
  );
  return rows.length < processes.length ? null : sumOfColumn(`anonymous memory of all ${name}`, "rss_anon", rows);
}
