import type { Incident } from "../model/incident.js";
import type { VerdictKind } from "../model/verdict.js";
import { Counter } from "./counter.js";
import type { Sighting } from "./sighting.js";

/** What a group is about; null (`unknown`) where its reports do not tell. */
export interface GroupKey {
  readonly limit: Incident["limit"];
  readonly cgroup: string | null;
  /** Null: nobody died. */
  readonly victim: string | null;
  /** The kin of the causes. */
  readonly cause: string | null;
}

/** Reports that belong together, while triage goes on. */
export class Group {
  key: GroupKey;
  readonly fields: Incident["group"];
  /** What the cgroup is in words, where that is the same for all; undefined before the first report. */
  cgroupName: string | null | undefined;
  /** Reports with their times; those beyond triage's bound are in {@link tally} alone. */
  sightings: Sighting[] = [];
  readonly tally = new Tally();

  constructor(key: GroupKey, fields: Incident["group"]) {
    this.key = key;
    this.fields = fields;
  }

  get size(): number {
    return this.sightings.length + this.tally.count;
  }

  /** Keeps of the key what is also true of a report that other fields brought here. */
  widen(key: GroupKey): void {
    const { limit, cgroup, victim, cause } = this.key;
    this.key = {
      limit: limit === key.limit ? limit : "several",
      cgroup: cgroup === key.cgroup ? cgroup : null,
      victim: victim === key.victim ? victim : null,
      cause: cause === key.cause ? cause : null,
    };
  }

  /** Keeps the name of the cgroup where it is also that of another report. */
  nameCgroup(name: string | null | undefined): void {
    if (this.cgroupName === undefined) this.cgroupName = name;
    else if (name !== undefined && this.cgroupName !== name) this.cgroupName = null;
  }

  /** Takes all of another group. */
  absorb(other: Group): void {
    this.nameCgroup(other.cgroupName);
    this.sightings = this.sightings.concat(other.sightings);
    this.tally.absorb(other.tally);
  }
}

/** Sums over reports. */
export class Tally {
  count = 0;
  kills = 0;
  panics = 0;
  firstSeconds: number | null = null;
  lastSeconds: number | null = null;
  /** Of reports that are counted here alone. */
  readonly ids: string[] = [];
  readonly causes = new Counter();
  readonly cgroups = new Counter();
  readonly hosts = new Counter();
  readonly victims = new Counter();
  readonly collateral = new Counter();
  readonly verdicts: Record<VerdictKind, number> = { agrees: 0, explained: 0, undecidable: 0, differs: 0, none: 0 };

  add(sighting: Sighting): void {
    this.count++;
    this.kills += sighting.killed.length;
    if (sighting.panicked) this.panics++;
    this.#span(sighting.wallSeconds);
    if (sighting.cause !== null) this.causes.add(sighting.cause);
    if (sighting.cgroupPath !== null) this.cgroups.add(sighting.cgroupPath);
    if (sighting.host !== null) this.hosts.add(sighting.host);
    for (const name of sighting.killed) {
      this.victims.add(name);
      if (sighting.collateral) this.collateral.add(name);
    }
    this.verdicts[sighting.verdict]++;
  }

  absorb(other: Tally): void {
    this.count += other.count;
    this.kills += other.kills;
    this.panics += other.panics;
    this.#span(other.firstSeconds);
    this.#span(other.lastSeconds);
    this.ids.push(...other.ids);
    for (const name of ["causes", "cgroups", "hosts", "victims", "collateral"] as const) {
      for (const one of other[name].ranked()) this[name].add(one.name, one.count);
    }
    for (const kind of Object.keys(this.verdicts) as VerdictKind[]) this.verdicts[kind] += other.verdicts[kind];
  }

  #span(seconds: number | null): void {
    if (seconds === null) return;
    this.firstSeconds = Math.min(this.firstSeconds ?? seconds, seconds);
    this.lastSeconds = Math.max(this.lastSeconds ?? seconds, seconds);
  }
}
