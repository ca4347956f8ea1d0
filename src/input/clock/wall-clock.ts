import { makeNote, type Note } from "../../model/note.js";
import type { CivilTime } from "../header.js";
import { type Zone, zoneOf } from "./zone.js";

/** What the user or the file system knows of the clock behind a source. */
export interface ClockOptions {
  /** Year of the source's first stamp, where its stamps have none. */
  readonly year?: number;
  /** Zone of stamps that name none: an IANA name or minutes east of UTC. Default: the zone of this machine. */
  readonly timeZone?: string | number;
  /** When the source was last written, in milliseconds since 1970: bounds the year of stamps that have none. */
  readonly modifiedAt?: number;
  /** The present in milliseconds since 1970; default `Date.now()`. Stands in for {@link modifiedAt}. */
  readonly now?: number;
}

/** Turns the wall times of one source into microseconds since 1970 UTC. */
export interface WallClock {
  /** Null when the month is unknown or there is no such date. */
  resolve(civil: CivilTime, line: number): number | null;
}

const DAY_MS = 86_400_000;
/** Arrival stamps of one source may step back a little without a change of the clock. */
const DISORDER_MS = 60_000;

/**
 * A clock for one source. A stamp without year gets the one that lies nearest to the stamp before it; the first gets the
 * latest that is not after the source was last written, give or take a day for zones.
 */
export function createWallClock(source: string, options: ClockOptions, onNote: (note: Note) => void): WallClock {
  const latest = (options.modifiedAt ?? options.now ?? Date.now()) + DAY_MS;
  const zone = zoneOf(options.timeZone);
  const noted = new Set<string>();
  let previous: number | null = null;
  let dayKey = -1;
  let dayMs = 0;

  function noteOnce(code: "year-inferred" | "zone-assumed", detail: string, line: number): void {
    if (noted.has(code)) return;
    noted.add(code);
    onNote(makeNote(code, detail, { source, line }));
  }

  function startOfDay(year: number | null, month: number, day: number, line: number): number | null {
    const key = ((year ?? 0) * 16 + month) * 32 + day;
    if (key === dayKey) return dayMs;
    const start: number | null = year === null ? inferDay(month, day, line) : dayOf(year, month, day);
    if (start !== null) {
      dayKey = key;
      dayMs = start;
    }
    return start;
  }

  function inferDay(month: number, day: number, line: number): number | null {
    const given: number | undefined = previous === null ? options.year : undefined;
    const anchor = previous ?? latest;
    const year = given ?? new Date(anchor).getUTCFullYear();
    const starts = (given === undefined ? [year + 1, year, year - 1] : [year])
      .map((candidate) => dayOf(candidate, month, day))
      .filter((start) => start !== null && (given !== undefined || options.year !== undefined || start <= latest));
    const start = nearest(starts, anchor) ?? leapDay(year, month, day);
    if (start !== null && options.year === undefined)
      noteOnce("year-inferred", String(new Date(start).getUTCFullYear()), line);
    return start;
  }

  function assumedZone(line: number): Zone {
    if (options.timeZone === undefined) noteOnce("zone-assumed", zone.name, line);
    return zone;
  }

  return {
    resolve(civil, line) {
      if (civil.month === null) return null;
      const day = startOfDay(civil.year, civil.month, civil.day, line);
      if (day === null) return null;
      const local = day + civil.secondOfDay * 1000;
      const utc: number =
        typeof civil.zone === "number"
          ? local - civil.zone * 60_000
          : assumedZone(line).toUtc(local, (previous ?? 0) - DISORDER_MS);
      previous = utc;
      return utc * 1000 + civil.usec;
    },
  };
}

/** Start of a day in milliseconds, or null when the year has no such day. */
function dayOf(year: number, month: number, day: number): number | null {
  const start = Date.UTC(year, month - 1, day);
  return new Date(start).getUTCDate() === day ? start : null;
}

function nearest(starts: readonly (number | null)[], anchor: number): number | null {
  let best: number | null = null;
  for (const start of starts)
    if (start !== null && (best === null || Math.abs(start - anchor) < Math.abs(best - anchor))) best = start;
  return best;
}

/** 29 February of the last leap year. */
function leapDay(year: number, month: number, day: number): number | null {
  for (let candidate = year; candidate > year - 8; candidate--) {
    const start = dayOf(candidate, month, day);
    if (start !== null) return start;
  }
  return null;
}
