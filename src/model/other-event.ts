import type { LogLine } from "./log-line.js";

/** What else looks like an out-of-memory kill, or speaks of one, and is not the kernel's OOM killer. */
export type OtherEventId =
  | "allocation-failure"
  | "slub-failure"
  | "page-fault-retried"
  | "sysrq-ignored"
  | "systemd-oomd"
  | "systemd-report"
  | "earlyoom"
  | "nohang"
  | "oomd"
  | "lmkd"
  | "talos-oomd"
  | "openvz-ub"
  | "lkrg"
  | "hung-task"
  | "memory-high"
  | "hugetlb-sigbus"
  | "exit-137"
  | "userspace-text"
  | "oom-disabled";

/** A line outside of all reports that tells of such a thing. */
export interface OtherEvent {
  readonly id: OtherEventId;
  /** What it is, for the sentence `not the kernel OOM killer: …`. */
  readonly title: string;
  /** Where to look, or what it means. */
  readonly advice: string;
  readonly text: string;
  readonly line: number;
  readonly host: string | null;
  readonly wallUsec: number | null;
  readonly trust: LogLine["trust"];
}
