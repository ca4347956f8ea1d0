import type { Scenario } from "../../model/machine.js";

/** Whether the scan goes in an order that the table does not show: a memory cgroup's, v3.6 to v5.2. */
export function hasHiddenOrder({ traits, constraint }: Scenario): boolean {
  return (
    constraint === "CONSTRAINT_MEMCG" && traits.memcgScan !== "task-list" && traits.memcgTableOrder === "task-list"
  );
}
