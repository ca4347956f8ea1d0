import { describe, expect, it } from "vitest";
import { ending, neverKilled, runOn, task } from "./run.js";

describe("child sacrifice", () => {
  const parent = task(20, { rssPages: 9000 });
  const tasks = [task(10), parent, task(21, { ppid: 20, rssPages: 50 }), task(22, { ppid: 20, rssPages: 80 })];
  const parts = { tasks, invocation: { current: 10 } };

  it("takes the oldest child that can be killed, up to v2.6.35", () => {
    for (const kernel of ["v2.6.18", "v2.6.24", "v2.6.35"]) expect(runOn(kernel, parts).victim?.pid).toBe(21);
  });

  it("takes the child with the most points, however few, up to v5.0", () => {
    for (const kernel of ["v3.5", "v4.4", "v4.14", "v5.0", "el7-3.10.0-1160", "el8-4.18.0-80"]) {
      expect(runOn(kernel, parts).victim?.pid).toBe(22);
    }
    for (const kernel of ["v5.1", "v7.3", "el8-4.18.0-147"]) expect(runOn(kernel, parts).victim?.pid).toBe(20);
  });

  it("prints the parent's score", () => {
    const result = runOn("v4.4", parts);
    expect(result.chosen?.pid).toBe(20);
    expect(result.score).toBe(9);
  });

  it("takes the first of equal children: on the share scale all small ones have 1", () => {
    for (const kernel of ["v2.6.36", "v3.0", "v3.2"]) expect(runOn(kernel, parts).victim?.pid).toBe(21);
  });

  it("does not reach grandchildren", () => {
    const deep = {
      ...parts,
      tasks: [task(10), parent, task(21, { ppid: 20, rssPages: 50 }), task(22, { ppid: 21, rssPages: 80 })],
    };
    expect(runOn("v4.4", deep).victim?.pid).toBe(21);
  });

  it("spares a child at the lowest adjustment, but on v2.6.18", () => {
    const spared = { ...parts, tasks: [task(10), parent, task(21, { ppid: 20, rssPages: 50, ...neverKilled })] };
    expect(runOn("v2.6.18", spared).victim?.pid).toBe(21);
    for (const kernel of ["v2.6.20", "v2.6.31", "v2.6.32", "v3.0", "v5.0"])
      expect(runOn(kernel, spared).victim?.pid).toBe(20);
  });

  it("spares a child that shares memory with a task at -17, from v2.6.24 to v2.6.31", () => {
    const shared = {
      ...parts,
      tasks: [
        task(10),
        parent,
        task(21, { ppid: 20, rssPages: 50 }),
        task(23, { mm: 21, rssPages: 50, ...neverKilled }),
      ],
    };
    for (const kernel of ["v2.6.18", "v2.6.20", "v2.6.32", "v2.6.36", "v4.4"])
      expect(runOn(kernel, shared).victim?.pid).toBe(21);
    for (const kernel of ["v2.6.24", "v2.6.31", "v2.6.37"]) expect(runOn(kernel, shared).victim?.pid).toBe(20);
  });

  it("passes over children that share the parent's memory, but on v2.6.36 and v2.6.37", () => {
    const sharing = { ...parts, tasks: [task(10), task(21, { ppid: 20, mm: 20, rssPages: 9000 }), parent] };
    // Equal points: the first is chosen where the first wins, and it has no child.
    const chosenLast = { ...parts, tasks: [task(10), parent, task(21, { ppid: 20, mm: 20, rssPages: 9000 })] };
    for (const kernel of ["v2.6.36", "v2.6.37"]) expect(runOn(kernel, chosenLast).victim?.pid).toBe(21);
    for (const kernel of ["v2.6.39", "v4.4", "v4.9"]) expect(runOn(kernel, chosenLast).victim?.pid).toBe(20);
    expect(runOn("v2.6.36", sharing).victim?.pid).toBe(21);
  });

  it("knows a sharing child with an exited leader since v4.4", () => {
    const exited = {
      ...parts,
      tasks: [
        task(10),
        parent,
        task(21, { ppid: 20, mm: null, rssPages: 9000 }),
        task(23, { tgid: 21, mm: 20, rssPages: 9000 }),
      ],
    };
    // Its own pointer is gone: before v4.4 it is taken for a stranger, and its thread is named.
    for (const kernel of ["v3.9", "v4.3"])
      expect(ending(runOn(kernel, exited))).toMatchObject({ chosen: 20, victim: 23 });
    for (const kernel of ["v4.4", "v4.6"])
      expect(ending(runOn(kernel, exited))).toMatchObject({ chosen: 20, victim: 20 });
  });

  it("reaches the children of every thread of the chosen process since v2.6.36", () => {
    const threads = {
      ...parts,
      tasks: [task(10), parent, task(24, { tgid: 20, mm: 20, rssPages: 9000 }), task(25, { ppid: 24, rssPages: 50 })],
    };
    expect(runOn("v2.6.35", threads).victim?.pid).toBe(20);
    // Where each thread has points of its own, the one with a child has more: 9000 + 50 / 2 + 1.
    for (const kernel of ["v2.6.18", "v2.6.31"]) {
      expect(ending(runOn(kernel, threads))).toMatchObject({ chosen: 24, victim: 25 });
    }
    for (const kernel of ["v2.6.36", "v3.0", "v4.9"]) expect(runOn(kernel, threads).victim?.pid).toBe(25);
  });

  it("stays inside the memcg since v2.6.32", () => {
    const memcgs = [{ id: 1, limitPages: 50_000, memswPages: 50_000, swappiness: 60, oomGroup: false }];
    const outside = {
      memcgs,
      tasks: [task(10, { memcg: 1 }), { ...parent, memcg: 1 }, task(21, { ppid: 20, rssPages: 50 })],
      invocation: { kind: "memcg", memcg: 1, current: 10 } as const,
    };
    for (const kernel of ["v2.6.28", "v2.6.31"]) expect(runOn(kernel, outside).victim?.pid).toBe(21);
    for (const kernel of ["v2.6.32", "v2.6.36", "v3.6", "v4.9"]) expect(runOn(kernel, outside).victim?.pid).toBe(20);
  });
});

