import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distinctSelections, eras } from "../../src/kernel/eras/table.js";
import type { Capability, Machine, MachineTask, Scenario } from "../../src/model/machine.js";
import type { Era } from "../../src/model/traits.js";
import { toBigInt } from "../../src/model/units.js";
import { replay } from "../../src/replay/replay.js";
import { deriveTotals } from "../../src/replay/totals.js";
import { machineWith, task } from "./run.js";

/** One era for each way of selecting. */
const ways: readonly Era[] = distinctSelections(eras);
const anyEra = fc.constantFrom(...ways);

const anyTask = fc.record({
  rssPages: fc.oneof(fc.nat(2000), fc.nat(3_000_000)),
  swapPages: fc.nat(5000),
  nrPtes: fc.nat(300),
  nrPmds: fc.nat(9),
  pgtablesBytes: fc.nat(2_000_000),
  totalVmPages: fc.nat(4_000_000),
  oomScoreAdj: fc.oneof(fc.constantFrom(-1000, 0, 1000), fc.integer({ min: -1000, max: 1000 })),
  uid: fc.constantFrom(0, 1000),
  capabilities: fc.constantFrom<readonly Capability[]>([], ["SYS_ADMIN"], ["SYS_RESOURCE", "SYS_RAWIO"]),
  parent: fc.nat(5),
  flags: fc.record(
    { exiting: fc.constant(true), victim: fc.constant(true), oomSkip: fc.constant(true), origin: fc.constant(true) },
    { requiredKeys: [] },
  ),
  hasFlags: fc.nat(9).map((value) => value === 0),
  sharesMm: fc.nat(7).map((value) => value === 0),
});

/** Processes 10, 20, …; some hang on an earlier one, some share its memory. */
const anyTasks = fc.array(anyTask, { minLength: 1, maxLength: 8 }).map((list) =>
  list.map(({ parent, hasFlags, sharesMm, flags, oomScoreAdj, ...given }, index): MachineTask => {
    const pid = 10 * (index + 1);
    const parentPid = 10 * Math.min(parent, index);
    return task(pid, {
      ...given,
      oomScoreAdj,
      oomAdj: oomScoreAdj === 1000 ? 15 : Math.trunc((oomScoreAdj * 17) / 1000),
      ppid: parentPid === 0 ? 1 : parentPid,
      mm: sharesMm && parentPid !== 0 ? parentPid : pid,
      flags: hasFlags ? flags : {},
    });
  }),
);

const anyMachine = fc
  .record({ tasks: anyTasks, totalramPages: fc.integer({ min: 1, max: 20_000_000 }), allocating: fc.nat(5) })
  .map(({ tasks, totalramPages, allocating }) =>
    machineWith({
      tasks,
      machine: { totalramPages },
      invocation: { current: tasks[0]?.pid ?? 1, oomKillAllocatingTask: allocating === 0 ? 1 : 0 },
    }),
  );

function scenarioOf(era: Era, machine: Machine): Scenario {
  const { constraint, totalPages } = deriveTotals(machine, era.traits);
  const bound = totalPages ?? 0;
  return { machine, era: era.id, traits: era.traits, constraint, totalPages: { min: bound, max: bound, source: "" } };
}

function run(era: Era, machine: Machine) {
  const scenario = scenarioOf(era, machine);
  return replay(scenario, era.traits.pointsRule === "legacy" ? null : scenario.totalPages.min);
}

const runs = { numRuns: 300 };

