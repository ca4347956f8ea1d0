import type { MachineTask, Scenario } from "../model/machine.js";
import type { RankedTask, Replay } from "../model/replay.js";
import type { Int64 } from "../model/units.js";
import { beforeScan } from "./before-scan.js";
import { subtract } from "./c-types.js";
import { DecisionPath } from "./decision-path.js";
import type { Ending } from "./ending.js";
import { killChosen, killWithoutCandidates } from "./kill-chosen.js";
import { rankProcesses } from "./ranking.js";
import { reportScan } from "./report-scan.js";
import { scan } from "./scan.js";
import { type Selection, startSelection } from "./selection.js";
import { withoutCandidates } from "./without-candidates.js";

/**
 * Runs the kernel's selection on a scenario: the whole path from the failed allocation to the last signal.
 *
 * `totalPages` is the single total to run with (a value between the scenario's bounds); null for eras up to v2.6.35. What
 * the machine lacks is taken as 0 or absent, and the ranked tasks and steps say so.
 */
export function replay(scenario: Scenario, totalPages: Int64 | null): Replay {
  return run(scenario, totalPages, new DecisionPath(scenario.era));
}

/** The same without the steps of the decision path, for the many runs of a search. */
export function replayWithoutSteps(scenario: Scenario, totalPages: Int64 | null): Replay {
  return run(scenario, totalPages, new DecisionPath(null));
}

function run(scenario: Scenario, totalPages: Int64 | null, path: DecisionPath): Replay {
  const selection = startSelection(scenario, totalPages);
  const ranking = rankProcesses(selection);
  const ending =
    beforeScan(selection, path) ??
    (scenario.machine.tasks.length === 0 ? withoutCandidates(selection, path) : select(selection, path, ranking));
  const { traits } = selection;
  return {
    outcome: ending.outcome,
    constraint: scenario.constraint,
    totalPages: traits.pointsRule === "legacy" ? null : totalPages,
    pointsUnit: traits.pointsRule,
    ranking,
    chosen: named(ending.chosen),
    victim: named(ending.victim),
    score: ending.score,
    signalled: pidsOf(ending.signalled),
    sharers: pidsOf(ending.sharers),
    group: pidsOf(ending.group),
    panic: ending.panic,
    margin: marginOf(ranking),
    steps: path.steps,
  };
}

function select(selection: Selection, path: DecisionPath, ranking: readonly RankedTask[]): Ending {
  const result = scan(selection);
  reportScan(selection, path, result, ranking);
  switch (result.kind) {
    case "aborted":
      return killWithoutCandidates(selection, path, "aborted");
    case "nothing":
      return killWithoutCandidates(selection, path, "nothing");
    case "chosen":
      return killChosen(selection, path, result.task, result.points);
  }
}

function named(task: MachineTask | null): { readonly pid: number; readonly name: string } | null {
  return task === null ? null : { pid: task.pid, name: task.name };
}

function pidsOf(tasks: readonly MachineTask[]): readonly number[] {
  return [...new Set(tasks.map((task) => task.pid))];
}

function marginOf(ranking: readonly RankedTask[]): Int64 | null {
  const [first, second] = ranking;
  if (first?.points == null || second?.points == null || first.oomOrigin === true) return null;
  return subtract(first.points, second.points);
}
