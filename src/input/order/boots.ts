import type { Trust } from "../../model/log-line.js";
import type { Entry } from "./entry.js";

/** The boot clock never falls by this much within a boot, whatever processors print out of turn. */
const FALL_USEC = 10_000_000;
/** Hosts whose clocks are remembered: names are whatever a log says. */
const MOST_HOSTS = 10_000;
const FIRST_LINE = "Linux version ";

interface HostClock {
  boot: number;
  bootId: string | null;
  uptimeUsec: number | null;
}

/** Counts for each host where its log starts anew. */
export interface BootCounter {
  /** Boots before this record. The stamps of what a program wrote tell nothing of the kernel's clock. */
  count(entry: Entry, trust: Trust): number;
}

export function createBootCounter(): BootCounter {
  // Two generations: a host that is not seen for as long as it takes to fill one is forgotten.
  let hosts = new Map<string | null, HostClock>();
  let older = hosts;

  function clockOf(host: string | null): HostClock {
    let clock = hosts.get(host);
    if (clock !== undefined) return clock;
    clock = older.get(host) ?? { boot: 0, bootId: null, uptimeUsec: null };
    if (hosts.size === MOST_HOSTS) {
      older = hosts;
      hosts = new Map();
    }
    hosts.set(host, clock);
    return clock;
  }

  return {
    count({ text, header, boots }, trust) {
      const clock = clockOf(header.host);
      const { bootId } = header;
      const uptimeUsec = trust === "userspace" ? null : header.uptimeUsec;
      const known = clock.bootId !== null || clock.uptimeUsec !== null;
      if (
        boots ||
        (bootId !== null && clock.bootId !== null && bootId !== clock.bootId) ||
        (uptimeUsec !== null && clock.uptimeUsec !== null && uptimeUsec < clock.uptimeUsec - FALL_USEC) ||
        (known && trust !== "userspace" && text.startsWith(FIRST_LINE) && clock.uptimeUsec !== uptimeUsec)
      ) {
        clock.boot++;
        clock.uptimeUsec = null;
      }
      if (bootId !== null) clock.bootId = bootId;
      if (uptimeUsec !== null) clock.uptimeUsec = uptimeUsec;
      return clock.boot;
    },
  };
}
