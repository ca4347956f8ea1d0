import type { OomReport } from "../model/report.js";
import { SeenReports } from "../triage/seen-reports.js";

/**
 * Knows reports that came before, in the same source or another: a log and its journal, a bundle that holds each log
 * twice. A report of a source that names no host is the same as one that does.
 */
export class Repeats {
  readonly #byHost = new SeenReports();
  readonly #anyHost = new SeenReports();

  /** Remembers a report; true when it had come before. */
  add({ host, id }: OomReport): boolean {
    const known = !this.#anyHost.add(null, id);
    const ofHost = !this.#byHost.add(host, id);
    return ofHost || (known && (host === null || this.#byHost.has(null, id)));
  }
}
