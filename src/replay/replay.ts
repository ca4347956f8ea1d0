import type { Machine, MachineTask, Scenario } from "../model/machine.js";
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
  const done = run(scenario, totalPages, new DecisionPath(scenario.era));
  // At the least total, with which every question begins.
  if (!lastRuns.has(scenario.machine)) keepRun(scenario, totalPages, done);
  return done;
}

/**
 * The same without the steps of the decision path, for the many runs of a search. The last run of a machine is kept: the
 * parts of a question begin with the same one. Its ranking is made when it is asked for, since most runs are only asked
 * who was chosen.
 */
export function replayWithoutSteps(scenario: Scenario, totalPages: Int64 | null): Replay {
  const { machine, traits, constraint } = scenario;
  const last = lastRuns.get(machine);
  if (last?.traits === traits && last.constraint === constraint && last.totalPages === totalPages) return last.replay;
  const done = run(scenario, totalPages, new DecisionPath(null));
  keepRun(scenario, totalPages, done);
  return done;
}

interface LastRun extends Pick<Scenario, "traits" | "constraint"> {
  readonly totalPages: Int64 | null;
  readonly replay: Replay;
}

/** A machine does not change, so that a run of it stays as it was. */
const lastRuns = new WeakMap<Machine, LastRun>();

function keepRun({ machine, traits, constraint }: Scenario, totalPages: Int64 | null, replay: Replay): void {
  lastRuns.set(machine, { traits, constraint, totalPages, replay });
}

function run(scenario: Scenario, totalPages: Int64 | null, path: DecisionPath): Replay {
  const selection = startSelection(scenario, totalPages);
  let ranked: readonly RankedTask[] | null = null;
  const ranking = (): readonly RankedTask[] => {
    ranked ??= rankProcesses(selection);
    return ranked;
  };
  const ending =
    beforeScan(selection, path) ??
    (scenario.machine.tasks.length === 0 ? withoutCandidates(selection, path) : select(selection, path, ranking));
  const { traits } = selection;
  return {
    outcome: ending.outcome,
    constraint: scenario.constraint,
    totalPages: traits.pointsRule === "legacy" ? null : totalPages,
    pointsUnit: traits.pointsRule,
    get ranking() {
      return ranking();
    },
    chosen: named(ending.chosen),
    victim: named(ending.victim),
    score: ending.score,
    signalled: pidsOf(ending.signalled),
    sharers: pidsOf(ending.sharers),
    group: pidsOf(ending.group),
    panic: ending.panic,
    get margin() {
      return marginOf(ranking());
    },
    steps: path.steps,
  };
}

function select(selection: Selection, path: DecisionPath, ranking: () => readonly RankedTask[]): Ending {
  const result = scan(selection);
  if (path.isKept) reportScan(selection, path, result, ranking());
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
