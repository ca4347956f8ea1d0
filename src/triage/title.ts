import { countOf } from "../model/count.js";
import type { Incident } from "../model/incident.js";
import { namePattern } from "./name-pattern.js";

const limitWords: Readonly<Record<Incident["limit"], string>> = {
  machine: "the whole machine",
  memcg: "a memory cgroup",
  cpuset: "a cpuset",
  mempolicy: "a memory policy",
  sysrq: "no limit (SysRq f)",
  unknown: "a limit that the logs do not tell",
  several: "several limits",
};

/** Longest cgroup in a title. */
const LONGEST = 60;

/** `java killed 400 times on 20 hosts: container of a Burstable pod at its limit, memcg-limit-own`. */
export function titleOf(incident: Omit<Incident, "title">): string {
  const cause = incident.cause ?? `no cause found in the report${incident.count === 1 ? "" : "s"}`;
  return `${whoWords(incident)}${whereWords(incident)}: ${limitOf(incident)}, ${cause}`;
}

function whoWords({ victims, kills, count, group }: Omit<Incident, "title">): string {
  const lead = group["victim"] ?? victims[0]?.name;
  if (lead === undefined || lead === null || kills === 0) return `Nobody killed in ${countOf(count, "report")}`;
  const others = victims.filter(({ name }) => name !== lead && namePattern(name) !== lead).length;
  return `${lead}${others === 0 ? "" : ` and ${countOf(others, "other name")}`} killed ${countOf(kills, "time")}`;
}

function whereWords({ hosts, hostCount }: Omit<Incident, "title">): string {
  if (hostCount === 0) return "";
  return hostCount === 1 ? ` on ${hosts[0]}` : ` on ${hostCount} hosts`;
}

function limitOf({ limit, cgroup, cgroupName, cgroupCount }: Omit<Incident, "title">): string {
  if (limit !== "memcg") return limitWords[limit];
  if (cgroup === null) return cgroupCount > 1 ? "several memory cgroups" : limitWords.memcg;
  if (cgroupName !== null) return `${cgroupName} at its limit`;
  return `${cgroup.length <= LONGEST ? cgroup : `…${cgroup.slice(-LONGEST)}`} at its limit`;
}
