const HOUR_MS = 3_600_000;

/** Offsets of one time zone. */
export interface Zone {
  readonly name: string;
  /**
   * Milliseconds since 1970 UTC of a local time (given as if it were UTC). In the hour that a change of the clock
   * doubles, the order of the log decides: the first of the two moments that does not lie before `notBefore`.
   */
  toUtc(localMs: number, notBefore: number): number;
}

/**
 * A zone by IANA name, or by minutes east of UTC; undefined is the zone of this machine.
 *
 * @throws RangeError for a name that the platform does not know.
 */
export function zoneOf(zone: string | number | undefined): Zone {
  if (typeof zone === "number") return fixedZone(zone);
  if (zone === "UTC" || zone === "Z") return fixedZone(0);
  if (zone === undefined) {
    // Most logs need no zone, and to ask for its name loads the tables of all languages.
    const name = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
    return changingZone(name, (utcMs) => -new Date(utcMs).getTimezoneOffset() * 60_000);
  }
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return changingZone(
    () => zone,
    (utcMs) => wallOf(format, utcMs) - Math.floor(utcMs / 1000) * 1000,
  );
}

function fixedZone(minutes: number): Zone {
  return {
    name: minutes === 0 ? "UTC" : `UTC${minutes > 0 ? "+" : ""}${minutes / 60}`,
    toUtc: (ms) => ms - minutes * 60_000,
  };
}

function wallOf(format: Intl.DateTimeFormat, utcMs: number): number {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(utcMs)) part[type] = Number(value);
  return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
}

function changingZone(nameOf: () => string, offsetAt: (utcMs: number) => number): Zone {
  // One hour of local time has one offset, unless the clock changes in it: those hours are not remembered.
  let hour = Number.NaN;
  let offset = 0;
  let name: string | null = null;
  return {
    get name() {
      name ??= nameOf();
      return name;
    },
    toUtc(localMs, notBefore) {
      const thisHour = Math.floor(localMs / HOUR_MS);
      if (thisHour === hour) return localMs - offset;
      const before = offsetAt(localMs - 24 * HOUR_MS);
      const after = offsetAt(localMs + 24 * HOUR_MS);
      if (before === after) {
        hour = thisHour;
        offset = before;
        return localMs - offset;
      }
      const moments = [before, after].filter((o) => offsetAt(localMs - o) === o).map((o) => localMs - o);
      const [first = localMs - before, second = first] = moments.toSorted((a, b) => a - b);
      return first >= notBefore ? first : second;
    },
  };
}