describe("processes that share the victim's memory", () => {
  const victim = task(20, { rssPages: 9000 });
  const sharer = task(15, { mm: 20, rssPages: 9000, oomScoreAdj: -500, oomAdj: -8 });
  const parts = { tasks: [task(10), sharer, victim], invocation: { current: 10 } };

  it("die before it, after it or not at all", () => {
    expect(runOn("v2.6.18", parts).signalled).toEqual([20, 15]);
    expect(runOn("v2.6.20", parts).signalled).toEqual([20]);
    for (const kernel of ["v2.6.24", "v2.6.31"]) expect(runOn(kernel, parts).signalled).toEqual([20, 15]);
    for (const kernel of ["v2.6.32", "v2.6.36"]) expect(runOn(kernel, parts).signalled).toEqual([20]);
    for (const kernel of ["v2.6.37", "v3.9", "v4.3"]) expect(runOn(kernel, parts).signalled).toEqual([15, 20]);
    for (const kernel of ["v4.4", "v5.1", "v7.3", "el7-3.10.0-1160"])
      expect(runOn(kernel, parts).signalled).toEqual([20, 15]);
    expect(runOn("v7.3", parts).sharers).toEqual([15]);
  });

  it("die thread by thread up to v2.6.31", () => {
    const threaded = { ...parts, tasks: [...parts.tasks, task(16, { tgid: 15, mm: 20, rssPages: 9000, oomAdj: -8 })] };
    for (const kernel of ["v2.6.18", "v2.6.24"]) expect(runOn(kernel, threaded).signalled).toEqual([20, 15, 16]);
    for (const kernel of ["v3.9", "v4.4"]) expect(runOn(kernel, threaded).signalled).toContain(15);
    for (const kernel of ["v3.9", "v4.4"]) expect(runOn(kernel, threaded).signalled).not.toContain(16);
  });

  it("are spared at -1000 from v3.2 to v4.7", () => {
    const spared = { ...parts, tasks: [task(10), { ...sharer, ...neverKilled }, victim] };
    expect(runOn("v2.6.36", spared).signalled).toEqual([20]);
    // The victim itself is not eligible on v2.6.37 to v3.1.
    expect(runOn("v3.0", spared).signalled).toEqual([10]);
    for (const kernel of ["v3.2", "v3.9", "v4.1", "v4.4", "v4.7"])
      expect(runOn(kernel, spared).signalled).toEqual([20]);
    for (const kernel of ["v4.8", "v4.14", "v7.3"]) expect(runOn(kernel, spared).signalled).toEqual([20, 15]);
  });

  it("are known by any thread since v4.4", () => {
    const exited = {
      ...parts,
      tasks: [task(10), { ...sharer, mm: null }, task(16, { ...sharer, pid: 16, tgid: 15 }), victim],
    };
    for (const kernel of ["v3.9", "v4.3"]) expect(runOn(kernel, exited).signalled).toEqual([20]);
    for (const kernel of ["v4.4", "v6.1"]) expect(runOn(kernel, exited).signalled).toEqual([20, 15]);
  });

  it("are not init, since v4.4", () => {
    const onInit = {
      tasks: [task(10), task(20, { mm: 1, rssPages: 9000 })],
      invocation: { current: 10 },
    };
    for (const kernel of ["v2.6.37", "v3.9"]) expect(runOn(kernel, onInit).signalled).toEqual([1, 20]);
    for (const kernel of ["v4.4", "v4.8", "v7.3"]) expect(runOn(kernel, onInit).signalled).toEqual([20]);
    const steps = runOn("v4.8", onInit).steps.map((step) => step.outcome);
    expect(steps).toContain("init (pid 1) keeps the address space alive");
  });
});

