import { describe, expect, it } from "vitest";
import { ending, runOn, task } from "./run.js";

const shortcut = { outcome: "shortcut", chosen: undefined, victim: undefined, signalled: [] };
const noKill = { outcome: "no_kill", chosen: undefined, victim: undefined, signalled: [] };
const big = task(20, { rssPages: 9000 });

describe("an exiting invoker", () => {
  const parts = { tasks: [task(10, { flags: { exiting: true } }), big], invocation: { current: 10 } };

  it("stops the scan of v2.6.18, which waits for any exiting task", () => {
    expect(ending(runOn("v2.6.18", parts))).toEqual(noKill);
  });

  it.each(["v2.6.20", "v2.6.24", "v2.6.31", "v2.6.32", "v2.6.35", "el5-2.6.18-194"])(
    "is chosen and killed without a line on %s",
    (kernel) => {
      const result = runOn(kernel, parts);
      expect(ending(result)).toEqual({ outcome: "killed", chosen: 10, victim: 10, signalled: [10] });
      expect(result.score).toBeNull();
    },
  );

  it.each(["v2.6.36", "v2.6.37", "v2.6.39", "v3.0", "v3.4.108", "v3.5", "v3.6", "v3.7", "el6-2.6.32-642"])(
    "is chosen by the scan and then only marked on %s",
    (kernel) => {
      expect(ending(runOn(kernel, parts))).toEqual({ ...shortcut, chosen: 10 });
    },
  );

  it.each([
    "v3.8",
    "v3.9",
    "v3.16",
    "v4.1",
    "v4.6",
    "v4.7",
    "v4.8",
    "v4.9",
    "v5.1",
    "v6.12",
    "el7-3.10.0-1160",
    "el8-4.18.0-348",
  ])("gets the reserves before any scan on %s", (kernel) => {
    expect(ending(runOn(kernel, parts))).toEqual(shortcut);
  });

  it("goes before panic_on_oom since v3.8", () => {
    const panics = { ...parts, invocation: { current: 10, panicOnOom: 2 } };
    expect(runOn("v3.7", panics).outcome).toBe("panic");
    expect(runOn("v3.8", panics).outcome).toBe("shortcut");
  });

  it("needs an address space since v4.0", () => {
    const gone = { tasks: [task(10, { mm: null, flags: { exiting: true } }), big], invocation: { current: 10 } };
    expect(runOn("v3.19", gone).outcome).toBe("shortcut");
    expect(runOn("v4.0", gone).outcome).toBe("killed");
    expect(runOn("v6.1", gone).outcome).toBe("killed");
  });
});

describe("an exiting invoker with another thread", () => {
  const threads = [task(10, { flags: { exiting: true } }), task(11, { tgid: 10, mm: 10 }), big];

  it("is dying by itself up to v4.6, with its whole group since", () => {
    const parts = { tasks: threads, invocation: { current: 10 } };
    expect(runOn("v4.6", parts).outcome).toBe("shortcut");
    expect(runOn("v4.7", parts).outcome).toBe("killed");
    expect(runOn("v4.8", parts).outcome).toBe("killed");
  });

  it("is dying when the group exits", () => {
    const [first, second] = threads.map((one) =>
      one.tgid === 10 ? { ...one, flags: { ...one.flags, groupExit: true } } : one,
    );
    const parts = { tasks: [first as typeof big, second as typeof big, big], invocation: { current: 10 } };
    expect(runOn("v4.7", parts).outcome).toBe("shortcut");
    expect(runOn("v4.8", parts).outcome).toBe("shortcut");
    expect(runOn("v7.3", parts).outcome).toBe("shortcut");
  });
});

