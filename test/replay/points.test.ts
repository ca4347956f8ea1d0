import { describe, expect, it } from "vitest";
import type { MachineTask } from "../../src/model/machine.js";
import type { Int64 } from "../../src/model/units.js";
import { replay } from "../../src/replay/replay.js";
import { eraOf, machineWith, neverKilled, runOn, task } from "./run.js";

/** The points of one task beside init, and its parts. */
function pointsOn(kernel: string, given: Partial<MachineTask>, totalPages: Int64 = 1_000_000) {
  const machine = machineWith({ tasks: [task(20, given)], invocation: { current: 20 } });
  const { id, traits } = eraOf(kernel);
  const bounds = { min: totalPages, max: totalPages, source: "given" };
  const scenario = { machine, era: id, traits, constraint: "CONSTRAINT_NONE", totalPages: bounds } as const;
  const ranked = replay(scenario, totalPages).ranking.find(({ pid }) => pid === 20);
  return {
    points: ranked?.points,
    parts: Object.fromEntries((ranked?.parts ?? []).map(({ name, value }) => [name, value])),
  };
}

const root = { uid: 0, capabilities: ["SYS_ADMIN"] } as const;

describe("points in pages", () => {
  it("are memory and the adjustment, scaled by a truncated quotient", () => {
    const given = { rssPages: 5000, swapPages: 300, nrPtes: 20, nrPmds: 3, pgtablesBytes: 98_303, oomScoreAdj: 7 };
    // 1,234,999 / 1000 = 1234; 7 * 1234 = 8638.
    expect(pointsOn("v3.5", given, 1_234_999).points).toBe(5000 + 300 + 20 + 8638);
    expect(pointsOn("v4.0", given, 1_234_999).points).toBe(5000 + 300 + 23 + 8638);
    // 98303 / 4096 = 23 and a rest.
    expect(pointsOn("v4.15", given, 1_234_999)).toEqual({
      points: 5000 + 300 + 23 + 8638,
      parts: { rss: 5000, swap: 300, pageTables: 23, oomScoreAdj: 8638 },
    });
  });

  it("do not see the adjustment below 1000 pages of total", () => {
    for (const kernel of ["v3.5", "v4.9", "v6.8"]) {
      expect(pointsOn(kernel, { rssPages: 10, oomScoreAdj: 999 }, 999).points).toBe(10);
      expect(pointsOn(kernel, { rssPages: 10, oomScoreAdj: 999 }, 1000).points).toBe(1009);
    }
  });

  it("are at least 1 up to v5.8, and signed since v5.9", () => {
    const given = { rssPages: 100, oomScoreAdj: -999 };
    for (const kernel of ["v3.5", "v4.9", "v5.8"]) {
      expect(pointsOn(kernel, given)).toEqual({
        points: 1,
        parts: { rss: 100, oomScoreAdj: -999_000, clamp: 998_901 },
      });
    }
    for (const kernel of ["v5.9", "v5.4.286", "v7.3", "el8-4.18.0-348"])
      expect(pointsOn(kernel, given).points).toBe(-998_900);
  });

  it("spare CAP_SYS_ADMIN 30 thousandths of the total, then 3 % of its own, then nothing", () => {
    const given = { ...root, rssPages: 50_033 };
    expect(pointsOn("v3.5", given)).toEqual({ points: 20_033, parts: { rss: 50_033, rootBonus: -30_000 } });
    // 50,033 * 3 / 100 = 1500 and a rest.
    for (const kernel of ["v3.14", "v4.16", "v3.10.105", "v3.13.10", "el7-3.10.0-1160"]) {
      expect(pointsOn(kernel, given)).toEqual({ points: 48_533, parts: { rss: 50_033, rootBonus: -1500 } });
    }
    for (const kernel of ["v4.17", "v6.8"]) expect(pointsOn(kernel, given).points).toBe(50_033);
  });

  it("wrap at 2^32 pages in the scan of v3.5 to v4.8", () => {
    const given = { rssPages: 2 ** 32 + 5 };
    for (const kernel of ["v3.5", "v4.8"]) {
      expect(pointsOn(kernel, given, 2 ** 40)).toEqual({
        points: 5,
        parts: { rss: 2 ** 32 + 5, rounding: -(2 ** 32) },
      });
    }
    expect(pointsOn("v4.9", given, 2 ** 40).points).toBe(2 ** 32 + 5);
  });

  it("are exact beyond 2^53", () => {
    const total = 2n ** 62n;
    const perMille = total / 1000n;
    expect(pointsOn("v6.8", { rssPages: 3, oomScoreAdj: 999 }, total).points).toBe(3n + 999n * perMille);
  });
});

