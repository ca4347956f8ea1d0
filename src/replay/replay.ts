import type { Scenario } from "../model/machine.js";
import type { Replay } from "../model/replay.js";
import type { Int64 } from "../model/units.js";

/**
 * Runs the kernel's selection on a scenario: the whole path from the failed allocation to the last signal.
 *
 * `totalPages` is the single total to run with (a value between the scenario's bounds); null for eras up to v2.6.35.
 */
export function replay(_scenario: Scenario, _totalPages: Int64 | null): Replay {
  throw new Error("not written yet");
}
