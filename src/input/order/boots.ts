import type { Entry } from "./entry.js";

/** The boot clock never falls by this much within a boot, whatever processors print out of turn. */
const FALL_USEC = 10_000_000;
const FIRST_LINE = "Linux version ";

interface HostClock {
  boot: number;
  bootId: string | null;
  uptimeUsec: number | null;
}

/** Counts for each host where its log starts anew. */
export interface BootCounter {
  /** Boots before this record. */
  count(entry: Entry): number;
}

export function createBootCounter(): BootCounter {
  const hosts = new Map<string | null, HostClock>();

  return {
    count({ text, header, boots }) {
      let clock = hosts.get(header.host);
      if (clock === undefined) {
        clock = { boot: 0, bootId: header.bootId, uptimeUsec: null };
        hosts.set(header.host, clock);
      } else if (
        boots ||
        (header.bootId !== null && clock.bootId !== null && header.bootId !== clock.bootId) ||
        fell(clock.uptimeUsec, header.uptimeUsec) ||
        (text.startsWith(FIRST_LINE) && header.proof !== "userspace" && clock.uptimeUsec !== header.uptimeUsec)
      ) {
        clock.boot++;
      }
      if (header.bootId !== null) clock.bootId = header.bootId;
      if (header.uptimeUsec !== null || boots) clock.uptimeUsec = header.uptimeUsec;
      return clock.boot;
    },
  };
}

function fell(before: number | null, now: number | null): boolean {
  return before !== null && now !== null && now < before - FALL_USEC;
}