describe("points in thousandths", () => {
  it("are the share, less 30 for CAP_SYS_ADMIN, between 1 and 1000", () => {
    for (const kernel of ["v2.6.36", "v3.0", "v3.2"]) {
      expect(pointsOn(kernel, { rssPages: 90_999 }).points).toBe(90);
      expect(pointsOn(kernel, { rssPages: 90_999, ...root }).points).toBe(60);
      expect(pointsOn(kernel, { rssPages: 10 }).points).toBe(1);
      expect(pointsOn(kernel, { rssPages: 600_000, oomScoreAdj: 500 }).points).toBe(1000);
      expect(pointsOn(kernel, { rssPages: 600_000, oomScoreAdj: -999 }).points).toBe(1);
    }
    // 90 * 3 / 100 = 2.
    expect(pointsOn("v3.2.71", { rssPages: 90_999, ...root }).points).toBe(88);
  });

  it("count page tables since v2.6.39", () => {
    const given = { rssPages: 90_900, nrPtes: 100 };
    expect(pointsOn("v2.6.37", given).points).toBe(90);
    for (const kernel of ["v2.6.39", "v3.2", "el6-2.6.32-642"]) expect(pointsOn(kernel, given).points).toBe(91);
  });

  // 2,147,484 * 1000 = 2^31 + 352, as a 32-bit integer -2147483296; as unsigned long 2^64 - 2147483296, divided by
  // 4,000,000 = 4611686017890; its low 32 bits are 3,186,109,282 (sign bit set): negative, so 1.
  it("overflow above 2,147,483 pages from v2.6.39 to v3.1", () => {
    expect(pointsOn("v2.6.36", { rssPages: 2_147_484 }, 4_000_000).points).toBe(536);
    for (const kernel of ["v2.6.39", "v3.1"]) {
      expect(pointsOn(kernel, { rssPages: 2_147_483 }, 4_000_000).points).toBe(536);
      expect(pointsOn(kernel, { rssPages: 2_147_484 }, 4_000_000).points).toBe(1);
    }
    for (const kernel of ["v3.2", "el6-2.6.32-642"])
      expect(pointsOn(kernel, { rssPages: 2_147_484 }, 4_000_000).points).toBe(536);
  });
});

