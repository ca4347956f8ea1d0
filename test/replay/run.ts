import { eraFor } from "../../src/kernel/eras/resolve.js";
import type { Invocation, Machine, MachineMemcg, MachineTask, Scenario } from "../../src/model/machine.js";
import type { Replay } from "../../src/model/replay.js";
import type { Era } from "../../src/model/traits.js";
import { replay } from "../../src/replay/replay.js";
import { deriveTotals } from "../../src/replay/totals.js";

/** A task by what matters to the test; the rest is that of an idle process of an ordinary user. */
export function task(pid: number, given: Partial<MachineTask> = {}): MachineTask {
  const { rssPages = 100 } = given;
  return {
    pid,
    tgid: pid,
    ppid: 1,
    name: `task-${pid}`,
    uid: 1000,
    capabilities: [],
    nice: 0,
    utimeJiffies: 0,
    stimeJiffies: 0,
    startTimeSeconds: 0,
    totalVmPages: rssPages,
    rssPages,
    swapPages: 0,
    nrPtes: 0,
    nrPmds: 0,
    pgtablesBytes: 0,
    oomScoreAdj: 0,
    oomAdj: 0,
    mm: pid,
    flags: {},
    memcg: 0,
    memsAllowed: [0],
    mempolicy: [],
    ...given,
  };
}

/** A task that no kernel kills: -1000, and -17 before. */
export const neverKilled = { oomScoreAdj: -1000, oomAdj: -17 } as const;

export interface MachineParts {
  /** Beside init, which is always there as pid 1. */
  readonly tasks: readonly MachineTask[];
  readonly invocation?: Partial<Invocation>;
  readonly memcgs?: readonly MachineMemcg[];
  readonly machine?: Partial<Machine>;
}

/** A machine of one node with 1,000,000 pages and no swap, on which some task fails to get a page. */
export function machineWith({ tasks, invocation = {}, memcgs = [], machine = {} }: MachineParts): Machine {
  return {
    pageSizeBytes: 4096,
    hz: 1000,
    uptimeSeconds: 0,
    totalramPages: 1_000_000,
    totalSwapPages: 0,
    cgroupV2: false,
    nodes: [{ spannedPages: 1_000_000, presentPages: 1_000_000 }],
    memcgs,
    tasks: [task(1, { name: "init", uid: 0, ppid: 0 }), ...tasks],
    invocation: { kind: "global", order: 0, nodemask: null, oomKillAllocatingTask: 0, panicOnOom: 0, ...invocation },
    ...machine,
  };
}

/** The era of a kernel's name, as in vector files. */
export function eraOf(kernel: string): Era {
  const resolved = eraFor(kernel);
  if (resolved === null) throw new Error(`${kernel} names no kernel`);
  return resolved.era;
}

/** The scenario of a full machine on a kernel. */
export function scenarioOn(kernel: string, machine: Machine): Scenario {
  const era = eraOf(kernel);
  const { constraint, totalPages } = deriveTotals(machine, era.traits);
  const bound = totalPages ?? 0;
  return {
    machine,
    era: era.id,
    traits: era.traits,
    constraint,
    totalPages: { min: bound, max: bound, source: "the full machine" },
  };
}

/** Replays a machine on a kernel. */
export function runOn(kernel: string, parts: MachineParts): Replay {
  const scenario = scenarioOn(kernel, machineWith(parts));
  return replay(scenario, scenario.traits.pointsRule === "legacy" ? null : scenario.totalPages.min);
}

/** What a test looks at: outcome, chosen, victim and signalled pids. */
export function ending(result: Replay): {
  readonly outcome: string;
  readonly chosen: number | undefined;
  readonly victim: number | undefined;
  readonly signalled: readonly number[];
} {
  const { outcome, chosen, victim, signalled } = result;
  return { outcome, chosen: chosen?.pid, victim: victim?.pid, signalled };
}
