import type { Header } from "./header.js";

/** Names of syslog facilities by number, as syslog daemons and dmesg -x print them. */
const FACILITIES = [
  "kern",
  "user",
  "mail",
  "daemon",
  "auth",
  "syslog",
  "lpr",
  "news",
  "uucp",
  "cron",
  "authpriv",
  "ftp",
  "ntp",
  "audit",
  "alert",
  "clock",
  "local0",
  "local1",
  "local2",
  "local3",
  "local4",
  "local5",
  "local6",
  "local7",
];

/** Severities by name, with the long forms and the deprecated ones. */
const LEVELS = new Map([
  ["emerg", 0],
  ["panic", 0],
  ["emergency", 0],
  ["alert", 1],
  ["crit", 2],
  ["critical", 2],
  ["err", 3],
  ["error", 3],
  ["warn", 4],
  ["warning", 4],
  ["notice", 5],
  ["info", 6],
  ["informational", 6],
  ["debug", 7],
]);

/** Number of a facility's name (`kern` is 0), or null. */
export function facilityOf(name: string): number | null {
  const index = FACILITIES.indexOf(name);
  return index < 0 ? null : index;
}

/** Severity 0 to 7 of a level's name, or null. */
export function levelOf(name: string): number | null {
  return LEVELS.get(name) ?? null;
}

const NAMES = /([a-z][a-z0-9]{2,8})\.([a-z]{3,13}) /y;

/**
 * Takes `kern.warn ` off: the index after it, or `from`. Only names of the closed lists count, so that a host with a
 * dot stays a host.
 */
export function peelPriorityNames(text: string, from: number, header: Header): number {
  NAMES.lastIndex = from;
  const match = NAMES.exec(text);
  if (match === null) return from;
  const facility = facilityOf(match[1] ?? "");
  const level = levelOf(match[2] ?? "");
  if (facility === null || level === null) return from;
  header.facility = facility;
  header.level = level;
  return from + match[0].length;
}