describe("legacy points", () => {
  const legacy = (kernel: string, given: Partial<MachineTask>, machine = {}) => {
    const result = runOn(kernel, { tasks: [task(20, given)], invocation: { current: 20 }, machine });
    return result.ranking.find(({ pid }) => pid === 20)?.points;
  };

  it("are the address space, divided by roots of cpu and run time", () => {
    const given = { totalVmPages: 10_000, utimeJiffies: 800_000, stimeJiffies: 19_200, startTimeSeconds: 0 };
    // 819,200 jiffies >> 13 = 100, its root 10. 83,000 s >> 10 = 81, its fourth root 3.
    expect(legacy("v2.6.32", given, { uptimeSeconds: 83_000 })).toBe(333);
    expect(legacy("v2.6.32", { ...given, utimeJiffies: 0, stimeJiffies: 0 }, { uptimeSeconds: 83_000 })).toBe(3333);
    // 250 ticks a second: SHIFT_HZ is 8. 819,200 >> 11 = 400, its root 20.
    expect(legacy("v2.6.32", given, { uptimeSeconds: 0, hz: 250 })).toBe(500);
  });

  it("are doubled for nice and quartered for privileges", () => {
    expect(legacy("v2.6.32", { totalVmPages: 10_000, nice: 5 })).toBe(20_000);
    expect(legacy("v2.6.32", { totalVmPages: 10_000, capabilities: ["SYS_RESOURCE"] })).toBe(2500);
    expect(legacy("v2.6.24", { totalVmPages: 10_000, capabilities: ["SYS_RESOURCE"] })).toBe(10_000);
    expect(legacy("v2.6.24", { totalVmPages: 10_000, uid: 0 })).toBe(2500);
    expect(legacy("v2.6.32", { totalVmPages: 10_000, uid: 0 })).toBe(10_000);
    expect(legacy("v2.6.32", { totalVmPages: 10_000, capabilities: ["SYS_ADMIN", "SYS_RAWIO"] })).toBe(625);
  });

  it("are shifted by oom_adj, from 1 when they are 0 since v2.6.22", () => {
    expect(legacy("v2.6.32", { totalVmPages: 10, oomAdj: 3 })).toBe(80);
    expect(legacy("v2.6.32", { totalVmPages: 10, oomAdj: -2 })).toBe(2);
    expect(legacy("v2.6.32", { totalVmPages: 0, oomAdj: 4 })).toBe(16);
    expect(legacy("v2.6.20", { totalVmPages: 0, oomAdj: 4 })).toBe(0);
  });

  it("wrap with the word of the kernel", () => {
    const given = { totalVmPages: 2 ** 20, oomAdj: 15 };
    expect(legacy("v2.6.32", given)).toBe(2 ** 35);
    expect(legacy("v2.6.32", given, { wordBits: 32 })).toBe(0);
  });

  it("count half of each child that has memory of its own, and one page", () => {
    const children = [
      task(20, { totalVmPages: 1000 }),
      task(21, { ppid: 20, totalVmPages: 501 }),
      task(22, { ppid: 20, mm: 20, totalVmPages: 1000 }),
    ];
    const result = runOn("v2.6.32", { tasks: children, invocation: { current: 21 } });
    expect(result.ranking.find(({ pid }) => pid === 20)?.points).toBe(1000 + 250 + 1);
  });

  it("count the cpu time of the thread up to v2.6.31, of the group since", () => {
    const busy = { totalVmPages: 10_000, utimeJiffies: 819_200 };
    const tasks = [task(20, { totalVmPages: 10_000 }), task(21, { ...busy, tgid: 20, mm: 20 })];
    const pointsOfGroup = (kernel: string) =>
      runOn(kernel, { tasks, invocation: { current: 20 } }).ranking.find(({ pid }) => pid === 20)?.points;
    expect(pointsOfGroup("v2.6.31")).toBe(10_000);
    expect(pointsOfGroup("v2.6.32")).toBe(1000);
  });

  it("are an eighth on other nodes than the invoker's since v2.6.20, before that the task is skipped", () => {
    const tasks = [task(10, { memsAllowed: [0] }), task(20, { totalVmPages: 8000, memsAllowed: [1] })];
    const parts = { tasks, invocation: { current: 10 } };
    expect(runOn("v2.6.18", parts).chosen?.pid).toBe(10);
    const result = runOn("v2.6.20", parts);
    expect(result.chosen?.pid).toBe(20);
    expect(result.ranking[0]?.points).toBe(1000);
  });
});