describe("a replay of any machine on any kernel", () => {
  it("has parts that sum to the points", () => {
    fc.assert(
      fc.property(anyEra, anyMachine, (era, machine) => {
        for (const { points, parts } of run(era, machine).ranking) {
          if (points === null) continue;
          expect(parts.reduce((sum, part) => sum + toBigInt(part.value), 0n)).toBe(toBigInt(points));
        }
      }),
      runs,
    );
  });

  it("ranks every process once, OOM origins first, then by falling points, those that are not eligible last", () => {
    fc.assert(
      fc.property(anyEra, anyMachine, (era, machine) => {
        const { ranking } = run(era, machine);
        expect(ranking.map(({ pid }) => pid).sort((a, b) => a - b)).toEqual(machine.tasks.map(({ pid }) => pid));
        for (const [index, next] of ranking.slice(1).entries()) {
          const before = ranking[index];
          expect(before?.eligible || !next.eligible).toBe(true);
          expect(before?.oomOrigin || !next.oomOrigin).toBe(true);
          if (before?.oomOrigin) continue;
          if (before?.points != null && next.points !== null) expect(before.points >= next.points).toBe(true);
        }
        for (const { eligible, reason, points } of ranking) {
          expect(reason === undefined).toBe(eligible);
          expect(points !== null).toBe(eligible);
        }
      }),
      runs,
    );
  });

  it("chooses the first of its ranking, unless something went before the points", () => {
    fc.assert(
      fc.property(anyEra, anyMachine, (era, machine) => {
        const idle = {
          ...machine,
          tasks: machine.tasks.map((one) => ({ ...one, flags: {} })),
          invocation: { ...machine.invocation, oomKillAllocatingTask: 0 },
        };
        const { chosen, ranking, outcome, margin } = run(era, idle);
        // The legacy scan keeps a first task of 0 points until one has more.
        if (outcome === "livelock" || (era.traits.pointsRule === "legacy" && ranking[0]?.points === 0)) return;
        expect(chosen?.pid).toBe(ranking[0]?.eligible === true ? ranking[0].pid : undefined);
        expect(margin === null || margin >= 0).toBe(true);
      }),
      runs,
    );
  });

  it("signals the victim, each pid once, and nobody when nobody dies", () => {
    fc.assert(
      fc.property(anyEra, anyMachine, (era, machine) => {
        const { outcome, victim, signalled, sharers, panic } = run(era, machine);
        expect(new Set(signalled).size).toBe(signalled.length);
        expect(outcome === "killed").toBe(victim !== null);
        expect(outcome === "panic").toBe(panic !== null);
        if (victim === null) expect(signalled).toEqual([]);
        else expect(signalled).toContain(victim.pid);
        for (const pid of sharers) expect(signalled).toContain(pid);
      }),
      runs,
    );
  });

  it("tells every step with a function and an outcome", () => {
    fc.assert(
      fc.property(anyEra, anyMachine, (era, machine) => {
        const { steps } = run(era, machine);
        expect(steps.length).toBeGreaterThan(2);
        for (const step of steps) {
          expect(step.function).toMatch(/^[a-z_]+$/);
          expect(step.outcome).not.toBe("");
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is the same for the same machine", () => {
    fc.assert(
      fc.property(anyEra, anyMachine, (era, machine) => {
        expect(run(era, structuredClone(machine))).toEqual(run(era, machine));
      }),
      { numRuns: 200 },
    );
  });
});

describe("the adjustment", () => {
  it("never lowers the points as it rises", () => {
    fc.assert(
      fc.property(anyEra, anyMachine, fc.nat(1000), fc.nat(7), (era, machine, raise, which) => {
        const target = machine.tasks[1 + (which % (machine.tasks.length - 1))];
        const overflows = era.traits.permilleArithmetic === "int32" || era.traits.scanPointsType === "uint32";
        if (target === undefined || overflows || era.traits.pointsRule === "legacy") return;
        const adj = Math.min(1000, (target.oomScoreAdj ?? 0) + raise);
        const raised = {
          ...machine,
          tasks: machine.tasks.map((one) => (one === target ? { ...one, oomScoreAdj: adj } : one)),
        };
        const pointsOf = (of: Machine) => run(era, of).ranking.find(({ pid }) => pid === target.pid)?.points;
        const [before, after] = [pointsOf(machine), pointsOf(raised)];
        if (before == null || after == null) return;
        expect(after >= before).toBe(true);
      }),
      runs,
    );
  });
});

describe("the order of the tasks", () => {
  it("decides between equal points alone", () => {
    fc.assert(
      fc.property(anyEra, anyMachine, fc.infiniteStream(fc.nat()), (era, machine, stream) => {
        const [init, ...others] = machine.tasks.map((one) => ({ ...one, ppid: 1, mm: one.pid, flags: {} }));
        if (init === undefined || era.traits.pointsRule === "legacy") return;
        const keyed = others.map((one) => ({ one, key: stream.next().value }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
        const plain = { ...machine, tasks: [init, ...others] };
        const ranked = run(era, plain).ranking;
        const other = run(era, { ...plain, tasks: [init, ...shuffled] }).ranking;
        expect(other.map(({ points }) => points)).toEqual(ranked.map(({ points }) => points));
        const byPid = (list: typeof ranked) =>
          [...list].sort((a, b) => a.pid - b.pid).map(({ pid, points }) => [pid, points]);
        expect(byPid(other)).toEqual(byPid(ranked));
      }),
      runs,
    );
  });

  it("is turned round by the tie rule", () => {
    fc.assert(
      fc.property(anyEra, fc.integer({ min: 2, max: 9 }), (era, count) => {
        const tasks = Array.from({ length: count }, (_, index) => task(10 * (index + 1), { rssPages: 5000 }));
        const { chosen } = run(era, machineWith({ tasks, invocation: { current: 10 } }));
        expect(chosen?.pid).toBe(era.traits.globalTie === "last" ? 10 * count : 10);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the margin", () => {
  it("is what the runner-up lacks", () => {
    fc.assert(
      fc.property(anyEra, fc.integer({ min: 1, max: 400_000 }), fc.nat(100_000), (era, less, more) => {
        if (era.traits.pointsRule !== "pages") return;
        const tasks = [task(10, { rssPages: less + more }), task(20, { rssPages: less })];
        const result = run(era, machineWith({ tasks, invocation: { current: 10 } }));
        expect(result.margin).toBe(more);
        const flipped = [task(10, { rssPages: less + more }), task(20, { rssPages: less + more + 1 })];
        expect(run(era, machineWith({ tasks: flipped, invocation: { current: 10 } })).chosen?.pid).toBe(20);
      }),
      { numRuns: 300 },
    );
  });
});
