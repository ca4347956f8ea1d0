import type { Group } from "./group.js";
import { timesOf } from "./times.js";

/** Kills on one host that follow each other within this are one event: a machine needs longer to recover. */
const TOGETHER_SECONDS = 120;

/** A victim of whose kills so many happen beside another victim's dies of the same problem. */
const TOGETHER_SHARE = 0.9;

/** Groups of one victim beyond this many are not compared: the names are chosen at random. */
const MOST_COMPARED = 1000;

/** Joins groups that are one problem although their reports differ in a field. */
export function settle(groups: readonly Group[]): Group[] {
  return joinUnknown(joinSilent(joinTogether(groups)));
}

/**
 * Victims that die together: same limit, cgroup and cause, on one host within two minutes, again and again. The kernel
 * kills bystanders before and after the one at fault; the victim most often killed leads.
 */
function joinTogether(groups: readonly Group[]): Group[] {
  const alike = partition(groups, ({ key }) => JSON.stringify([key.limit, key.cgroup, key.cause]));
  return joinBeside(groups, alike, { leads: () => true, follows: () => true });
}

/** Kills that tell neither limit nor cause, since the kernel leaves out the dumps of a storm: they belong to that storm. */
function joinSilent(groups: readonly Group[]): Group[] {
  const isSilent = ({ key }: Group): boolean => key.limit === "unknown" && key.cause === null;
  return joinBeside(groups, [groups], { leads: (group) => !isSilent(group), follows: isSilent });
}

/** Joins each group that follows to the one that leads in nearly all events of its own; within each set. */
function joinBeside(
  groups: readonly Group[],
  sets: readonly (readonly Group[])[],
  { leads, follows }: Readonly<Record<"leads" | "follows", (group: Group) => boolean>>,
): Group[] {
  const rank = new Map([...groups].sort((a, b) => b.size - a.size).map((group, index) => [group, index]));
  const target = new Map<Group, Group>();
  for (const set of sets) {
    if (set.length < 2 || !set.some(follows)) continue;
    const votes = new Map<Group, Map<Group, number>>();
    for (const event of eventsOf(set)) {
      const [lead] = [...event.keys()].filter(leads).sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
      if (lead === undefined) continue;
      for (const [group, count] of event) {
        if (!follows(group)) continue;
        const mine = votes.get(group) ?? new Map<Group, number>();
        votes.set(group, mine.set(lead, (mine.get(lead) ?? 0) + count));
      }
    }
    for (const [group, mine] of votes) {
      for (const [lead, count] of mine) {
        if (lead !== group && count >= TOGETHER_SHARE * group.size) target.set(group, lead);
      }
    }
  }
  return joined(groups, target);
}

/** Each event of a host: how many reports of which groups. */
function eventsOf(groups: readonly Group[]): Map<Group, number>[] {
  const all = groups.flatMap((group) => group.sightings.map((sighting) => ({ group, sighting })));
  const events: Map<Group, number>[] = [];
  for (const here of partition(all, ({ sighting }) => sighting.place)) {
    const timed = timesOf(here, ({ sighting }) => sighting);
    let event = new Map<Group, number>();
    let last = Number.NEGATIVE_INFINITY;
    for (const { item, seconds } of timed) {
      if (seconds - last > TOGETHER_SECONDS) {
        event = new Map();
        events.push(event);
      }
      event.set(item.group, (event.get(item.group) ?? 0) + 1);
      last = seconds;
    }
  }
  return events;
}

/**
 * Reports that do not tell a field (a rate-limited kill without its dump, an old kernel that prints no cgroup) belong to
 * the only group that agrees with them in all that they do tell. Where several do, they stay apart.
 */
function joinUnknown(groups: readonly Group[]): Group[] {
  const target = new Map<Group, Group>();
  for (const alike of partition(groups, ({ key }) => JSON.stringify(key.victim))) {
    if (alike.length < 2 || alike.length > MOST_COMPARED) continue;
    for (const group of alike) {
      const finer = alike.filter((other) => other !== group && refines(other, group));
      const [only] = finer;
      if (only !== undefined && finer.length === 1) target.set(group, only);
    }
  }
  return joined(groups, target);
}

/** Whether a group tells all that another does, the same, and more. */
function refines({ key: fine }: Group, { key: coarse }: Group): boolean {
  const limit = coarse.limit === "unknown" || coarse.limit === fine.limit;
  const cgroup = coarse.cgroup === null || coarse.cgroup === fine.cgroup;
  const cause = coarse.cause === null || coarse.cause === fine.cause;
  const more =
    (coarse.limit === "unknown" && fine.limit !== "unknown") ||
    (coarse.cgroup === null && fine.cgroup !== null) ||
    (coarse.cause === null && fine.cause !== null);
  return limit && cgroup && cause && more;
}

/** Puts each group into its target, the target's target and so on. No target leads back: each is larger, or finer. */
function joined(groups: readonly Group[], target: ReadonlyMap<Group, Group>): Group[] {
  for (const group of groups) {
    let end = target.get(group);
    for (let next = end; next !== undefined; next = target.get(next)) end = next;
    end?.absorb(group);
  }
  return groups.filter((group) => !target.has(group));
}

function partition<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const parts = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [item]);
    else part.push(item);
  }
  return [...parts.values()];
}
