import type { CivilTime } from "../header.js";

/** What the user or the file system knows of the clock behind a source. */
export interface ClockOptions {
  /** Year of the source's first stamp, where its stamps have none. */
  readonly year?: number;
  /** Zone of stamps that name none: an IANA name, `UTC`, or minutes east of UTC. Default: the zone of this machine. */
  readonly timeZone?: string | number;
  /** When the source was last written, in milliseconds since 1970: bounds the year of stamps that have none. */
  readonly modifiedAt?: number;
  /** The present in milliseconds since 1970; default `Date.now()`. Stands in for {@link modifiedAt}. */
  readonly now?: number;
}

/** Turns printed wall times into microseconds since 1970 UTC. */
export interface WallClock {
  /** Null when the month is unknown or the date does not exist. */
  resolve(civil: CivilTime): number | null;
}

const DAY_MS = 86_400_000;

/** A clock for one source. */
export function createWallClock(options: ClockOptions): WallClock {
  const latest = (options.modifiedAt ?? options.now ?? Date.now()) + DAY_MS;
  return {
    resolve(civil) {
      if (civil.month === null) return null;
      const year = civil.year ?? options.year ?? yearBefore(civil, latest);
      const local = Date.UTC(year, civil.month - 1, civil.day) + civil.secondOfDay * 1000;
      return (local - offsetMinutes(civil, options) * 60_000) * 1000 + civil.usec;
    },
  };
}

/** The latest year in which the date does not lie after `latest`. */
function yearBefore(civil: CivilTime, latest: number): number {
  const year = new Date(latest).getUTCFullYear();
  const stamp = Date.UTC(year, (civil.month ?? 1) - 1, civil.day) + civil.secondOfDay * 1000;
  return stamp > latest ? year - 1 : year;
}

function offsetMinutes(civil: CivilTime, options: ClockOptions): number {
  if (typeof civil.zone === "number") return civil.zone;
  if (typeof options.timeZone === "number") return options.timeZone;
  return 0;
}
