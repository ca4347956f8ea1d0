import { describe, expect, it } from "vitest";
import { ending, runOn, task } from "./run.js";

describe("equal points", () => {
  const tasks = [task(10), task(20, { rssPages: 9000 }), task(30, { rssPages: 9000 }), task(40, { rssPages: 9000 })];
  const memcgs = [{ id: 1, limitPages: 50_000, memswPages: 50_000, swappiness: 60, oomGroup: false }];
  const global = { tasks, invocation: { current: 10 } };
  const inMemcg = {
    memcgs,
    tasks: tasks.map((one) => ({ ...one, memcg: 1 })),
    invocation: { kind: "memcg", memcg: 1, current: 10 } as const,
  };

  it("go to the first or the last, by kernel", () => {
    for (const kernel of [
      "v2.6.18",
      "v2.6.32",
      "v2.6.36",
      "v3.0",
      "v3.9",
      "v3.14",
      "v4.6",
      "v4.9",
      "v5.2",
      "el7-3.10.0-1160",
      "el8-4.18.0-193",
    ]) {
      expect(runOn(kernel, global).chosen?.pid).toBe(20);
    }
    for (const kernel of ["v4.7", "v4.8", "v5.3", "v5.9", "v7.3", "el8-4.18.0-240", "el9-5.14.0-70"]) {
      expect(runOn(kernel, global).chosen?.pid).toBe(40);
    }
  });

  it("go to the first of a memcg on v4.7 and v4.8 too", () => {
    for (const kernel of ["v2.6.32", "v3.6", "v4.7", "v4.8", "v4.9", "v5.2"])
      expect(runOn(kernel, inMemcg).chosen?.pid).toBe(20);
    for (const kernel of ["v5.3", "v6.8", "el8-4.18.0-240"]) expect(runOn(kernel, inMemcg).chosen?.pid).toBe(40);
  });

  it("are ranked as the scan chooses", () => {
    expect(runOn("v5.2", global).ranking.map(({ pid }) => pid)).toEqual([20, 30, 40, 10, 1]);
    expect(runOn("v5.3", global).ranking.map(({ pid }) => pid)).toEqual([40, 30, 20, 10, 1]);
  });
});

describe("a process whose leader has exited", () => {
  const tasks = [
    task(10),
    task(20, { name: "leader", mm: null, rssPages: 9000, totalVmPages: 9000 }),
    task(21, { name: "worker", tgid: 20, mm: 20, rssPages: 9000, totalVmPages: 9000 }),
    task(22, { name: "worker", tgid: 20, mm: 20, rssPages: 9000, totalVmPages: 9000 }),
  ];
  const global = { tasks, invocation: { current: 10 } };
  const memcgs = [{ id: 1, limitPages: 50_000, memswPages: 50_000, swappiness: 60, oomGroup: false }];
  const inMemcg = {
    memcgs,
    tasks: tasks.map((one) => ({ ...one, memcg: 1 })),
    invocation: { kind: "memcg", memcg: 1, current: 10 } as const,
  };

  it("is named by its first live thread where threads are visited, by its last since v3.14", () => {
    for (const kernel of ["v2.6.39", "v3.9", "v3.13", "el6-2.6.32-642", "el7-3.10.0-1160"]) {
      expect(ending(runOn(kernel, global))).toMatchObject({ chosen: 21, victim: 21 });
    }
    // A chosen leader is kept against equals, a chosen thread is not.
    for (const kernel of ["v3.14", "v4.6"])
      expect(ending(runOn(kernel, global))).toMatchObject({ chosen: 22, victim: 21 });
  });

  it("is named by its leader where processes are visited, and dies by its thread", () => {
    for (const kernel of ["v2.6.36", "v4.7", "v4.9", "v5.3", "v7.3"]) {
      expect(ending(runOn(kernel, global))).toMatchObject({ chosen: 20, victim: 21 });
    }
  });

  it("is no candidate of v2.6.32 to v2.6.35, which visit leaders with memory", () => {
    for (const kernel of ["v2.6.32", "v2.6.35"]) expect(runOn(kernel, global).chosen?.pid).toBe(10);
    expect(runOn("v2.6.31", global).chosen?.pid).toBe(21);
  });

  it("is named by a thread in a memcg up to v5.2", () => {
    expect(runOn("v3.9", inMemcg).chosen?.pid).toBe(21);
    for (const kernel of ["v4.7", "v4.9", "v5.2"])
      expect(ending(runOn(kernel, inMemcg))).toMatchObject({ chosen: 22, victim: 21 });
    for (const kernel of ["v5.3", "v7.3"])
      expect(ending(runOn(kernel, inMemcg))).toMatchObject({ chosen: 20, victim: 21 });
  });

  it("is the same when the machine does not know the leader", () => {
    const rows = { ...global, tasks: [task(10), task(21, { tgid: 20, mm: 20, rssPages: 9000 })] };
    expect(ending(runOn("v4.4", rows))).toMatchObject({ chosen: 21, victim: 21 });
    expect(ending(runOn("v6.1", rows))).toMatchObject({ chosen: 20, victim: 21 });
  });
});

