import { expect } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { askWhatIf } from "../../src/replay/what-if/index.js";

/** Holds what a what-if begins with against the report's own replay: the same points, with the same bounds. */
export function holdBefore(analysis: Analysis): void {
  const { report, replay } = analysis;
  if (replay === null || report.tasks.length === 0) return;
  const { before } = askWhatIf(analysis, { edits: [] });
  expect(before.ranking, `line ${report.line}`).toEqual(replay.ranking.map((task) => ({ ...task, pid: task.tgid })));
}

/** Holds that an edit that changes nothing moves nobody: what follows it is of the same totals. */
export function holdIdleEdit(analysis: Analysis): void {
  const { report, replay, scenario } = analysis;
  if (replay === null || scenario === null || scenario.traits.pointsRule === "legacy") return;
  const task = scenario.machine.tasks.find(({ oomScoreAdj }) => oomScoreAdj !== undefined);
  if (task?.oomScoreAdj === undefined) return;
  const edit = { kind: "set-adj", tasks: { by: "pid", pid: task.tgid }, adj: task.oomScoreAdj } as const;
  const answer = askWhatIf(analysis, { edits: [edit] });
  expect(answer.changes, `line ${report.line}`).toEqual([]);
  expect(answer.changed, `line ${report.line}`).not.toBe(true);
}
