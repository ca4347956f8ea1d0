import { zoneOf } from "../input/index.js";
import { Failure } from "./failure.js";

/** Milliseconds of the units of systemd.time(7), by their names. */
const UNITS: readonly (readonly [names: string, milliseconds: number])[] = [
  ["us usec", 0.001],
  ["ms msec", 1],
  ["s sec secs second seconds", 1_000],
  ["m min mins minute minutes", 60_000],
  ["h hr hrs hour hours", 3_600_000],
  ["d day days", 86_400_000],
  ["w week weeks", 7 * 86_400_000],
  ["M month months", 30.44 * 86_400_000],
  ["y year years", 365.25 * 86_400_000],
];
const unitByName = new Map(UNITS.flatMap(([names, ms]) => names.split(" ").map((name) => [name, ms] as const)));

const SPAN = /^(?:\d{1,12}(?:\.\d{1,6})?\s*[A-Za-z]{1,7}\s*)+$/;
const PART = /(\d+(?:\.\d+)?)\s*([A-Za-z]+)/g;
const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]|$)/;
const CLOCK = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?/;
const OFFSET = /^([+-])(\d\d):?(\d\d)?$/;
const DAYS: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 };
const DAY_MS = 86_400_000;

/** What a point in time is told against. */
export interface Present {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Zone of times that name none: an IANA name or minutes east of UTC; undefined is this machine's. */
  readonly timeZone?: string | number | undefined;
}

/**
 * Milliseconds since 1970 of a point in time as `journalctl --since` takes it: `2026-10-17 10:03:07`, RFC 3339, a date
 * or a time of day alone, `yesterday`, `2 hours ago`, `-1h30min`, a bare span (`2h`: so long ago), `@1792231387`; with
 * ` UTC`, an offset or a zone's name behind it.
 *
 * @throws {Failure} for anything else; `flag` is named in it.
 */
export function toTime(flag: string, typed: string, present: Present): number {
  const ms = parse(typed.trim(), present);
  if (ms !== null && Math.abs(ms) < 8.64e15) return ms;
  throw new Failure(
    `${flag} ${typed}: not a point in time`,
    'Give a date, a time, or how long ago: "2026-10-17 10:03", yesterday, "2 hours ago", -90min',
  );
}

function parse(text: string, present: Present): number | null {
  const { now } = present;
  if (text === "now") return now;
  if (/^@\d{1,12}(?:\.\d{1,6})?$/.test(text)) return Number(text.slice(1)) * 1000;
  const ago = / ago$/.test(text);
  const later = /^\+|^in | left$/.test(text);
  const span = spanMs(text.replace(/^(?:[-+]\s*|in )| (?:ago|left)$/g, ""));
  if (span !== null) return later && !ago ? now + span : now - span;
  return calendarMs(text, present);
}

function spanMs(text: string): number | null {
  if (!SPAN.test(text)) return null;
  let sum = 0;
  for (const [, count, name = ""] of text.matchAll(PART)) {
    const unit = unitByName.get(name) ?? unitByName.get(name.toLowerCase());
    if (unit === undefined) return null;
    sum += Number(count) * unit;
  }
  return sum;
}

function calendarMs(text: string, { now, timeZone }: Present): number | null {
  const [word = "", ...rest] = text.split(/\s+/);
  const shift = DAYS[word];
  const date = shift === undefined ? DATE.exec(text) : null;
  const afterDate = shift === undefined ? text.slice(date?.[0].length ?? 0) : rest.join(" ");
  const clock = CLOCK.exec(afterDate);
  if (date === null && shift === undefined && clock === null) return null;
  const zone = zoneAt(afterDate.slice(clock?.[0].length ?? 0).trim(), timeZone);
  if (zone === null) return null;
  const day = date === null ? startOfDay(now, zone) + (shift ?? 0) * DAY_MS : dayOf(date);
  const time = clock === null ? 0 : timeOfDay(clock);
  return day === null || time === null ? null : zoneOf(zone).toUtc(day + time, 0);
}

/** The zone that is named behind a time, or the usual one (undefined stands for this machine's); null for nonsense. */
function zoneAt(named: string, usual: string | number | undefined): string | number | null {
  if (named === "") return usual ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (named === "Z") return "UTC";
  const [, sign, hours, minutes = "0"] = OFFSET.exec(named) ?? [];
  if (sign !== undefined) return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  try {
    return new Intl.DateTimeFormat("en", { timeZone: named }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** Midnight before a moment in a zone, as if it were UTC. */
function startOfDay(now: number, zone: string | number): number {
  const local = typeof zone === "number" ? now + zone * 60_000 : localOf(now, zone);
  return Math.floor(local / DAY_MS) * DAY_MS;
}

function localOf(now: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  return Date.parse(`${format.format(now)}T00:00:00Z`);
}

function dayOf([, year, month, day]: RegExpExecArray): number | null {
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const read = new Date(ms);
  return read.getUTCMonth() + 1 === Number(month) && read.getUTCDate() === Number(day) ? ms : null;
}

function timeOfDay([, hours, minutes, seconds = "0", fraction = "0"]: RegExpExecArray): number | null {
  if (Number(hours) > 24 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1000 + Math.floor(Number(`0.${fraction}`) * 1000);
}