describe("a memcg scan", () => {
  const memcgs = [
    { id: 1, limitPages: 50_000, memswPages: null, swapMaxPages: null, swappiness: 60, oomGroup: false },
    { id: 2, parent: 1, limitPages: 50_000, memswPages: null, swapMaxPages: null, swappiness: 60, oomGroup: false },
  ];
  const tasks = [
    task(10, { memcg: 2, rssPages: 9000 }),
    task(20, { memcg: 1, rssPages: 9000 }),
    task(30, { memcg: 0, rssPages: 90_000 }),
  ];
  const parts = { memcgs, tasks, invocation: { kind: "memcg", memcg: 1, current: 10 } as const };

  it("walks the subtree in pre-order since v3.6, the task list before", () => {
    for (const kernel of ["v2.6.32", "v3.5"]) expect(runOn(kernel, parts).chosen?.pid).toBe(10);
    for (const kernel of ["v3.6", "v4.8", "v5.2"]) expect(runOn(kernel, parts).chosen?.pid).toBe(20);
    for (const kernel of ["v5.3", "v7.3"]) expect(runOn(kernel, parts).chosen?.pid).toBe(10);
  });

  it("takes nobody outside", () => {
    for (const kernel of ["v2.6.32", "v2.6.36", "v3.9", "v4.9", "v6.1"]) {
      expect(runOn(kernel, parts).ranking.find(({ pid }) => pid === 30)).toMatchObject({
        eligible: false,
        reason: "outside-memcg",
      });
    }
  });

  it("takes tasks of unknown cgroup for members", () => {
    const { memcg: _, ...unknown } = task(40, { rssPages: 95_000 });
    expect(runOn("v6.1", { ...parts, tasks: [...tasks, unknown] }).chosen?.pid).toBe(40);
  });
});

describe("nodes", () => {
  const nodes = [
    { spannedPages: 600_000, presentPages: 500_000 },
    { spannedPages: 500_000, presentPages: 500_000 },
  ];
  const own = task(10, { rssPages: 900, memsAllowed: [0] });
  const other = task(20, { rssPages: 9000, memsAllowed: [1] });

  it("pass over tasks of another cpuset, even without a constraint", () => {
    const parts = {
      tasks: [task(10, { rssPages: 900, memsAllowed: [0, 1] }), other],
      machine: { nodes },
      invocation: { current: 10 },
    };
    expect(runOn("v6.1", parts).chosen?.pid).toBe(20);
    const bound = { ...parts, tasks: [own, other] };
    for (const kernel of ["v2.6.36", "v4.9", "v6.1"]) {
      const result = runOn(kernel, bound);
      expect(result.constraint).toBe("CONSTRAINT_CPUSET");
      expect(result.chosen?.pid).toBe(10);
      expect(result.ranking.find(({ pid }) => pid === 20)?.reason).toBe("outside-cpuset");
    }
  });

  it("keep a process of which one thread is allowed", () => {
    const thread = task(21, { tgid: 20, mm: 20, rssPages: 9000, memsAllowed: [0] });
    const parts = { tasks: [own, other, thread], machine: { nodes }, invocation: { current: 10 } };
    for (const kernel of ["v2.6.36", "v4.9", "v6.1"]) expect(runOn(kernel, parts).ranking[0]?.pid).toBe(20);
  });

  it("do not matter to a memcg since v5.3", () => {
    const memcgs = [{ id: 1, limitPages: 50_000, memswPages: 50_000, swappiness: 60, oomGroup: false }];
    const parts = {
      memcgs,
      tasks: [
        { ...own, memcg: 1 },
        { ...other, memcg: 1 },
      ],
      machine: { nodes },
      invocation: { kind: "memcg", memcg: 1, current: 10 } as const,
    };
    for (const kernel of ["v2.6.36", "v3.6", "v5.2"]) expect(runOn(kernel, parts).chosen?.pid).toBe(10);
    for (const kernel of ["v5.3", "v6.1"]) expect(runOn(kernel, parts).chosen?.pid).toBe(20);
  });

  it("are those of the memory policy under that constraint, whatever the cpuset", () => {
    const parts = {
      tasks: [
        own,
        task(20, { rssPages: 9000, memsAllowed: [1], mempolicy: [1] }),
        task(30, { rssPages: 5000, memsAllowed: [0], mempolicy: [0] }),
      ],
      machine: { nodes },
      invocation: { current: 10, nodemask: [1] },
    };
    const result = runOn("v6.1", parts);
    expect(result.constraint).toBe("CONSTRAINT_MEMORY_POLICY");
    expect(result.chosen?.pid).toBe(20);
    expect(result.ranking.find(({ pid }) => pid === 30)?.reason).toBe("outside-mempolicy");
  });
});