describe("who has no points", () => {
  const reasonOn = (kernel: string, given: Partial<MachineTask>, others: readonly MachineTask[] = []) =>
    runOn(kernel, { tasks: [task(10), task(20, given), ...others], invocation: { current: 10 } }).ranking.find(
      ({ pid }) => pid === 20,
    )?.reason;

  it("is at the lowest adjustment", () => {
    expect(reasonOn("v2.6.18", neverKilled)).toBe("oom-adj-disable");
    expect(reasonOn("v2.6.36", neverKilled)).toBe("oom-score-adj-min");
    expect(reasonOn("v7.3", neverKilled)).toBe("oom-score-adj-min");
    expect(reasonOn("v7.3", { oomScoreAdj: -999 })).toBeUndefined();
  });

  it("shares memory with such a task, from v2.6.37 to v3.1", () => {
    const other = [task(30, { mm: 20, ...neverKilled })];
    for (const kernel of ["v2.6.37", "v3.1"])
      expect(reasonOn(kernel, {}, other)).toBe("mm-shared-with-oom-score-adj-min");
    for (const kernel of ["v2.6.36", "v3.2", "v7.3"]) expect(reasonOn(kernel, {}, other)).toBeUndefined();
  });

  it("was reaped, since v4.7", () => {
    expect(reasonOn("v4.6", { flags: { oomSkip: true } })).toBeUndefined();
    expect(reasonOn("v4.7", { flags: { oomSkip: true } })).toBe("oom-skip");
    expect(reasonOn("v6.1", {}, [task(30, { mm: 20, flags: { oomSkip: true } })])).toBe("oom-skip");
  });

  it("is in vfork on its parent's memory, since v4.8", () => {
    const parent = [task(30, { mm: 20 })];
    expect(reasonOn("v4.7", { ppid: 30, flags: { vfork: true } }, parent)).toBeUndefined();
    expect(reasonOn("v4.8", { ppid: 30, flags: { vfork: true } }, parent)).toBe("vfork");
    expect(reasonOn("v4.8", { ppid: 10, flags: { vfork: true } }, parent)).toBeUndefined();
  });

  it("is init or a kernel thread or has no memory", () => {
    const result = runOn("v6.1", {
      tasks: [task(2, { mm: null, flags: { kthread: true } }), task(3, { mm: null }), task(20)],
      invocation: { current: 20 },
    });
    expect(result.ranking.map(({ pid, reason }) => [pid, reason])).toEqual([
      [20, undefined],
      [1, "init"],
      [2, "kernel-thread"],
      [3, "no-mm"],
    ]);
  });
});

describe("what a machine does not show", () => {
  const partial = (given: Partial<MachineTask>) => {
    const { pid, tgid, name, rssPages, mm, flags } = task(20, { rssPages: 500 });
    const machine = machineWith({ tasks: [{ pid, tgid, name, rssPages, mm, flags, ...given }] });
    return (kernel: string) => {
      const { id, traits } = eraOf(kernel);
      const totalPages = { min: 1_000_000, max: 1_000_000, source: "given" };
      return replay({ machine, era: id, traits, constraint: "CONSTRAINT_NONE", totalPages }, 1_000_000).ranking[0];
    };
  };

  it("makes the points a bound, and is named", () => {
    const known = { uid: 1000, swapPages: 0, oomScoreAdj: 0 };
    expect(partial({ ...known, pgtablesBytes: 4096 })("v6.1")).toMatchObject({
      points: 501,
      bound: "exact",
      unknown: [],
    });
    expect(partial(known)("v6.1")).toMatchObject({ bound: "at-least", unknown: ["page tables"] });
    expect(partial({ ...known, nrPtes: 2 })("v3.12")).toMatchObject({ points: 502, bound: "exact" });
    expect(partial({ uid: 1000, oomScoreAdj: 0 })("v3.2")).toMatchObject({
      bound: "at-least",
      unknown: ["swap", "page tables"],
    });
    expect(partial({ ...known, uid: 0, nrPtes: 2 })("v3.12")).toMatchObject({
      bound: "estimate",
      unknown: ["capabilities"],
    });
  });

  it("is taken from the counters of another era", () => {
    const known = { uid: 1000, swapPages: 0, oomScoreAdj: 0 };
    const unknown = ["page table levels"];
    expect(partial({ ...known, nrPtes: 7, nrPmds: 3 })("v6.1")).toMatchObject({
      points: 510,
      bound: "estimate",
      unknown,
    });
    expect(partial({ ...known, pgtablesBytes: 40_960 })("v4.4")).toMatchObject({
      points: 510,
      bound: "estimate",
      unknown,
    });
  });

  it("leaves the legacy rule with estimates", () => {
    const row = partial({ uid: 1000, totalVmPages: 800, oomAdj: 0 })("v2.6.32");
    expect(row).toMatchObject({ points: 800, bound: "estimate" });
    expect(row?.unknown).toEqual(["children", "cpu time", "run time", "nice"]);
  });
});
