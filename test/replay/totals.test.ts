import { describe, expect, it } from "vitest";
import type { MachineMemcg } from "../../src/model/machine.js";
import { deriveTotals } from "../../src/replay/totals.js";
import { eraOf, machineWith, task } from "./run.js";

/** 300,000 pages of swap; a limit of 50,000 pages. */
function memcgTotalOn(kernel: string, given: Partial<MachineMemcg>, cgroupV2 = false) {
  const memcg = { id: 1, limitPages: 50_000, memswPages: null, swapMaxPages: null, swappiness: 60, ...given };
  const machine = machineWith({
    tasks: [task(10, { memcg: 1 })],
    memcgs: [memcg],
    invocation: { kind: "memcg", memcg: 1, current: 10 },
    machine: { totalSwapPages: 300_000, cgroupV2 },
  });
  return deriveTotals(machine, eraOf(kernel).traits);
}

describe("the total of a memcg", () => {
  it("nearly ignores swap on v2.6.36 and v2.6.37", () => {
    // 50,000 * 4096 bytes + 300,000 = 50,073 pages and a rest.
    expect(memcgTotalOn("v2.6.36", {})).toEqual({ constraint: "CONSTRAINT_MEMCG", totalPages: 50_073 });
    expect(memcgTotalOn("v2.6.37", { memswPages: 50_010 }).totalPages).toBe(50_010);
  });

  it("is the lower of limit and machine swap, and memsw limit", () => {
    for (const kernel of ["v2.6.39", "v3.6", "v3.9", "v4.4", "v4.14", "v5.9", "v6.1"]) {
      expect(memcgTotalOn(kernel, {}).totalPages).toBe(350_000);
      expect(memcgTotalOn(kernel, { memswPages: 70_000 }).totalPages).toBe(70_000);
      expect(memcgTotalOn(kernel, { memswPages: 50_000 }).totalPages).toBe(50_000);
    }
  });

  it("is the limit alone at swappiness 0, since v3.7 and some stable releases", () => {
    for (const kernel of ["v2.6.39", "v3.6", "v3.2"])
      expect(memcgTotalOn(kernel, { swappiness: 0 }).totalPages).toBe(350_000);
    for (const kernel of ["v3.7", "v4.4", "v5.9", "v6.1", "v3.2.71", "v3.4.108", "el6-2.6.32-642"]) {
      expect(memcgTotalOn(kernel, { swappiness: 0 }).totalPages).toBe(50_000);
    }
  });

  it("knows the swap limit of v2 since v4.5", () => {
    for (const kernel of ["v4.5", "v5.9", "v5.10", "v6.12"]) {
      expect(memcgTotalOn(kernel, { swapMaxPages: 20_000 }, true).totalPages).toBe(70_000);
      expect(memcgTotalOn(kernel, { swapMaxPages: 0 }, true).totalPages).toBe(50_000);
      expect(memcgTotalOn(kernel, {}, true).totalPages).toBe(350_000);
      // On v2 the machine's own swappiness counts.
      expect(memcgTotalOn(kernel, { swappiness: 0 }, true).totalPages).toBe(350_000);
    }
  });

  it("takes v1's memsw limit alone since v5.10", () => {
    expect(memcgTotalOn("v5.9", { swapMaxPages: 0 }).totalPages).toBe(50_000);
    expect(memcgTotalOn("v5.10", { swapMaxPages: 0 }).totalPages).toBe(350_000);
    expect(memcgTotalOn("el8-4.18.0-348", { swapMaxPages: 0 }).totalPages).toBe(50_000);
  });

  it("is at least 1 since v3.5", () => {
    expect(memcgTotalOn("v3.4.108", { limitPages: 0, swappiness: 0 }).totalPages).toBe(0);
    expect(memcgTotalOn("v3.5", { limitPages: 0, memswPages: 0 }).totalPages).toBe(1);
  });

  it("is not known without the machine's swap", () => {
    const { totalSwapPages: _, ...machine } = machineWith({
      tasks: [],
      memcgs: [{ id: 1, limitPages: 50_000 }],
      invocation: { kind: "memcg", memcg: 1 },
    });
    expect(deriveTotals(machine, eraOf("v6.1").traits).totalPages).toBeNull();
  });
});

describe("the total of nodes", () => {
  const nodes = [
    { spannedPages: 600_000, presentPages: 500_000 },
    { spannedPages: 510_000, presentPages: 505_000 },
  ];
  const totals = (
    kernel: string,
    memsAllowed: readonly number[],
    nodemask: readonly number[] | null,
    entry?: "page-fault",
  ) =>
    deriveTotals(
      machineWith({
        tasks: [task(10, { memsAllowed })],
        invocation: { current: 10, nodemask, ...(entry === undefined ? {} : { entry }) },
        machine: { nodes, totalSwapPages: 7000 },
      }),
      eraOf(kernel).traits,
    );

  it("is spanned pages up to v5.3, present pages since v5.4 and RHEL 8.4", () => {
    for (const kernel of ["v2.6.36", "v4.9", "v5.3", "el8-4.18.0-240"]) {
      expect(totals(kernel, [1], null)).toEqual({ constraint: "CONSTRAINT_CPUSET", totalPages: 517_000 });
      expect(totals(kernel, [0, 1], [0])).toEqual({ constraint: "CONSTRAINT_MEMORY_POLICY", totalPages: 607_000 });
    }
    for (const kernel of ["v5.4", "v6.8", "el8-4.18.0-305"]) {
      expect(totals(kernel, [1], null)).toEqual({ constraint: "CONSTRAINT_CPUSET", totalPages: 512_000 });
      expect(totals(kernel, [0, 1], [0])).toEqual({ constraint: "CONSTRAINT_MEMORY_POLICY", totalPages: 507_000 });
    }
  });

  it("is the whole machine when all nodes are allowed, and for a page fault", () => {
    for (const kernel of ["v2.6.36", "v6.8"]) {
      const whole = { constraint: "CONSTRAINT_NONE", totalPages: 1_007_000 };
      expect(totals(kernel, [0, 1], null)).toEqual(whole);
      expect(totals(kernel, [0, 1], [0, 1])).toEqual(whole);
      expect(totals(kernel, [1], null, "page-fault")).toEqual(whole);
    }
  });

  it("does not exist up to v2.6.35", () => {
    expect(totals("v2.6.35", [0, 1], null).totalPages).toBeNull();
  });
});
