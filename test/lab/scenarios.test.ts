import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planScenario } from "../../lab/plan.js";
import { RandomNumbers, randomScenario } from "../../lab/random.js";
import { groupByMachine } from "../../lab/run.js";
import { isIdle, type Scenario, scenario } from "../../lab/scenario.js";
import { scenarios } from "../../lab/scenarios/index.js";

const percent = (size: unknown): number => (typeof size === "number" ? size : 0);

/** What must hold for the guest program to be able to make it. */
function expectPossible(of: Scenario): void {
  const ids = of.tasks.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const paths = of.cgroups.map(({ path }) => path);
  for (const [index, task] of of.tasks.entries()) {
    expect(task.id).toMatch(/^\w+$/);
    if (task.parent !== undefined) expect(ids.indexOf(task.parent)).toBeLessThan(index);
    if (task.cgroup !== undefined) expect(paths).toContain(task.cgroup);
    if (task.comm !== undefined) expect(Buffer.from(task.comm as string).length).toBeLessThanOrEqual(15);
    if (task.bindNode !== undefined) expect(of.machine.nodes).toBe(2);
    if (task.swapped !== undefined) expect(percent(task.swapped)).toBeLessThanOrEqual(percent(task.anon));
    if (task.stuck) expect([of.machine.swap, of.machine.cgroups, task.cgroup]).toEqual(["disk", 2, expect.any(String)]);
    if (task.sharesMm || task.vfork) expect(task.parent).toBeDefined();
  }
  const held = of.tasks.reduce((sum, task) => sum + percent(task.anon) + percent(task.file) + percent(task.shmem), 0);
  expect(held).toBeLessThanOrEqual(of.machine.swap === "none" ? 72 : 135);
  const acts = of.sysrq > 0 || of.tasks.some((task) => task.act !== undefined);
  expect(acts).toBe(true);
  expect(of.tasks.length).toBeLessThanOrEqual(40);
}

describe("the named scenarios", () => {
  it("are at least sixty, with names of their own", () => {
    const names = scenarios.map(({ name }) => name);
    expect(names.length).toBeGreaterThanOrEqual(60);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^(?:g|m1|m2|n)_[a-z0-9_]+$/);
  });

  it.each(scenarios.map((one) => [one.name, one] as const))("%s can be made and says what decides", (_, one) => {
    expectPossible(one);
    expect(one.decidedBy.length).toBeGreaterThan(0);
    expect(one.title).toMatch(/^\S.*[^.]$/);
    expect(one.machine.cgroups).toBe(/^m1_|^n_cpuset1/.test(one.name) ? 1 : 2);
  });

  it("share a boot where they ask for the same machine, and a panic has its own", () => {
    const groups = groupByMachine(scenarios);
    for (const group of groups) {
      expect(new Set(group.map(({ machine }) => JSON.stringify(machine))).size).toBe(1);
      if (group.some(({ panics }) => panics)) expect(group.length).toBe(1);
    }
    expect(groups.flat().length).toBe(scenarios.length);
  });
});

describe("a plan", () => {
  it("is what the guest program reads", () => {
    const one = scenario({
      name: "g_plan",
      title: "All kinds of words",
      decidedBy: ["points"],
      sysctls: { "vm.oom_dump_tasks": 0 },
      cgroups: [{ path: "/a b", limit: 12.5, swapMax: { bytes: 0 }, oomGroup: true }],
      tasks: [
        { id: "x", comm: "näh\n=", uid: 4294967294, adj: -5, anon: 7.25, threads: 2, cgroup: "/a b" },
        { id: "y", parent: "x", vfork: true, act: "alloc", actLimit: { bytes: 4096 } },
      ],
    });
    expect(planScenario(one)).toEqual([
      "scenario g_plan",
      "set /proc/sys/vm/oom_dump_tasks 0",
      "cgroup /a%20b memory.max=f1250 memory.swap.max=b0 memory.oom.group=s1",
      "task id=x comm=n%C3%A4h%0A%3D cgroup=/a%20b uid=-2 adj=-5 anon=f725 threads=2",
      "task id=y comm=y parent=x vfork=1 act=alloc limit=b4096",
      "fire kills=1 sysrq=0 timeout=240000 settle=300 loglevel=7",
    ]);
  });
});

describe("the random scenarios", () => {
  const seeds = fc.record({ seed: fc.nat(), index: fc.nat(10_000) });

  it("follow from seed and index alone", () => {
    fc.assert(
      fc.property(seeds, ({ seed, index }) => {
        expect(randomScenario(seed, index)).toEqual(randomScenario(seed, index));
      }),
    );
    expect(randomScenario(1, 0).tasks).not.toEqual(randomScenario(1, 1).tasks);
    expect(randomScenario(1, 0).tasks).not.toEqual(randomScenario(2, 0).tasks);
  });

  it("can all be made", () => {
    fc.assert(
      fc.property(seeds, ({ seed, index }) => expectPossible(randomScenario(seed, index))),
      { numRuns: 500 },
    );
  });

  it("leave somebody to kill", () => {
    fc.assert(
      fc.property(seeds, ({ seed, index }) => {
        const { tasks, kills } = randomScenario(seed, index);
        const sure = tasks
          .filter((task) => task.adj !== -1000 && task.bindNode !== 0 && !task.sharesMm)
          .filter((task) => task.cgroup !== "/B" && task.id !== "trigger");
        expect(sure.length).toBeGreaterThan(kills);
      }),
    );
  });

  it("cover every kind of machine, ties, shared memory, groups and protected triggers", () => {
    const many = Array.from({ length: 300 }, (_, index) => randomScenario(7, index));
    const count = (test: (one: Scenario) => boolean): number => many.filter(test).length;
    expect(count(({ machine }) => machine.swap === "disk")).toBeGreaterThan(20);
    expect(count(({ machine }) => machine.nodes === 2)).toBeGreaterThan(20);
    expect(count(({ cgroups }) => cgroups.length > 1)).toBeGreaterThan(20);
    expect(count(({ sysrq }) => sysrq > 0)).toBeGreaterThan(10);
    expect(count(({ tasks }) => tasks.some(({ sharesMm }) => sharesMm))).toBeGreaterThan(5);
    expect(count(({ cgroups }) => cgroups.some(({ oomGroup }) => oomGroup))).toBeGreaterThan(5);
    expect(count(isIdle)).toBeGreaterThan(150);
  });

  it("come from numbers that spread evenly", () => {
    const random = new RandomNumbers(1);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++) {
      const digit = random.between(0, 9);
      counts[digit] = (counts[digit] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
