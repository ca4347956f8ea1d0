import type { MachineTask, Scenario } from "../model/machine.js";
import { type Int64, toBigInt } from "../model/units.js";
import { replayWithoutSteps } from "./replay.js";

/** The points of a task as the only one of its machine; null when it is not eligible. */
export function pointsAlone(scenario: Scenario, task: MachineTask, totalPages: Int64): bigint | null {
  const { invocation, ...machine } = scenario.machine;
  const alone: Scenario = { ...scenario, machine: { ...machine, invocation, tasks: [task] } };
  const points = replayWithoutSteps(alone, totalPages).ranking[0]?.points ?? null;
  return points === null ? null : toBigInt(points);
}
