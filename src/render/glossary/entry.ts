/** The part of a report that a term is printed in. */
export type GlossaryPart =
  | "trigger line"
  | "trace"
  | "memory counters"
  | "node line"
  | "zone line"
  | "end of the memory block"
  | "memory cgroup"
  | "memory.stat"
  | "task table"
  | "oom-kill line"
  | "kill line"
  | "after the kill"
  | "setting"
  | "oomlog";

/** A term that the kernel prints, or that an explanation uses. */
export interface GlossaryEntry {
  /** As printed; a `*` at the end stands for any rest. */
  readonly term: string;
  readonly part: GlossaryPart;
  /** `pages`, `kB` (1024 bytes), `bytes`, `count`, …; absent for a term that is no amount. */
  readonly unit?: string;
  readonly meaning: string;
  /** The first Linux version that prints it; absent: all that oomlog knows, or not established. */
  readonly since?: string;
  /** The last one; absent: it still does, or not established. */
  readonly until?: string;
}