describe("an invoker that only shares its dying", () => {
  // Since v4.8 every process of the address space must be dying.
  const alone = {
    tasks: [task(10, { flags: { groupExit: true } }), task(12, { mm: 10 }), big],
    invocation: { current: 10 },
  };

  it("is not let through while another process keeps the address space", () => {
    expect(runOn("v4.8", alone).outcome).toBe("killed");
    expect(runOn("v6.1", alone).outcome).toBe("killed");
  });

  it("is let through when that one is dying too", () => {
    const both = {
      ...alone,
      tasks: [task(10, { flags: { groupExit: true } }), task(12, { mm: 10, flags: { groupExit: true } }), big],
    };
    expect(runOn("v4.8", both).outcome).toBe("shortcut");
  });

  it("is not let through when its address space was reaped", () => {
    const reaped = {
      tasks: [task(10, { flags: { groupExit: true, oomSkip: true } }), big],
      invocation: { current: 10 },
    };
    expect(runOn("v4.8", reaped).outcome).toBe("killed");
  });
});

describe("a pending SIGKILL of the invoker", () => {
  const parts = { tasks: [task(10, { flags: { fatalSignal: true } }), big], invocation: { current: 10 } };

  it("lets it through from v2.6.36 to v4.7", () => {
    expect(runOn("v2.6.35", parts).outcome).toBe("killed");
    for (const kernel of ["v2.6.36", "v3.0", "v3.8", "v4.7"]) expect(runOn(kernel, parts).outcome).toBe("shortcut");
    expect(runOn("v4.8", parts).outcome).toBe("killed");
  });
});

describe("another exiting task", () => {
  const parts = { tasks: [task(10), task(15, { flags: { exiting: true } }), big], invocation: { current: 10 } };
  const killed = { outcome: "killed", chosen: 20, victim: 20, signalled: [20] };

  it.each([
    "v2.6.18",
    "v2.6.20",
    "v2.6.31",
    "v2.6.35",
    "v2.6.36",
    "v2.6.39",
    "v3.4.108",
    "v3.8",
    "v3.16",
    "v4.1",
    "v4.5",
    "el6-2.6.32-642",
    "el7-3.10.0-1160",
  ])("stops the scan of %s", (kernel) => {
    expect(ending(runOn(kernel, parts))).toEqual(noKill);
  });

  it.each(["v4.6", "v4.9", "v5.9", "v7.3", "el8-4.18.0-80"])("is weighed like others by %s", (kernel) => {
    expect(ending(runOn(kernel, parts))).toEqual(killed);
  });

  it("does not stop sysrq since v3.4", () => {
    const sysrq = { ...parts, invocation: { current: 10, order: -1 } };
    expect(ending(runOn("v3.0", sysrq))).toEqual(noKill);
    for (const kernel of ["v3.4.108", "v3.6", "v3.9", "v4.1"]) expect(ending(runOn(kernel, sysrq))).toEqual(killed);
  });

  it("does not stop the scan when it dumps core, since v3.19", () => {
    const core = { ...parts, tasks: [task(10), task(15, { flags: { exiting: true, coreDump: true } }), big] };
    expect(ending(runOn("v3.18", core))).toEqual(noKill);
    expect(ending(runOn("v3.19", core))).toEqual(killed);
  });

  it("stops v2.6.36 and v2.6.37 only when it is single-threaded and has an address space", () => {
    const threaded = {
      ...parts,
      tasks: [task(10), task(15, { flags: { exiting: true } }), task(16, { tgid: 15, mm: 15 }), big],
    };
    const gone = { ...parts, tasks: [task(10), task(15, { mm: null, flags: { exiting: true } }), big] };
    for (const kernel of ["v2.6.36", "v2.6.37"]) {
      expect(ending(runOn(kernel, parts))).toEqual(noKill);
      expect(ending(runOn(kernel, threaded))).toEqual(killed);
      expect(ending(runOn(kernel, gone))).toEqual(killed);
    }
    expect(ending(runOn("v2.6.39", threaded))).toEqual(noKill);
    expect(ending(runOn("v2.6.39", gone))).toEqual(killed);
  });

  it("does not stop v2.6.18 when it is at -17", () => {
    const disabled = {
      ...parts,
      tasks: [task(10), task(15, { oomAdj: -17, oomScoreAdj: -1000, flags: { exiting: true } }), big],
    };
    expect(ending(runOn("v2.6.18", disabled))).toEqual(killed);
    expect(ending(runOn("v2.6.20", disabled))).toEqual(noKill);
  });

  it("stops a memcg scan inside the cgroup alone", () => {
    const memcgs = [{ id: 1, limitPages: 50_000, memswPages: 50_000, swappiness: 60, oomGroup: false }];
    const invocation = { kind: "memcg", memcg: 1, current: 10 } as const;
    const inside = (memcg: number) => ({
      memcgs,
      invocation,
      tasks: [
        task(10, { memcg: 1 }),
        task(15, { memcg, flags: { exiting: true } }),
        task(20, { memcg: 1, rssPages: 9000 }),
      ],
    });
    for (const kernel of ["v2.6.31", "v2.6.36", "v3.0", "v3.9"]) {
      expect(ending(runOn(kernel, inside(1)))).toEqual(noKill);
      expect(ending(runOn(kernel, inside(0)))).toEqual(killed);
    }
  });
});

