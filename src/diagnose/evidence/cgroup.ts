import type { CgroupIdentity } from "../../model/cgroup-identity.js";
import type { MemcgLimit } from "../../model/report.js";
import type { MemcgSheet, MemcgTerm } from "../accounting/memcg.js";
import type { Context } from "../context.js";
import { Lacking } from "../facts.js";
import { identifyCgroup } from "../identity/cgroups.js";
import { amount, difference, percent, type Quantity } from "../quantity.js";
import { count, who } from "../text.js";
import { thresholds } from "../thresholds.js";
import { sizeOfGroup } from "./groups.js";

/** How near a limit is, beside the one that was hit or that one itself. All in kB. */
export interface LimitRoom {
  readonly limit: Quantity;
  readonly usage: Quantity;
  /** The request did not fit below the limit; else it had to be small change to be told at all. */
  readonly reached: boolean;
  readonly left: Quantity;
}

/** A limit that the request would have exceeded, or nearly; null where there is more room. */
export function nearLimit(counter: MemcgLimit, { report, pageSizeBytes }: Context): LimitRoom | null {
  const { name, line } = counter;
  const limit: Quantity = { name: `${name} limit`, ...amount(counter.limitKb), unit: "kB", lines: [line] };
  const usage: Quantity = { name: `${name} usage`, ...amount(counter.usageKb), unit: "kB", lines: [line] };
  const left = difference(`room below the ${name} limit`, limit, usage);
  const neededKb = (2 ** Math.max(0, report.trigger?.order ?? 0) * pageSizeBytes) / 1024;
  const reached = left.value < neededKb;
  if (!reached && percent("room", left, limit).value > thresholds.limits.near.value) return null;
  return { limit, usage, reached, left };
}

/** Pages that one charge takes ahead at most: memory that a limit leaves all the same. */
const MOST_CHARGED_AHEAD = 64;

/** What the limit left when the counters were printed, where that is more than any charge needs; null elsewhere. */
export function roomBelowLimit(context: Context): Quantity | null {
  const memcg = context.fact("memcg");
  if (memcg instanceof Lacking || memcg.hit.unlimited) return null;
  const room = difference("room below the limit", memcg.limit, memcg.limitUsage);
  const needed = 2 ** Math.max(0, context.report.trigger?.order ?? 0) + MOST_CHARGED_AHEAD;
  const part = percent("room below the limit in percent", room, memcg.limit);
  return room.value <= needed || part.value <= thresholds.limits.below.value ? null : room;
}

/** Whether the cgroup was clearly below its limit again. */
export function isBelowLimit(context: Context): boolean {
  return roomBelowLimit(context) !== null;
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

const termNames: Readonly<Record<MemcgTerm, string>> = {
  anon: "anonymous memory",
  file: "file cache or tmpfs",
  kernel: "kernel memory",
  sock: "socket buffers",
  hugetlb: "huge pages",
};

/** What holds most of the cgroup's memory, for the title of its limit, with the evidence for it. */
export function largestInCgroup(
  context: Context,
  memcg: MemcgSheet,
): { readonly text: string; readonly evidence: readonly Quantity[] } {
  const tasks = context.fact("tasks");
  const [top] = tasks instanceof Lacking ? [] : tasks.processes;
  if (tasks instanceof Lacking || memcg.hit.unlimited || top === undefined) return largestTerm(context, memcg);
  const [group] = tasks.groups;
  const many = thresholds["same-name-group"].processes.value;
  const ofGroup = group === undefined ? null : sizeOfGroup(group, tasks);
  const isGroup =
    group !== undefined && ofGroup !== null && group.processes.length >= many && ofGroup.size.value > top.size.value;
  const size = isGroup ? ofGroup.size : top.size;
  const atMost = isGroup && ofGroup.as === "at-most" ? "at most " : "";
  const name = isGroup ? `${count(group.processes.length, "process", "processes")} named ${group.name}` : who(top.row);
  const part = percent("part of the largest consumer", size, tasks.capacity);
  if (part.value < thresholds.ranking.memcgConsumer.value) return largestTerm(context, memcg);
  return {
    text: `; the largest consumer is ${name} with ${atMost}${context.text.size(size)}`,
    evidence: part.value > 100 ? [size] : [part],
  };
}

/** Where no process holds much, the part of the statistics that does. */
function largestTerm(context: Context, memcg: MemcgSheet): ReturnType<typeof largestInCgroup> {
  const [first, ...rest] = memcg.terms;
  if (first === undefined || memcg.hit.unlimited) return { text: "", evidence: [] };
  const [term, size] = rest.reduce((best, one) => (one[1].value > best[1].value ? one : best), first);
  if (size.value * 2 < memcg.usage.value) return { text: "", evidence: [] };
  return { text: `; ${context.text.size(size)} of it are ${termNames[term]}`, evidence: [size] };
}
