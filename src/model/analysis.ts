import type { Finding } from "./finding.js";
import type { Scenario } from "./machine.js";
import type { Note } from "./note.js";
import type { Replay } from "./replay.js";
import type { OomReport } from "./report.js";
import type { Verdict } from "./verdict.js";

/** The result object: every renderer and export is a pure function of it. */
export interface Analysis {
  readonly report: OomReport;
  /** Null when the report has too little to reconstruct a selection from (no task table). */
  readonly scenario: Scenario | null;
  readonly replay: Replay | null;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
}
