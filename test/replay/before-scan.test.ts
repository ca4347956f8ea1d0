import { describe, expect, it } from "vitest";
import { ending, neverKilled, runOn, task } from "./run.js";

const invoker = task(10, { rssPages: 500 });
const big = task(30, { rssPages: 90_000 });
const memcgs = [{ id: 1, limitPages: 50_000, memswPages: 50_000, swappiness: 60, oomGroup: false }];

describe("vm.panic_on_oom", () => {
  const parts = (panicOnOom: number) => ({ tasks: [invoker, big], invocation: { current: 10, panicOnOom } });
  const onTwoNodes = (panicOnOom: number) => ({
    tasks: [task(10, { memsAllowed: [0] }), task(30, { rssPages: 90_000, memsAllowed: [0] })],
    invocation: { current: 10, panicOnOom },
    machine: {
      nodes: [
        { spannedPages: 600_000, presentPages: 500_000 },
        { spannedPages: 500_000, presentPages: 500_000 },
      ],
    },
  });
  const inMemcg = (panicOnOom: number) => ({
    memcgs,
    tasks: [task(10, { memcg: 1 }), task(30, { memcg: 1, rssPages: 9000 })],
    invocation: { kind: "memcg", memcg: 1, current: 10, panicOnOom } as const,
  });

  it("panics at 1 without a constraint", () => {
    for (const kernel of ["v2.6.18", "v2.6.35"]) {
      expect(runOn(kernel, parts(1)).panic).toBe("out of memory. panic_on_oom is selected");
    }
    for (const kernel of ["v2.6.36", "v4.4", "v7.3"]) {
      expect(runOn(kernel, parts(1)).panic).toBe("Out of memory: system-wide panic_on_oom is enabled");
    }
  });

  it("spares cpusets and memcgs at 1", () => {
    for (const kernel of ["v2.6.36", "v4.4", "v7.3"]) {
      expect(runOn(kernel, onTwoNodes(1)).outcome).toBe("killed");
      expect(runOn(kernel, inMemcg(1)).outcome).toBe("killed");
    }
  });

  it("panics at 2 under every constraint, since v2.6.22", () => {
    expect(runOn("v2.6.20", parts(2)).panic).toBe("out of memory. panic_on_oom is selected");
    expect(runOn("v2.6.24", parts(2)).panic).toBe("out of memory. Compulsory panic_on_oom is selected.");
    expect(runOn("v2.6.24", onTwoNodes(2)).outcome).toBe("panic");
    for (const kernel of ["v2.6.36", "v3.9", "v4.9", "v7.3", "el6-2.6.32-642"]) {
      expect(runOn(kernel, onTwoNodes(2)).panic).toBe("Out of memory: compulsory panic_on_oom is enabled");
    }
  });

  it("panics at 2 in a memcg, since v2.6.34", () => {
    for (const kernel of ["v2.6.28", "v2.6.32", "v2.6.33"]) expect(runOn(kernel, inMemcg(2)).outcome).toBe("killed");
    for (const kernel of ["v2.6.34", "v2.6.35"]) {
      expect(runOn(kernel, inMemcg(2)).panic).toBe("out of memory(memcg). panic_on_oom is selected.");
    }
    for (const kernel of ["v2.6.36", "v3.6", "v4.8", "v4.9", "v7.3"])
      expect(runOn(kernel, inMemcg(2)).outcome).toBe("panic");
  });

  it("is ignored by sysrq since v4.3", () => {
    const sysrq = { ...parts(2), invocation: { current: 10, panicOnOom: 2, order: -1 } };
    expect(runOn("v4.2", sysrq).outcome).toBe("panic");
    for (const kernel of ["v4.3", "v4.14", "v7.3"]) expect(runOn(kernel, sysrq).outcome).toBe("killed");
  });

  it("goes before a victim that is still dying", () => {
    const dying = { ...parts(1), tasks: [invoker, task(20, { flags: { victim: true } }), big] };
    for (const kernel of ["v2.6.20", "v3.0", "v6.1"]) expect(runOn(kernel, dying).outcome).toBe("panic");
  });
});

