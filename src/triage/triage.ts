import type { Analysis } from "../model/analysis.js";
import { countOf } from "../model/count.js";
import { type Headline, headlineOf } from "../model/headline.js";
import { type Incident, incidentId, MOST_IDS, MOST_NAMES, type Triage } from "../model/incident.js";
import { makeNote, type Note } from "../model/note.js";
import type { VerdictKind } from "../model/verdict.js";
import { Group, type GroupKey, Tally } from "./group.js";
import { kinOfCause } from "./kin.js";
import { namePattern } from "./name-pattern.js";
import { SeenReports } from "./seen-reports.js";
import { settle } from "./settle.js";
import { BootClock, type Sighting, sightingOf } from "./sighting.js";
import { rfc3339, timingOf } from "./timing.js";
import { titleOf } from "./title.js";

/** A field to group by: its name and how an analysis has it. */
export interface GroupField {
  readonly name: string;
  readonly of: (analysis: Analysis) => string | null;
}

export interface TriageOptions {
  /**
   * Groups exactly by these. Absent: by limit, cgroup without ids, victim without its number, and cause, where what belongs to one problem
   * although a field differs is joined: victims that die together, causes that are degrees of each other, reports that do
   * not tell a field. The host is no part of it: one problem on many hosts is one incident.
   */
  readonly groupBy?: readonly GroupField[];
}

/** Groups analyses into incidents. Memory is bounded: some 200 bytes a report, up to {@link MOST_SIGHTINGS}. */
export interface Triager {
  push(analysis: Analysis): void;
  /** What there is so far. */
  result(): Triage;
}

/** Reports whose times are kept; later ones are counted only. */
export const MOST_SIGHTINGS = 250_000;

/** Groups that are kept apart. */
const MOST_GROUPS = 10_000;

/** Parts of a timeline. */
const TIMELINE_PARTS = 48;

/** Starts a triage. */
export function createTriager({ groupBy }: TriageOptions = {}): Triager {
  const seen = new SeenReports();
  const clock = new BootClock();
  const groups = new Map<string, Group>();
  const findings: FoundCauses = { meanings: new Map(), selectionRules: new Set() };
  let kept = 0;
  let duplicates = 0;
  let inOthers = 0;

  const groupFor = (key: GroupKey, fields: Incident["group"]): Group => {
    const id = JSON.stringify(Object.values(fields));
    const known = groups.get(id);
    if (known !== undefined) {
      known.widen(key);
      return known;
    }
    const full = groups.size >= MOST_GROUPS;
    if (full) inOthers++;
    const group = full ? (groups.get("others") ?? new Group(othersKey, othersOf(fields))) : new Group(key, fields);
    groups.set(full ? "others" : id, group);
    return group;
  };

  return {
    push(analysis) {
      const { report } = analysis;
      if (seen.isRepeat(report)) {
        duplicates++;
        return;
      }
      const headline = headlineOf(analysis);
      const { cause, causeMeaning, causeLayer } = headline;
      if (cause !== null && causeMeaning !== null) findings.meanings.set(cause, causeMeaning);
      if (cause !== null && causeLayer === "selection") findings.selectionRules.add(cause);
      const key = keyOf(headline);
      const fields =
        groupBy === undefined ? { ...key } : Object.fromEntries(groupBy.map(({ name, of }) => [name, of(analysis)]));
      const group = groupFor(key, fields);
      group.nameCgroup(headline.cgroupName);
      const sighting = sightingOf(analysis, headline, clock);
      if (kept < MOST_SIGHTINGS) {
        kept++;
        group.sightings.push(sighting);
      } else {
        group.tally.add(sighting);
        if (group.tally.ids.length < MOST_IDS) group.tally.ids.push(sighting.id);
      }
    },
    result() {
      const copies = [...groups.values()].map((group) => {
        const copy = new Group(group.key, group.fields);
        copy.absorb(group);
        return copy;
      });
      const settled = groupBy === undefined ? settle(copies) : copies;
      const notes: Note[] = [];
      if (duplicates > 0) notes.push(makeNote("reports-repeated", countOf(duplicates, "report")));
      if (settled.some(({ tally }) => tally.count > 0)) {
        notes.push(makeNote("triage-times-cut", countOf(MOST_SIGHTINGS, "report")));
      }
      if (inOthers > 0) notes.push(makeNote("triage-groups-cut", countOf(MOST_GROUPS, "group")));
      return { ...summed(settled, duplicates, findings), notes };
    },
  };
}

/** What the findings that are causes of reports tell of themselves. */
interface FoundCauses {
  readonly meanings: Map<string, string>;
  /** Those that say how the victim was selected, not what used the memory. */
  readonly selectionRules: Set<string>;
}

