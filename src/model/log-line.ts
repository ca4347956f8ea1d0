/**
 * Whether the source vouches that the kernel wrote a line.
 *
 * `kernel`: the transport proves it (kmsg facility 0, journal `_TRANSPORT=kernel`); `claimed`: it looks like a kernel
 * line but any program could have written it (dmesg text, syslog files, pastes); `userspace`: the source says that a
 * program wrote it, so it never opens or extends a report.
 */
export type Trust = "kernel" | "claimed" | "userspace";

/**
 * Where a wall time comes from, and so what may be wrong with it: `journal` when journald got the record; `arrival` when
 * some daemon or collector got it, up to minutes late on a thrashing machine; `year-inferred` the same, with the year
 * guessed; `dmesg` computed from the boot clock by dmesg, wrong by all time the machine was suspended.
 */
export type TimeSource = "journal" | "arrival" | "year-inferred" | "dmesg";

/** One record of a kernel log with its prefixes taken off. */
export interface LogLine {
  /** What the kernel printed, without stamp, level, host or tag. Leading blanks are the kernel's. */
  readonly text: string;
  /** 1-based line number in the source. */
  readonly line: number;
  /** The last line of the source that the text was joined from, where that is not {@link line} (hard wraps). */
  readonly endLine?: number;
  /** Offset of the line's first byte in the (decompressed) source; null where the source has no bytes of its own. */
  readonly byteOffset: number | null;
  /** The host that the line names, or null. */
  readonly host: string | null;
  /** Wall-clock time in microseconds since 1970-01-01 UTC, or null when the line does not tell it. */
  readonly wallUsec: number | null;
  /** Where {@link wallUsec} comes from; absent or null when there is none. */
  readonly timeSource?: TimeSource | null;
  /** Time since boot in microseconds (printk clock), or null when the line does not tell it. */
  readonly uptimeUsec: number | null;
  /**
   * How often this host's log starts anew before this line (another boot, or a second copy of the log): no report
   * spans two of them. Counted from 0; absent means unknown.
   */
  readonly boot?: number;
  /** printk level 0 (emergency) to 7 (debug), or null. */
  readonly level: number | null;
  /** printk caller id (`T123` thread, `C0` processor), without brackets, or null. */
  readonly caller: string | null;
  readonly trust: Trust;
}