describe("vm.oom_kill_allocating_task", () => {
  const invocation = { current: 10, oomKillAllocatingTask: 1 };
  const parts = { tasks: [invoker, big], invocation };

  it("takes the invoker since v2.6.24, with score 0", () => {
    expect(runOn("v2.6.20", parts).victim?.pid).toBe(30);
    for (const kernel of ["v2.6.24", "v2.6.31", "v2.6.36", "v3.9", "v4.8", "v5.0"]) {
      const result = runOn(kernel, parts);
      expect(ending(result)).toEqual({ outcome: "killed", chosen: 10, victim: 10, signalled: [10] });
      expect(result.score).toBe(0);
    }
    expect(runOn("v5.1", parts).victim?.pid).toBe(10);
  });

  it("does not apply to a memcg", () => {
    const inMemcg = {
      memcgs,
      tasks: [task(10, { memcg: 1 }), task(30, { memcg: 1, rssPages: 9000 })],
      invocation: { ...invocation, kind: "memcg", memcg: 1 } as const,
    };
    for (const kernel of ["v2.6.32", "v3.6", "v4.9", "v7.3"]) expect(runOn(kernel, inMemcg).victim?.pid).toBe(30);
  });

  it("kills nobody when the invoker can not be killed, up to v2.6.29; the scan follows later", () => {
    const spared = { tasks: [task(10, neverKilled), big], invocation };
    expect(ending(runOn("v2.6.24", spared))).toEqual({
      outcome: "no_kill",
      chosen: 10,
      victim: undefined,
      signalled: [],
    });
    expect(runOn("v2.6.28", spared).outcome).toBe("no_kill");
    for (const kernel of ["v2.6.31", "v2.6.32", "v2.6.35"]) expect(runOn(kernel, spared).victim?.pid).toBe(30);
  });

  it("spares an invoker at -1000, but for v3.2 to v3.5", () => {
    const spared = { tasks: [task(10, neverKilled), big], invocation };
    for (const kernel of ["v2.6.36", "v2.6.37", "v3.0", "v3.6", "v4.9", "v7.3"]) {
      expect(runOn(kernel, spared).victim?.pid).toBe(30);
    }
    for (const kernel of ["v3.2", "v3.4.108", "v3.5"]) expect(runOn(kernel, spared).victim?.pid).toBe(10);
  });

  it("spares an invoker that shares memory with a task at -1000, from v2.6.37 to v3.1", () => {
    const shared = { tasks: [invoker, task(11, { mm: 10, rssPages: 500, ...neverKilled }), big], invocation };
    expect(runOn("v2.6.36", shared).victim?.pid).toBe(10);
    for (const kernel of ["v2.6.37", "v3.1", "el6-2.6.32-642"]) expect(runOn(kernel, shared).victim?.pid).toBe(30);
    expect(runOn("v3.2", shared).victim?.pid).toBe(10);
  });

  it("passes over a kernel thread and a task without memory", () => {
    for (const flags of [{ kthread: true }, {}]) {
      const gone = { tasks: [task(10, { mm: null, flags }), big], invocation };
      for (const kernel of ["v2.6.36", "v4.4", "v7.3"]) expect(runOn(kernel, gone).victim?.pid).toBe(30);
    }
  });
});

describe("a memory policy or cpuset up to v2.6.35", () => {
  const nodes = [
    { spannedPages: 600_000, presentPages: 500_000 },
    { spannedPages: 500_000, presentPages: 500_000 },
  ];
  const policy = { tasks: [invoker, big], invocation: { current: 10, nodemask: [0] }, machine: { nodes } };
  const cpuset = { tasks: [{ ...invoker, memsAllowed: [0] }, big], invocation: { current: 10 }, machine: { nodes } };

  it("kills the invoker without a scan", () => {
    for (const kernel of ["v2.6.18", "v2.6.24", "v2.6.35"]) expect(runOn(kernel, policy).victim?.pid).toBe(10);
    expect(runOn("v2.6.36", policy).victim?.pid).toBe(30);
    for (const kernel of ["v2.6.18", "v2.6.22"]) expect(runOn(kernel, cpuset).victim?.pid).toBe(10);
    for (const kernel of ["v2.6.24", "v2.6.36"]) expect(runOn(kernel, cpuset).victim?.pid).toBe(30);
  });
});

describe("nothing eligible", () => {
  const parts = { tasks: [task(10, neverKilled)], invocation: { current: 10 } };
  const inMemcg = {
    memcgs,
    tasks: [task(10, { memcg: 1, ...neverKilled }), task(30)],
    invocation: { kind: "memcg", memcg: 1, current: 10 } as const,
  };

  it("panics system-wide", () => {
    for (const kernel of ["v2.6.20", "v2.6.35", "v3.0", "v4.18", "el8-4.18.0-80"]) {
      expect(runOn(kernel, parts).panic).toBe("Out of memory and no killable processes...");
    }
    for (const kernel of ["v4.19", "v7.3", "el8-4.18.0-147"]) {
      expect(runOn(kernel, parts).panic).toBe("System is deadlocked on memory");
    }
  });

  it("never leaves the loop in a memcg up to v2.6.34, and ends quietly since", () => {
    for (const kernel of ["v2.6.28", "v2.6.32", "v2.6.34"]) expect(runOn(kernel, inMemcg).outcome).toBe("livelock");
    for (const kernel of ["v2.6.35", "v2.6.36", "v3.9", "v4.9", "v5.9"])
      expect(runOn(kernel, inMemcg).outcome).toBe("no_kill");
  });

  it("does not panic for sysrq since v4.3", () => {
    const sysrq = { ...parts, invocation: { current: 10, order: -1 } };
    for (const kernel of ["v3.0", "v3.4.108", "v4.2"]) expect(runOn(kernel, sysrq).outcome).toBe("panic");
    for (const kernel of ["v4.3", "v4.14", "v4.19", "v7.3"]) expect(runOn(kernel, sysrq).outcome).toBe("no_kill");
  });
});
