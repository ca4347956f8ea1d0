import type { OomReport } from "../model/report.js";
import { KeySet } from "./key-set.js";

/** What tells reports apart. */
export type Sighted = Pick<OomReport, "source" | "line" | "host" | "id" | "uptimeSeconds" | "time">;

/** The clock of a report: the kernel's where it has one. */
interface Clock {
  readonly kind: "uptime" | "time";
  readonly seconds: number;
}

/**
 * Knows reports that came before: a log and its journal in one file, a bundle that holds each log twice. Host and report id
 * make a repeat, but a report that follows another in the same source, with its clock going on, is never one: the kernel
 * may print the same kill again. A report of a source that names no host is the same as one that does.
 */
export class SeenReports {
  /** Reports of other sources, and of the parts of this one before its clock fell back. */
  #earlier = new KeySet();
  #current = new KeySet();
  #source: string | null = null;
  #line = 0;
  readonly #clocks = new Map<string | null, Clock>();

  /** Remembers a report; true when it had come before. */
  isRepeat(report: Sighted): boolean {
    const clock = clockOf(report);
    // A source that is given twice begins again.
    const isNext = report.source === this.#source && report.line > this.#line;
    if (!isNext || this.#fellBack(report.host, clock)) {
      this.#earlier.absorb(this.#current);
      this.#current = new KeySet();
      this.#clocks.clear();
      this.#source = report.source;
    }
    this.#line = report.line;
    if (clock !== null) this.#clocks.set(report.host, clock);
    const isRepeat = isIn(this.#earlier, report) || (clock === null && isIn(this.#current, report));
    for (const key of keysOf(report)) this.#current.add(key);
    return isRepeat;
  }

  #fellBack(host: string | null, clock: Clock | null): boolean {
    const last = this.#clocks.get(host);
    if (last === undefined || clock === null) return false;
    if (last.kind !== clock.kind) return true;
    // The kernel's clock is too fine for two reports of one host to bear the same.
    return clock.kind === "uptime" ? clock.seconds <= last.seconds : clock.seconds < last.seconds;
  }
}

function clockOf({ uptimeSeconds, time }: Sighted): Clock | null {
  if (uptimeSeconds !== null) return { kind: "uptime", seconds: uptimeSeconds };
  return time === null ? null : { kind: "time", seconds: Date.parse(time) / 1000 };
}

/** One host, or any: whichever of two sources names none. */
function isIn(set: KeySet, report: Sighted): boolean {
  const hosts = report.host === null ? ["*"] : [report.host, ""];
  return hosts.some((host) => isOfHost(set, host, report));
}

/** Of the kernel's clock two readers may stamp one report a little apart; a source without it does not tell. */
function isOfHost(set: KeySet, host: string, { id, uptimeSeconds }: Sighted): boolean {
  if (!set.has(`${host}\n${id}`)) return false;
  const tenth = tenthOf(uptimeSeconds);
  if (tenth === null) return true;
  return ["?", tenth - 1, tenth, tenth + 1].some((at) => set.has(`${host}\n${id}@${at}`));
}

function keysOf({ host, id, uptimeSeconds }: Sighted): string[] {
  const at = tenthOf(uptimeSeconds) ?? "?";
  return [host ?? "", "*"].flatMap((of) => [`${of}\n${id}`, `${of}\n${id}@${at}`]);
}

function tenthOf(uptimeSeconds: number | null): number | null {
  return uptimeSeconds === null ? null : Math.floor(uptimeSeconds * 10);
}
