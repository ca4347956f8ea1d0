import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MachineTask, Scenario } from "../../src/model/machine.js";
import { toBigInt } from "../../src/model/units.js";
import { replay } from "../../src/replay/replay.js";
import { flipMargins } from "../../src/replay/what-if/flip-margins.js";
import { prefer, protect } from "../../src/replay/what-if/protect.js";
import { subjectOfMachine } from "../../src/replay/what-if/subject.js";
import { anyEra, anyMachine, scenarioOf } from "./machines.js";

/** The scenario with one task changed: edited here, not by the code under test. */
function changed(scenario: Scenario, pid: number, change: (task: MachineTask) => MachineTask): Scenario {
  const { machine } = scenario;
  return {
    ...scenario,
    machine: { ...machine, tasks: machine.tasks.map((one) => (one.pid === pid ? change(one) : one)) },
  };
}

function withAdj(scenario: Scenario, pid: number, adj: number): Scenario {
  const oomAdj = adj === 1000 ? 15 : Math.trunc((adj * 17) / 1000);
  return changed(scenario, pid, (task) => ({ ...task, oomScoreAdj: adj, oomAdj }));
}

function run(scenario: Scenario) {
  return replay(scenario, scenario.totalPages.min);
}

/** Whether a process dies: by its own pid, or that it is the choice and nobody dies in its place. */
function dies(scenario: Scenario, pid: number): boolean {
  return run(scenario).signalled.includes(pid);
}

function isChosen(scenario: Scenario, pid: number): boolean {
  return run(scenario).chosen?.pid === pid;
}

const cases = fc.record({ era: anyEra, machine: anyMachine, which: fc.nat(6) }).map(({ era, machine, which }) => {
  const processes = machine.tasks.filter(({ pid }) => pid !== 1);
  const pid = processes[which % processes.length]?.pid ?? 10;
  return { scenario: scenarioOf(era, machine), pid };
});

const most = Number.POSITIVE_INFINITY;

const runs = { numRuns: 1500 };

describe("protect", () => {
  it("is the highest value with which the process lives: one more, and it dies", () => {
    fc.assert(
      fc.property(cases, ({ scenario, pid }) => {
        const { highestOomScoreAdj, chosenThen, reason } = protect(subjectOfMachine(scenario), { by: "pid", pid });
        if (highestOomScoreAdj === null) {
          if (reason.includes("never chosen")) {
            for (const adj of [-1000, -999, 0, 1000]) expect(isChosen(withAdj(scenario, pid, adj), pid)).toBe(false);
            return;
          }
          // No value at all, or -1000 with which nobody is left.
          expect(dies(withAdj(scenario, pid, -999), pid)).toBe(true);
          const disabled = run(withAdj(scenario, pid, -1000));
          expect(disabled.signalled.includes(pid) || disabled.chosen === null).toBe(true);
          return;
        }
        const best = withAdj(scenario, pid, highestOomScoreAdj);
        expect(dies(best, pid)).toBe(false);
        const { chosen, victim } = run(best);
        // Up to v5.0 a child may die in the place of the choice.
        expect((victim ?? chosen)?.pid).toBe(chosenThen?.pid);
        if (highestOomScoreAdj < 1000) expect(dies(withAdj(scenario, pid, highestOomScoreAdj + 1), pid)).toBe(true);
      }),
      runs,
    );
  });
});

describe("prefer", () => {
  it("is the lowest value that makes the process the choice: one less, and another is", () => {
    fc.assert(
      fc.property(cases, ({ scenario, pid }) => {
        const { lowestOomScoreAdj } = prefer(subjectOfMachine(scenario), { by: "pid", pid });
        if (lowestOomScoreAdj === null) {
          expect(isChosen(withAdj(scenario, pid, 1000), pid)).toBe(false);
          return;
        }
        expect(isChosen(withAdj(scenario, pid, lowestOomScoreAdj), pid)).toBe(true);
        if (lowestOomScoreAdj > -1000) {
          expect(isChosen(withAdj(scenario, pid, lowestOomScoreAdj - 1), pid)).toBe(false);
        }
      }),
      runs,
    );
  });
});

describe("the flip margin", () => {
  it("of each process is one step wide", () => {
    fc.assert(
      fc.property(cases, ({ scenario }) => {
        for (const { pid, chosen, flipOomScoreAdj: adj, flipPages } of flipMargins(subjectOfMachine(scenario), most)) {
          const isDead = dies(scenario, pid);
          expect(isDead || isChosen(scenario, pid)).toBe(chosen);
          const turned = (one: Scenario): boolean =>
            chosen ? !(isDead ? dies(one, pid) : isChosen(one, pid)) : isChosen(one, pid);
          const step = chosen ? 1 : -1;
          if (adj === null) expect(turned(withAdj(scenario, pid, chosen ? -1000 : 1000))).toBe(false);
          else {
            expect(turned(withAdj(scenario, pid, adj))).toBe(true);
            if (adj + step <= 1000 && adj + step >= -1000)
              expect(turned(withAdj(scenario, pid, adj + step))).toBe(false);
          }
          const resized = (pages: bigint): Scenario =>
            changed(scenario, pid, (task) => {
              const rss = toBigInt(task.rssPages) + (chosen ? -pages : pages);
              return { ...task, rssPages: Number(rss < 0n ? 0n : rss) };
            });
          if (flipPages === null) continue;
          expect(turned(resized(toBigInt(flipPages)))).toBe(true);
          if (toBigInt(flipPages) > 0n) expect(turned(resized(toBigInt(flipPages) - 1n))).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });
});