describe("a legacy kernel that can kill nobody", () => {
  it("repeats the scan for ever when the chosen task shares memory with one at -17", () => {
    const shared = {
      tasks: [task(10), task(20, { rssPages: 9000 }), task(21, { mm: 20, rssPages: 9000, ...neverKilled })],
      invocation: { current: 10 },
    };
    for (const kernel of ["v2.6.24", "v2.6.28", "v2.6.31"]) expect(runOn(kernel, shared).outcome).toBe("livelock");
    for (const kernel of ["v2.6.18", "v2.6.20", "v2.6.32", "v2.6.36"])
      expect(runOn(kernel, shared).victim?.pid).toBe(20);
  });

  it("repeats it on v2.6.18 when the only candidate has no memory", () => {
    const gone = {
      tasks: [task(10, neverKilled), task(2, { mm: null, flags: { kthread: true } })],
      invocation: { current: 10 },
    };
    expect(runOn("v2.6.18", gone).outcome).toBe("livelock");
    expect(runOn("v2.6.20", gone).outcome).toBe("panic");
  });
});

describe("memory.oom.group", () => {
  const memcgs = [
    { id: 1, limitPages: 50_000, memswPages: null, swapMaxPages: null, swappiness: 60, oomGroup: true },
    { id: 2, parent: 1, limitPages: 40_000, memswPages: null, swapMaxPages: null, swappiness: 60, oomGroup: false },
    { id: 3, parent: 2, limitPages: 30_000, memswPages: null, swapMaxPages: null, swappiness: 60, oomGroup: true },
    { id: 4, parent: 1, limitPages: 30_000, memswPages: null, swapMaxPages: null, swappiness: 60, oomGroup: false },
  ];
  const tasks = [
    task(10, { memcg: 4 }),
    task(20, { memcg: 3, rssPages: 9000 }),
    task(21, { memcg: 3, rssPages: 70 }),
    task(22, { memcg: 3, rssPages: 70, ...neverKilled }),
    task(23, { memcg: 2 }),
  ];
  const machine = { cgroupV2: true };
  const inMemcg = (memcg: number) => ({
    memcgs,
    tasks,
    machine,
    invocation: { kind: "memcg", memcg, current: 20 } as const,
  });

  it("takes the highest cgroup with the flag, up to the one whose limit was hit", () => {
    expect(runOn("v4.19", inMemcg(3)).signalled).toEqual([20, 21]);
    expect(runOn("v6.1", inMemcg(2)).signalled).toEqual([20, 21]);
    // Pre-order of the subtree: 1, 2, 3, 4.
    expect(runOn("v6.1", inMemcg(1)).signalled).toEqual([20, 23, 21, 10]);
    expect(runOn("v6.1", inMemcg(1)).group).toEqual([23, 20, 21, 10]);
  });

  it("takes it in a system-wide OOM too", () => {
    const global = { memcgs, tasks, machine, invocation: { current: 10 } };
    expect(runOn("v6.1", global).signalled).toEqual([20, 23, 21, 10]);
    expect(runOn("v4.18", global).signalled).toEqual([20]);
    expect(runOn("el8-4.18.0-147", global).signalled).toEqual([20, 23, 21, 10]);
  });

  it("is of cgroup v2", () => {
    expect(runOn("v6.1", { ...inMemcg(3), machine: { cgroupV2: false } }).signalled).toEqual([20]);
  });
});
