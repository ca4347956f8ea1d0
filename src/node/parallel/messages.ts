import type { FileIdentity } from "../source.js";
import type { ReadingOptions, SourceEvent } from "./events.js";

/** A file for a worker to read. */
export interface Job {
  readonly file: FileIdentity;
  readonly incidental: boolean;
}

/** What a worker is told. */
export type ToWorker =
  | { readonly kind: "job"; readonly job: Job }
  /** Events of this weight were used up: there is room for more. */
  | { readonly kind: "room"; readonly weight: number };

/** What a worker tells. */
export type FromWorker =
  | { readonly kind: "events"; readonly events: readonly SourceEvent[] }
  | { readonly kind: "done" }
  /** A fault of the program: nothing of the job follows. */
  | { readonly kind: "failed"; readonly error: unknown };

/** What a worker begins with. */
export interface WorkerStart {
  readonly reading: ReadingOptions;
  /** Weight of the events that may wait to be used. */
  readonly room: number;
}

/** How much memory an event takes, roughly, in rows of a task table. */
export function weightOf(event: SourceEvent): number {
  return event.kind === "analysis" ? 20 + event.analysis.report.tasks.length : 1;
}
