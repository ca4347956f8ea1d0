import type { TimeSource } from "../model/log-line.js";

/**
 * A wall-clock time as a line prints it, before the year and the zone are settled.
 *
 * `zone` is minutes east of UTC where the line says so, the zone's name where it prints one (`CEST`), else null.
 */
export interface CivilTime {
  readonly year: number | null;
  /** 1 to 12; null where the month's name is in no known language. */
  readonly month: number | null;
  readonly day: number;
  readonly secondOfDay: number;
  /** Microseconds within the second. */
  readonly usec: number;
  readonly zone: number | string | null;
}

/** What a transport says about the writer of a line: the kernel, a program, or nothing. */
export type Proof = "kernel" | "userspace" | null;

/**
 * What the layers have taken off a line so far. Recognisers write to it only when they match; what an inner layer says
 * replaces what an outer one said.
 */
export interface Header {
  host: string | null;
  /** Wall time as printed, or null; {@link wallUsec} wins where both are there. */
  civil: CivilTime | null;
  /** Wall time in microseconds since 1970 UTC, where the line tells it exactly. */
  wallUsec: number | null;
  timeSource: TimeSource | null;
  /** Microseconds since boot. */
  uptimeUsec: number | null;
  /** Microseconds since the line before, where the line tells only that (`dmesg -e`). */
  elapsedUsec: number | null;
  /** syslog severity 0 to 7. */
  level: number | null;
  /** syslog facility; 0 is the kernel's. */
  facility: number | null;
  /** syslog tag or journal identifier. */
  ident: string | null;
  /** Pid in the tag (`kernel[4242]:`): the writer is a program. */
  pid: number | null;
  /** printk caller id without brackets (`T146`, `C1`). */
  caller: string | null;
  proof: Proof;
  /** Sequence number of the record in the kernel's log, where the transport may swap records (netconsole). */
  sequence: number | null;
  bootId: string | null;
  /** The text begins with a blank that may be the header's; null where that cannot be. */
  padded: boolean | null;
}

/** A header that knows nothing yet. */
export function emptyHeader(): Header {
  return {
    host: null,
    civil: null,
    wallUsec: null,
    timeSource: null,
    uptimeUsec: null,
    elapsedUsec: null,
    level: null,
    facility: null,
    ident: null,
    pid: null,
    caller: null,
    proof: null,
    sequence: null,
    bootId: null,
    padded: null,
  };
}
