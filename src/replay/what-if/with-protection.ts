import type { Analysis } from "../../model/analysis.js";
import { subjectOf } from "./ask.js";
import { protect } from "./protect.js";

/**
 * The analysis with what would have spared the victim, where the re-run confirms the choice and lacks nothing of the tasks:
 * each unknown would multiply the runs. `oomlog replay --protect` asks in every case.
 *
 * @param kernel The kernel given by the user, where the log is silent.
 */
export function withProtection(analysis: Analysis, kernel: string | undefined): Analysis {
  const { report, replay, verdict } = analysis;
  const picked = report.chosen ?? report.kills[0];
  if (verdict.kind !== "agrees" || replay === null || picked === undefined) return analysis;
  const isExact = replay.pointsUnit === "pages" && replay.ranking.every(({ unknown }) => unknown.length === 0);
  if (!isExact) return analysis;
  const subject = subjectOf(analysis, kernel === undefined ? {} : { kernel });
  return subject === null ? analysis : { ...analysis, protection: protect(subject, { by: "pid", pid: picked.pid }) };
}
