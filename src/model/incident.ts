import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { LimitKind } from "./headline.js";
import type { Note } from "./note.js";
import { showText } from "./text.js";
import type { VerdictKind } from "./verdict.js";

/** How often something was seen. */
export interface Named {
  readonly name: string;
  readonly count: number;
}

/** Many reports of an incident on one host in a short time. */
export interface Storm {
  readonly host: string | null;
  /** RFC 3339 UTC, or null where the log has no wall time. */
  readonly from: string | null;
  readonly seconds: number;
  readonly reports: number;
  readonly kills: number;
}

/** The same job starts, dies and starts again. */
export interface RestartLoop {
  readonly host: string | null;
  /** The time from kill to kill: half of them came sooner, half later. */
  readonly everySeconds: number;
  readonly kills: number;
}

/** A victim that is larger at each kill: a straight line through its sizes. */
export interface Growth {
  readonly host: string | null;
  readonly name: string;
  /** At the first and the last kill. */
  readonly fromBytes: number;
  readonly toBytes: number;
  /** Slope of the line. */
  readonly bytesPerHour: number;
  readonly kills: number;
}

/** How far an incident reached. */
export interface BlastRadius {
  /** Hosts that the logs name. */
  readonly hosts: number;
  /** Cgroups by their ids. */
  readonly cgroups: number;
  /** Processes killed. */
  readonly processes: number;
  /** Those of them that died though others held the memory. */
  readonly collateral: number;
  /** Machines that stopped: a report ended in a panic. */
  readonly panics: number;
}

/** Reports that belong together: one problem, on one host or many. */
export interface Incident {
  /** Digest of what it was grouped by: the same in every run. */
  readonly id: string;
  /** One sentence. */
  readonly title: string;
  /** The fields that it was grouped by, and their values. */
  readonly group: Readonly<Record<string, string | null>>;
  /**
   * The top finding of most of its reports; null where none says more than how the victim was selected.
   */
  readonly cause: string | null;
  /** What that cause means, in a sentence. */
  readonly causeMeaning: string | null;
  /** The top findings of all, most frequent first. */
  readonly causes: readonly Named[];
  /** `several`: its reports, grouped by other fields, are of different limits. */
  readonly limit: LimitKind | "several";
  /** The cgroup without ids, or null: none is told, or there are several. */
  readonly cgroup: string | null;
  /** What it is in words, without ids; null where that is not told, or not the same for all reports. */
  readonly cgroupName: string | null;
  /** The cgroups with their ids, most frequent first; at most {@link MOST_NAMES}. */
  readonly cgroups: readonly string[];
  readonly cgroupCount: number;
  /** Most frequent first; at most {@link MOST_NAMES}. Logs that name no host add none. */
  readonly hosts: readonly string[];
  readonly hostCount: number;
  /** Who died, most frequent first; at most {@link MOST_NAMES}. */
  readonly victims: readonly Named[];
  /** Who of them died though others held the memory. */
  readonly collateral: readonly Named[];
  readonly blastRadius: BlastRadius;
  /** Reports. */
  readonly count: number;
  /** Processes killed. */
  readonly kills: number;
  /** Wall times, RFC 3339 UTC, or null where the logs have none. */
  readonly first: string | null;
  readonly last: string | null;
  /** Reports per hour between the first and the last, the count within less than one; null for one report, or without times. */
  readonly ratePerHour: number | null;
  /** Storms: how many, and the largest. */
  readonly stormCount: number;
  readonly storm: Storm | null;
  /** Places with such a loop, and the one with most kills. */
  readonly restartLoopCount: number;
  readonly restartLoop: RestartLoop | null;
  /** Victims that grow, each on its host, and the one with most kills. */
  readonly growthCount: number;
  readonly growth: Growth | null;
  readonly verdicts: Readonly<Record<VerdictKind, number>>;
  /** Reports in equal parts of the time from {@link Triage.first} to {@link Triage.last}; empty without times. */
  readonly timeline: readonly number[];
  /** A report to read first; null where only counts were kept. */
  readonly example: { readonly id: string; readonly source: string; readonly line: number } | null;
  /** In input order; at most {@link MOST_IDS}. */
  readonly reportIds: readonly string[];
}

/** The longest lists of names and of report ids in an {@link Incident}; counts beside them stay whole. */
export const MOST_NAMES = 100;
export const MOST_IDS = 10_000;

/** What triage makes of a set of logs. */
export interface Triage {
  /** Most reports first. */
  readonly incidents: readonly Incident[];
  readonly totals: {
    readonly reports: number;
    readonly hosts: number;
    readonly kills: number;
    readonly verdicts: Readonly<Record<VerdictKind, number>>;
    /** Reports that had been seen before, from another source: counted once. */
    readonly duplicates: number;
  };
  /** The span of {@link Incident.timeline}; null without wall times. */
  readonly first: string | null;
  readonly last: string | null;
  readonly notes: readonly Note[];
}

/** The id of an incident: the first 12 hexadecimal digits of the SHA-256 of what it was grouped by. */
export function incidentId(group: Incident["group"]): string {
  const text = Object.entries(group).map(([name, value]) => `${name} ${value === null ? "" : `=${showText(value)}`}`);
  return bytesToHex(sha256(utf8ToBytes(text.join("\n")))).slice(0, 12);
}