describe("a chosen task that is dying", () => {
  // It leaves through group exit, and is not the invoker.
  const parts = {
    tasks: [task(10), task(20, { rssPages: 9000, flags: { groupExit: true } })],
    invocation: { current: 10 },
  };

  it("is only marked since v4.8", () => {
    expect(ending(runOn("v4.6", parts))).toEqual({ outcome: "killed", chosen: 20, victim: 20, signalled: [20] });
    expect(ending(runOn("v4.7", parts))).toEqual({ outcome: "killed", chosen: 20, victim: 20, signalled: [20] });
    for (const kernel of ["v4.8", "v4.10", "v5.1", "v5.15", "v7.3"]) {
      expect(ending(runOn(kernel, parts))).toEqual({ ...shortcut, chosen: 20 });
    }
  });

  it("is only marked on v4.6 and v4.7 when it is exiting", () => {
    const exiting = {
      tasks: [task(10), task(20, { rssPages: 9000, flags: { exiting: true } })],
      invocation: { current: 10 },
    };
    expect(ending(runOn("v4.6", exiting))).toEqual({ ...shortcut, chosen: 20 });
    expect(ending(runOn("v4.7", exiting))).toEqual({ ...shortcut, chosen: 20 });
  });

  it("dies instead of its children, which are spared", () => {
    const parent = { ...parts, tasks: [...parts.tasks, task(21, { ppid: 20, rssPages: 50 })] };
    expect(ending(runOn("v4.14", parent))).toEqual({ ...shortcut, chosen: 20 });
  });
});

describe("a victim that is still dying", () => {
  const victim = (given: object) => ({
    tasks: [task(10), task(15, { flags: { victim: true }, ...given }), big],
    invocation: { current: 10 },
  });

  it("stops the scan when its address space is gone, since v3.1", () => {
    expect(ending(runOn("v3.0", victim({ mm: null }))).outcome).toBe("killed");
    expect(ending(runOn("v3.1", victim({ mm: null })))).toEqual(noKill);
    expect(ending(runOn("v4.4", victim({ mm: null })))).toEqual(noKill);
  });

  it("is known by any thread where threads are visited, by its leader before v2.6.39, by its process since v4.7", () => {
    const thread = {
      tasks: [task(10), task(15), task(16, { tgid: 15, mm: 15, flags: { victim: true } }), big],
      invocation: { current: 10 },
    };
    expect(ending(runOn("v2.6.31", thread))).toEqual(noKill);
    expect(runOn("v2.6.36", thread).outcome).toBe("killed");
    for (const kernel of ["v2.6.39", "v3.9", "v4.6", "v4.7", "v4.9", "v6.1"])
      expect(ending(runOn(kernel, thread))).toEqual(noKill);
  });

  it("does not stop a scan that it is outside of", () => {
    const memcgs = [{ id: 1, limitPages: 50_000, memswPages: 50_000, swappiness: 60, oomGroup: false }];
    const parts = {
      memcgs,
      invocation: { kind: "memcg", memcg: 1, current: 10 } as const,
      tasks: [task(10, { memcg: 1 }), task(15, { flags: { victim: true } }), task(20, { memcg: 1, rssPages: 9000 })],
    };
    for (const kernel of ["v2.6.32", "v2.6.39", "v3.6", "v4.8", "v4.9", "v5.3"])
      expect(runOn(kernel, parts).victim?.pid).toBe(20);
  });
});
