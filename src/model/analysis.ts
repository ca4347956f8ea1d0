import type { Accounting } from "./accounting.js";
import type { CgroupIdentity } from "./cgroup-identity.js";
import type { Finding, NotApplicable } from "./finding.js";
import type { Scenario } from "./machine.js";
import type { Note } from "./note.js";
import type { Replay } from "./replay.js";
import type { OomReport } from "./report.js";
import type { Verdict } from "./verdict.js";
import type { AdjProtection } from "./what-if.js";

/** What an oom_score_adj tells of the one who set it. */
export interface AdjustmentOwner {
  readonly pid: number;
  readonly oomScoreAdj: number;
  /** For sentences: `a BestEffort pod`, `a renderer or helper of Chrome, Chromium or Electron`. */
  readonly usualFor: string;
  /** Memory request of a Burstable pod in percent of the node's memory, to 0.1; absent where it does not follow. */
  readonly requestPercent?: number;
}

/** The result object: every renderer and export is a pure function of it. */
export interface Analysis {
  readonly report: OomReport;
  /** Null when the report has too little to reconstruct a selection from (no task table). */
  readonly scenario: Scenario | null;
  readonly replay: Replay | null;
  readonly verdict: Verdict;
  /** Ranked: the first answers what used the memory, or where the limit was. Empty when no known cause fits. */
  readonly findings: readonly Finding[];
  /** Diagnoses that the report lacks something for; absent where the report was not diagnosed. */
  readonly notApplicable?: readonly NotApplicable[];
  /** Where the memory was; absent where the report was not diagnosed. */
  readonly accounting?: Accounting;
  /** What the paths of {@link OomReport.cgroup} are; absent where the report was not diagnosed. */
  readonly cgroups?: { readonly oomMemcg: CgroupIdentity | null; readonly taskMemcg: CgroupIdentity | null };
  /** Who usually sets the victim's oom_score_adj; null where nothing is known of it, absent where not diagnosed. */
  readonly adjustment?: AdjustmentOwner | null;
  /** What would have spared the one that the log says was picked; absent where nobody asked. */
  readonly protection?: AdjProtection;
  readonly notes: readonly Note[];
}
