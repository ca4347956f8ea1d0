import type { Analysis } from "../model/analysis.js";
import type { Headline } from "../model/headline.js";
import type { VerdictKind } from "../model/verdict.js";

/** What triage keeps of one report. */
export interface Sighting {
  readonly id: string;
  readonly source: string;
  readonly line: number;
  readonly host: string | null;
  /** Where it happened: the host, else the source. Times of two places are not compared but for the timeline. */
  readonly place: string;
  /** Wall time in seconds since 1970, or null. */
  readonly wallSeconds: number | null;
  /** Time since the first boot that its place shows, in seconds, or null: see {@link BootClock}. */
  readonly bootSeconds: number | null;
  readonly victim: Headline["victim"];
  readonly victimBytes: number | null;
  readonly cgroupPath: string | null;
  readonly cause: string | null;
  readonly collateral: boolean;
  readonly panicked: boolean;
  /** Names of everybody who died. */
  readonly killed: readonly string[];
  readonly verdict: VerdictKind;
}

/** What is kept of an analysis. */
export function sightingOf({ report, verdict }: Analysis, headline: Headline, clock: BootClock): Sighting {
  const { id, source, line, host, time, uptimeSeconds } = report;
  const place = host ?? `\n${source}`;
  return {
    id,
    source,
    line,
    host,
    place,
    wallSeconds: time === null ? null : Date.parse(time) / 1000,
    bootSeconds: uptimeSeconds === null ? null : clock.at(place, uptimeSeconds),
    victim: headline.victim,
    victimBytes: headline.victimBytes,
    cgroupPath: headline.cgroupPath,
    cause: headline.cause,
    collateral: headline.collateral,
    panicked: report.panic !== undefined,
    killed: headline.kills.map(({ name }) => name),
    verdict: verdict.kind,
  };
}

/** Between two boots, of which the log does not tell how far they are apart: longer than any storm. */
const betweenBoots = 86_400;

/** Names of hosts stand in logs: beyond so many their clocks are forgotten. */
const mostPlaces = 100_000;

/** Makes the kernel's clocks of successive boots one that does not go back. */
export class BootClock {
  readonly #places = new Map<string, { offset: number; last: number }>();

  at(place: string, uptimeSeconds: number): number {
    const known = this.#places.get(place);
    if (known === undefined) {
      if (this.#places.size >= mostPlaces) this.#places.clear();
      this.#places.set(place, { offset: 0, last: uptimeSeconds });
      return uptimeSeconds;
    }
    if (uptimeSeconds + known.offset < known.last) known.offset = known.last + betweenBoots;
    known.last = uptimeSeconds + known.offset;
    return known.last;
  }
}
