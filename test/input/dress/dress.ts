import type { LogLine } from "../../../src/model/log-line.js";

/** A record of the kernel's log, as the lab read it back. */
export interface KernelRecord {
  readonly level: number;
  /** Microseconds since boot. */
  readonly usec: number;
  readonly text: string;
}

/** A way to write records down, as some program does. */
export interface Dress {
  /** The format that it is a fixture of. */
  readonly id: string;
  /** Told apart from others of the same format. */
  readonly variant?: string;
  readonly put: (records: readonly KernelRecord[]) => string;
  /** What the reader must make of the first record of {@link baseRecords}, beside its text. */
  readonly first: Partial<LogLine>;
  /** What this dress changes in a text, so that only what is left can be compared. */
  readonly leaves?: (text: string) => string;
}

/** Arrival of the first record: 2026-10-17T10:03:07.866956Z. */
export const ARRIVAL_USEC = 1_792_231_387_866_956;
export const HOST = "web-07";

const RAW = /^(?:<(\d)>)?\[ *(\d+)\.(\d{6})\] (.*)$/s;

/** The records of a raw log of the lab. A line without stamp (a log cut at its begin) has the time of the one before. */
export function recordsOf(lines: readonly string[]): KernelRecord[] {
  let level = 6;
  let usec = 0;
  return lines.map((line) => {
    const match = RAW.exec(line);
    if (match === null) return { level, usec, text: line };
    level = Number(match[1] ?? 6);
    usec = Number(match[2]) * 1_000_000 + Number(match[3]);
    return { level, usec, text: match[4] ?? "" };
  });
}

/** Arrival of a record: as much later than the first as the kernel's stamps say. */
export function arrival(records: readonly KernelRecord[], { usec }: KernelRecord): number {
  return ARRIVAL_USEC + usec - (records[0]?.usec ?? 0);
}

/** A line for each record. */
export function eachLine(line: (record: KernelRecord, at: number, index: number) => string) {
  return (records: readonly KernelRecord[]): string =>
    records.map((record, index) => `${line(record, arrival(records, record), index)}\n`).join("");
}

/** `    3.865246`, as printk pads it. */
export function stamp({ usec }: KernelRecord): string {
  return seconds(usec, 5);
}

export function seconds(usec: number, width: number): string {
  return `${String(Math.floor(usec / 1e6)).padStart(width)}.${String(usec % 1e6).padStart(6, "0")}`;
}

/** `[    3.865246] TEXT`. */
export function stamped(record: KernelRecord): string {
  return `[${stamp(record)}] ${record.text}`;
}

/** `2026-10-17T10:03:07.866956`, in UTC. */
export function isoTime(at: number): string {
  return `${new Date(Math.floor(at / 1000)).toISOString().slice(0, -1)}${String(at % 1000).padStart(3, "0")}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

export interface DateParts {
  readonly weekday: string;
  readonly month: string;
  readonly day: string;
  readonly time: string;
  readonly year: number;
}

/** Parts of a date in UTC; the day is padded with a blank. */
export function dateParts(at: number): DateParts {
  const date = new Date(Math.floor(at / 1000));
  return {
    weekday: DAYS[date.getUTCDay()] ?? "",
    month: MONTHS[date.getUTCMonth()] ?? "",
    day: String(date.getUTCDate()).padStart(2),
    time: date.toISOString().slice(11, 19),
    year: date.getUTCFullYear(),
  };
}

/** `Oct 17 10:03:07`. */
export function syslogDate(at: number): string {
  const { month, day, time } = dateParts(at);
  return `${month} ${day} ${time}`;
}

export const LEVELS = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"];

/** Whole seconds of the arrival, and its parts where a dress keeps them. */
export const SECOND_USEC = Math.floor(ARRIVAL_USEC / 1e6) * 1e6;
export const MILLISECOND_USEC = Math.floor(ARRIVAL_USEC / 1e3) * 1e3;
