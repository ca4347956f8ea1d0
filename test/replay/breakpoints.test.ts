import fc from "fast-check";
import { expect, test } from "vitest";
import { eraById } from "../../src/kernel/eras/table.js";
import type { MachineTask, Scenario } from "../../src/model/machine.js";
import { toNumber } from "../../src/model/units.js";
import { totalBreakpoints } from "../../src/replay/breakpoints.js";
import { replay } from "../../src/replay/replay.js";

/** One era of each way to make points, clamp them and break ties. */
const eraIds = ["v2.6.36", "v3.2", "v3.5", "v3.14", "v4.7", "v4.9", "v4.15", "v4.17", "v5.3", "v5.9"];

const task = fc.record({
  rssPages: fc.oneof(fc.integer({ min: 0, max: 300_000 }), fc.constant(5_000)),
  swapPages: fc.integer({ min: 0, max: 1_000 }),
  oomScoreAdj: fc.oneof(fc.constantFrom(0, -997, -999, 1000, 2, 300), fc.integer({ min: -1000, max: 1000 })),
  uid: fc.constantFrom(0, 1000),
});

const scenarios = fc.record({
  eraId: fc.constantFrom(...eraIds),
  tasks: fc.array(task, { minLength: 2, maxLength: 8 }),
  min: fc.integer({ min: 1, max: 400_000 }),
  span: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 4_000_000 })),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
});

function scenarioOf({
  eraId,
  tasks,
  min,
  span,
}: {
  eraId: string;
  tasks: readonly object[];
  min: number;
  span: number;
}): Scenario {
  const era = eraById(eraId);
  if (era === undefined) throw new Error(`no era ${eraId}`);
  const machineTasks = tasks.map(
    (one, index): MachineTask => ({
      pid: 100 + index,
      tgid: 100 + index,
      name: `task${index}`,
      mm: index + 1,
      flags: {},
      nrPtes: 10,
      nrPmds: 3,
      pgtablesBytes: 53_248,
      ...(one as { rssPages: number; swapPages: number; oomScoreAdj: number; uid: number }),
    }),
  );
  return {
    machine: { pageSizeBytes: 4096, tasks: machineTasks, invocation: { kind: "global", order: 0 } },
    era: era.id,
    traits: era.traits,
    constraint: "CONSTRAINT_NONE",
    totalPages: { min, max: min + span, source: "made for the test" },
  };
}

test("every total of a range gives a choice that one of its breakpoints gives", () => {
  fc.assert(
    fc.property(scenarios, (made) => {
      const scenario = scenarioOf(made);
      const choices = new Set(totalBreakpoints(scenario).map((total) => replay(scenario, total).chosen?.pid));
      const total = made.min + Math.floor(made.at * made.span);
      expect(choices).toContain(replay(scenario, total).chosen?.pid);
    }),
    { numRuns: 1_000 },
  );
});

test("so it does with more adjustments than a hand can count", () => {
  const many = scenarios.chain((made) =>
    fc.array(task, { minLength: 30, maxLength: 40 }).map((tasks) => ({ ...made, tasks })),
  );
  fc.assert(
    fc.property(many, (made) => {
      const scenario = scenarioOf(made);
      const choices = new Set(totalBreakpoints(scenario).map((total) => replay(scenario, total).chosen?.pid));
      const total = made.min + Math.floor(made.at * made.span);
      expect(choices).toContain(replay(scenario, total).chosen?.pid);
    }),
    { numRuns: 100 },
  );
});

test("breakpoints stay within the bounds and hold both ends", () => {
  fc.assert(
    fc.property(scenarios, (made) => {
      const scenario = scenarioOf(made);
      const totals = totalBreakpoints(scenario).map(toNumber);
      expect(totals[0]).toBe(made.min);
      expect(totals.at(-1)).toBe(made.min + made.span);
      expect(totals).toEqual([...totals].sort((a, b) => a - b));
    }),
    { numRuns: 500 },
  );
});
