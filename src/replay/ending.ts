import type { MachineTask } from "../model/machine.js";
import type { ReplayOutcome } from "../model/replay.js";
import type { Int64 } from "../model/units.js";

/** How a run of the selection ended. */
export interface Ending {
  readonly outcome: ReplayOutcome;
  readonly chosen: MachineTask | null;
  readonly victim: MachineTask | null;
  readonly score: Int64 | null;
  readonly signalled: readonly MachineTask[];
  readonly sharers: readonly MachineTask[];
  readonly group: readonly MachineTask[];
  readonly panic: string | null;
}

const nobody: Omit<Ending, "outcome"> = {
  chosen: null,
  victim: null,
  score: null,
  signalled: [],
  sharers: [],
  group: [],
  panic: null,
};

/** An ending in which nobody is killed. */
export function withoutKill(outcome: ReplayOutcome, chosen: MachineTask | null = null): Ending {
  return { ...nobody, outcome, chosen };
}

/** An ending in a panic. */
export function inPanic(message: string): Ending {
  return { ...nobody, outcome: "panic", panic: message };
}

/** An ending in one or more kills. */
export function inKill(kill: Omit<Ending, "outcome" | "panic">): Ending {
  return { ...nobody, ...kill, outcome: "killed" };
}
