import type { CgroupIdentity } from "../../model/cgroup-identity.js";
import type { MemcgSheet } from "../accounting/memcg.js";
import type { Context } from "../context.js";
import { Lacking } from "../facts.js";
import { identifyCgroup } from "../identity/cgroups.js";
import { percent, type Quantity } from "../quantity.js";
import { count, who } from "../text.js";
import { thresholds } from "../thresholds.js";

/** Pages that are charged ahead for a processor (32 up to v5.19): usage this near to a limit has reached it. */
export const chargeBatchPages = 64;

/** Whether the report is of the v1 hierarchy, which prints memory+swap (v5.0 to v5.2 do on v2 as well). */
export function isV1({ report }: Context): boolean {
  const limits = report.memcg?.limits ?? [];
  return limits.some(({ name }) => name === "memory+swap" || name === "kmem");
}

/** Whether the report prints no limit that could have been hit: something else asked for the kill. */
export function isUnlimited(context: Context): boolean {
  const memcg = context.fact("memcg");
  return !(memcg instanceof Lacking) && memcg.hit.unlimited;
}

/** What the cgroup whose limit was hit is; null where the log does not name it. */
export function limitOwner({ path }: MemcgSheet): CgroupIdentity | null {
  return path === null ? null : identifyCgroup(path);
}

/** A part of the cgroup's limit, in percent. */
export function shareOfLimit(name: string, part: Quantity, memcg: MemcgSheet): Quantity {
  return percent(name, part, memcg.limit);
}

/** The largest process or group of the cgroup, for the title of its limit, with the evidence for it. */
export function largestInCgroup(
  context: Context,
  memcg: MemcgSheet,
): { readonly text: string; readonly evidence: readonly Quantity[] } {
  const tasks = context.fact("tasks");
  const [top] = tasks instanceof Lacking ? [] : tasks.processes;
  if (tasks instanceof Lacking || memcg.hit.unlimited || top === undefined) return { text: "", evidence: [] };
  const [group] = tasks.groups;
  const many = thresholds["same-name-group"].processes.value;
  const isGroup = group !== undefined && group.processes.length >= many && group.size.value > top.size.value;
  const size = isGroup ? group.size : top.size;
  const name = isGroup ? `${count(group.processes.length, "process", "processes")} named ${group.name}` : who(top.row);
  return {
    text: `; the largest consumer is ${name} with ${context.text.size(size)}`,
    evidence: [percent("part of the largest consumer", size, tasks.capacity)],
  };
}