const othersKey: GroupKey = { limit: "several", cgroup: null, victim: null, cause: null };

function othersOf(fields: Incident["group"]): Incident["group"] {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, "(others)"]));
}

function keyOf({ limit, cgroup, victim, cause, causeLayer }: Headline): GroupKey {
  // How the victim was selected, or a setting, is no cause: the report does not tell it.
  const tells = cause !== null && causeLayer !== "selection" && causeLayer !== "configuration";
  return {
    limit,
    cgroup,
    victim: victim === null ? null : namePattern(victim.name),
    cause: tells ? kinOfCause(cause) : null,
  };
}

function summed(groups: readonly Group[], duplicates: number, findings: FoundCauses): Omit<Triage, "notes"> {
  const total = new Tally();
  const tallies = groups.map((group) => {
    const tally = new Tally();
    tally.absorb(group.tally);
    for (const sighting of group.sightings) tally.add(sighting);
    total.absorb(tally);
    return { group, tally };
  });
  const { firstSeconds: first, lastSeconds: last } = total;
  const span = first === null || last === null ? null : { first, last };
  return {
    incidents: tallies
      .map(({ group, tally }) => incidentOf(group, tally, { span, findings }))
      .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)),
    totals: {
      reports: total.count,
      hosts: total.hosts.size,
      kills: total.kills,
      verdicts: verdictsOf(total),
      duplicates,
    },
    first: first === null ? null : rfc3339(first),
    last: last === null ? null : rfc3339(last),
  };
}

interface Span {
  readonly first: number;
  readonly last: number;
}

function incidentOf(
  { key, fields, cgroupName, sightings }: Group,
  tally: Tally,
  { span, findings }: { readonly span: Span | null; readonly findings: FoundCauses },
): Incident {
  const { firstSeconds: first, lastSeconds: last, count } = tally;
  const hours = first === null || last === null ? null : (last - first) / 3600;
  const causes = tally.causes.ranked(MOST_NAMES);
  const cause = causes.find(({ name }) => !findings.selectionRules.has(name))?.name ?? null;
  const example = sightings.find(({ collateral }) => !collateral) ?? sightings[0];
  const incident = {
    id: incidentId(fields),
    group: fields,
    cause,
    causeMeaning: findings.meanings.get(cause ?? "") ?? null,
    causes,
    limit: key.limit,
    cgroup: key.cgroup,
    cgroupName: key.cgroup === null ? null : (cgroupName ?? null),
    cgroups: tally.cgroups.ranked(MOST_NAMES).map(({ name }) => name),
    cgroupCount: tally.cgroups.size,
    hosts: tally.hosts.ranked(MOST_NAMES).map(({ name }) => name),
    hostCount: tally.hosts.size,
    victims: tally.victims.ranked(MOST_NAMES),
    collateral: tally.collateral.ranked(MOST_NAMES),
    blastRadius: {
      hosts: tally.hosts.size,
      cgroups: tally.cgroups.size,
      processes: tally.kills,
      collateral: tally.collateral.total,
      panics: tally.panics,
    },
    count,
    kills: tally.kills,
    first: first === null ? null : rfc3339(first),
    last: last === null ? null : rfc3339(last),
    ratePerHour: hours === null || count < 2 ? null : rateOf(count, hours),
    ...timingOf(sightings),
    verdicts: verdictsOf(tally),
    timeline: span === null ? [] : timelineOf(sightings, span),
    example: example === undefined ? null : { id: example.id, source: example.source, line: example.line },
    reportIds: [...sightings.map(({ id }) => id), ...tally.ids].slice(0, MOST_IDS),
  };
  return { ...incident, title: titleOf(incident) };
}

/** Reports an hour; within less than an hour there are as many as there are: more would be a guess. */
function rateOf(count: number, hours: number): number {
  return hours < 1 ? count : Number(((count - 1) / hours).toPrecision(6));
}

function verdictsOf({ verdicts }: Tally): Readonly<Record<VerdictKind, number>> {
  return { ...verdicts };
}

function timelineOf(sightings: readonly Sighting[], { first, last }: Span): number[] {
  const parts = new Array<number>(TIMELINE_PARTS).fill(0);
  for (const { wallSeconds } of sightings) {
    if (wallSeconds === null) continue;
    const share = last === first ? 0 : (wallSeconds - first) / (last - first);
    const part = Math.min(TIMELINE_PARTS - 1, Math.floor(share * TIMELINE_PARTS));
    parts[part] = (parts[part] ?? 0) + 1;
  }
  return parts;
}
