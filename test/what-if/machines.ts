import fc from "fast-check";
import { distinctSelections, eras } from "../../src/kernel/eras/table.js";
import type { Machine, MachineTask, Scenario } from "../../src/model/machine.js";
import type { Era } from "../../src/model/traits.js";
import { deriveTotals } from "../../src/replay/totals.js";
import { machineWith, task } from "../replay/run.js";

/** One era for each way of selecting, without the legacy ones: their points are no function of what can be edited. */
export const ways: readonly Era[] = distinctSelections(eras.filter(({ traits }) => traits.pointsRule !== "legacy"));

export const anyEra = fc.constantFrom(...ways);

export const anyAdj = fc.oneof(fc.constantFrom(-1000, -999, 0, 1000), fc.integer({ min: -1000, max: 1000 }));

const anyTask = fc.record({
  // Below 2^31 / 1000 pages, where the points of v2.6.39 to v3.1 overflow.
  rssPages: fc.oneof(fc.nat(300), fc.nat(2_000_000)),
  swapPages: fc.nat(5000),
  nrPtes: fc.nat(300),
  nrPmds: fc.nat(9),
  pgtablesBytes: fc.nat(2_000_000),
  oomScoreAdj: anyAdj,
  isRoot: fc.boolean(),
  parent: fc.nat(5),
  isChild: fc.nat(5).map((value) => value === 0),
  sharesMm: fc.nat(9).map((value) => value === 0),
});

/** Processes 10, 20, …; some hang on an earlier one, some of these share its memory. */
export const anyTasks = fc.array(anyTask, { minLength: 1, maxLength: 7 }).map((list) =>
  list.map(({ parent, isChild, sharesMm, isRoot, oomScoreAdj, ...sizes }, index): MachineTask => {
    const pid = 10 * (index + 1);
    const parentPid = isChild ? 10 * Math.min(parent, index) : 0;
    return task(pid, {
      ...sizes,
      oomScoreAdj,
      oomAdj: oomScoreAdj === 1000 ? 15 : Math.trunc((oomScoreAdj * 17) / 1000),
      capabilities: isRoot ? ["SYS_ADMIN"] : [],
      ppid: parentPid === 0 ? 1 : parentPid,
      mm: sharesMm && parentPid !== 0 ? parentPid : pid,
    });
  }),
);

export const anyMachine = fc
  .record({ tasks: anyTasks, totalramPages: fc.integer({ min: 1, max: 20_000_000 }), allocating: fc.nat(7) })
  .map(({ tasks, totalramPages, allocating }) =>
    machineWith({
      tasks,
      machine: { totalramPages },
      invocation: { current: tasks[0]?.pid ?? 1, oomKillAllocatingTask: allocating === 0 ? 1 : 0 },
    }),
  );

/** The scenario of a machine that is known in full. */
export function scenarioOf(era: Era, machine: Machine): Scenario {
  const { constraint, totalPages } = deriveTotals(machine, era.traits);
  const bound = totalPages ?? 0;
  return { machine, era: era.id, traits: era.traits, constraint, totalPages: { min: bound, max: bound, source: "" } };
}
