import type { Analysis } from "../../model/analysis.js";
import { askWhatIf } from "./ask.js";

/**
 * The analysis with what would have spared the victim, where the re-run confirms the choice and knows all points exactly:
 * each unknown would multiply the runs. `oomlog replay --protect` asks in every case.
 *
 * @param kernel The kernel given by the user, where the log is silent.
 */
export function withProtection(analysis: Analysis, kernel: string | undefined): Analysis {
  const { report, replay, verdict } = analysis;
  const picked = report.chosen ?? report.kills[0];
  if (verdict.kind !== "agrees" || replay === null || picked === undefined) return analysis;
  const isExact = replay.pointsUnit === "pages" && replay.ranking.every(({ bound }) => bound === "exact");
  if (!isExact) return analysis;
  const question = { edits: [], protect: { by: "pid", pid: picked.pid } } as const;
  const { protect } = askWhatIf(analysis, question, kernel === undefined ? {} : { kernel });
  return protect === undefined ? analysis : { ...analysis, protection: protect };
}
