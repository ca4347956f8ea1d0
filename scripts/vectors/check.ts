import { eraFor } from "../../src/kernel/eras/resolve.js";
import type { Scenario } from "../../src/model/machine.js";
import type { Era } from "../../src/model/traits.js";
import { type Int64, parseInt64 } from "../../src/model/units.js";
import { pointsOf } from "../../src/replay/points.js";
import { replay } from "../../src/replay/replay.js";
import { startSelection } from "../../src/replay/selection.js";
import { deriveTotals } from "../../src/replay/totals.js";
import { FolderError } from "./files.js";
import { machineOf, type VectorInteger, type VectorScenario } from "./machine.js";

/** What one kernel did with one scenario. A null is not known, except in `badness`, where it is LONG_MIN. */
export interface VectorExpectation {
  readonly outcome: string;
  readonly totalpages?: VectorInteger | null;
  readonly constraint?: string | null;
  readonly badness?: Readonly<Record<string, VectorInteger | null>>;
  readonly chosen?: number | null;
  readonly score?: VectorInteger | null;
  readonly victim?: number | null;
  readonly signalled?: readonly number[] | null;
}

/** A value that is not as expected. */
export interface Mismatch {
  readonly field: string;
  readonly expected: string;
  readonly actual: string;
}

/** File names that stand for another release than the one they spell: `v3.4` is a late stable one. */
const releaseOfFile: Readonly<Record<string, string>> = { "v3.4": "v3.4.108" };

/** The era of a vector file's kernel (`v3.9`, `el8-4.18.0-305`). */
export function eraOfFile(name: string): Era {
  const resolved = eraFor(releaseOfFile[name] ?? name);
  if (resolved === null) throw new FolderError(`${name}.jsonl names no kernel`);
  return resolved.era;
}

/** Replays a scenario on a kernel and holds the result against what the kernel did. */
export function checkVector(vector: VectorScenario, era: Era, expected: VectorExpectation): readonly Mismatch[] {
  const machine = machineOf(vector);
  const { traits } = era;
  const { constraint, totalPages } = deriveTotals(machine, traits);
  const scenario: Scenario = {
    machine,
    era: era.id,
    traits,
    constraint,
    totalPages: { min: totalPages ?? 0, max: totalPages ?? 0, source: "the full machine" },
  };
  const result = replay(scenario, totalPages);
  const mismatches: Mismatch[] = [];
  const check = (field: string, want: unknown, got: unknown) => {
    if (want === null || want === undefined) return;
    const [expectedText, actualText] = [String(want), String(got)];
    if (expectedText !== actualText) mismatches.push({ field, expected: expectedText, actual: actualText });
  };
  check("outcome", expected.outcome, result.outcome);
  check("totalpages", expected.totalpages, totalPages);
  check("constraint", expected.constraint, constraint.replace("CONSTRAINT_", ""));
  check("chosen", expected.chosen, result.chosen?.pid);
  check("score", expected.score, result.score);
  check("victim", expected.victim, result.victim?.pid);
  check("signalled", expected.signalled, result.signalled);
  const badness = badnessOfAll(scenario, totalPages);
  for (const [pid, want] of Object.entries(expected.badness ?? {})) {
    check(`badness of ${pid}`, want === null ? "not eligible" : parseInt64(String(want)), badness.get(Number(pid)));
  }
  return mismatches;
}

/** What the kernel's points function returns for each process. */
function badnessOfAll(scenario: Scenario, totalPages: Int64 | null): ReadonlyMap<number, string> {
  const selection = startSelection(scenario, totalPages);
  const { word, traits, index } = selection;
  return new Map(
    index.processes.map(({ leader }) => {
      const { value } = pointsOf(selection, leader);
      const isLongMin = traits.pointsClamp === "signed" && value === word.longMin;
      return [leader.pid, isLongMin ? "not eligible" : value.toString()];
    }),
  );
}
