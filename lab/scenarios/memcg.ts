import { protectedTrigger, type Scenario, type ScenarioDeclaration, scenario } from "../scenario.js";

/** Options that cgroup v1 needs from v6.11 on, where it can be left out of a kernel. */
const v1Config = ["MEMCG_V1"];

/** The same declaration on both hierarchies: `m1_NAME` and `m2_NAME`. */
function onBoth(declared: ScenarioDeclaration): readonly Scenario[] {
  return [onV1({ ...declared, name: `m1_${declared.name}` }), onV2({ ...declared, name: `m2_${declared.name}` })];
}

function onV1(declared: ScenarioDeclaration): Scenario {
  return scenario({
    ...declared,
    machine: { ...declared.machine, cgroups: 1 },
    needs: { ...declared.needs, config: v1Config },
  });
}

function onV2(declared: ScenarioDeclaration): Scenario {
  return scenario({ ...declared, machine: { ...declared.machine, cgroups: 2 } });
}

const A = "/A";
const limited = [{ path: A, limit: 32 }];
const triggerInA = { ...protectedTrigger, cgroup: A };

const pod = "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod5d2e3e3f_8c1a_4b5e_9f3a_0d6b1c2a7e88.slice";
const container = `${pod}/cri-containerd-8f1d3c5b7a9e0f2d4c6b8a0e1f3d5c7b9a1e3f5d7c9b0a2e4f6d8c0b1a3e5f7d.scope`;

/** Limits of memory cgroups, v1 and v2. */
export const memcg: readonly Scenario[] = [
  ...onBoth({
    name: "basic",
    title: "The growing task of a limited cgroup dies; a larger one outside lives",
    decidedBy: ["points"],
    cgroups: limited,
    tasks: [
      { id: "a1", anon: 4, cgroup: A },
      { id: "a2", anon: 8, cgroup: A },
      { id: "outside", anon: 30 },
      { id: "trigger", act: "alloc", cgroup: A },
    ],
  }),
  ...onBoth({
    name: "idle",
    title: "An idle task is the largest of the cgroup",
    decidedBy: ["points"],
    cgroups: limited,
    tasks: [
      { id: "a1", anon: 4, cgroup: A },
      { id: "a2", anon: 16, cgroup: A },
      { id: "outside", anon: 30 },
      triggerInA,
    ],
  }),
  ...onBoth({
    name: "adj",
    title: "oom_score_adj is scaled by the limit, not by the machine",
    decidedBy: ["points"],
    cgroups: limited,
    tasks: [
      { id: "a1", adj: 900, anon: 2, cgroup: A },
      { id: "a2", anon: 16, cgroup: A },
      { id: "a3", adj: -998, anon: 5, cgroup: A },
      triggerInA,
    ],
  }),
  ...onBoth({
    name: "adj_near",
    title: "An adj that would outweigh size by the machine's memory and does not by the limit",
    decidedBy: ["points", "memcg-swap-total"],
    cgroups: limited,
    tasks: [{ id: "plain", anon: 13, cgroup: A }, { id: "raised", adj: 150, anon: 6, cgroup: A }, triggerInA],
  }),
  ...onBoth({
    name: "ties",
    title: "Equal tasks in a cgroup",
    decidedBy: ["tie-order"],
    cgroups: limited,
    tasks: [
      { id: "t1", comm: "twin", anon: 8, cgroup: A },
      { id: "t2", comm: "twin", anon: 8, cgroup: A },
      { id: "t3", comm: "twin", anon: 8, cgroup: A },
      triggerInA,
    ],
  }),
  ...onBoth({
    name: "ties_nested",
    title: "Equal tasks in a parent and two children: the order of the walk decides",
    decidedBy: ["tie-order"],
    cgroups: [{ path: "/P", limit: 40 }, { path: "/P/A" }, { path: "/P/B" }],
    tasks: [
      { id: "b1", anon: 9, cgroup: "/P/B" },
      { id: "a1", anon: 9, cgroup: "/P/A" },
      { id: "b2", anon: 9, cgroup: "/P/B" },
      { ...protectedTrigger, cgroup: "/P/A" },
    ],
  }),
  ...onBoth({
    name: "nested",
    title: "The parent's limit is hit: tasks of both children are candidates",
    decidedBy: ["points"],
    cgroups: [
      { path: "/P", limit: 42 },
      { path: "/P/A", limit: 100 },
      { path: "/P/B", limit: 100 },
    ],
    tasks: [
      { id: "inA", anon: 5, cgroup: "/P/A" },
      { id: "inB", anon: 19, cgroup: "/P/B" },
      { ...protectedTrigger, cgroup: "/P/A" },
    ],
  }),
  ...onBoth({
    name: "nested_inner",
    title: "The inner limit is hit: the larger task beside it is no candidate",
    decidedBy: ["points"],
    cgroups: [{ path: "/P", limit: 70 }, { path: "/P/A", limit: 22 }, { path: "/P/B" }],
    tasks: [
      { id: "inA", anon: 9, cgroup: "/P/A" },
      { id: "inB", anon: 25, cgroup: "/P/B" },
      { ...protectedTrigger, cgroup: "/P/A" },
    ],
  }),
  ...onBoth({
    name: "k8s",
    title: "A pod as a container runtime makes it, with its oom_score_adj",
    decidedBy: ["points"],
    cgroups: [{ path: pod, limit: 36 }, { path: container, limit: 32 }, { path: `${pod}/cri-containerd-pause.scope` }],
    tasks: [
      { id: "pause", adj: -998, anon: 0.5, cgroup: `${pod}/cri-containerd-pause.scope` },
      { id: "java", adj: 974, anon: 5, threads: 12, act: "alloc", cgroup: container },
      { id: "sidecar", comm: "envoy", adj: 974, anon: 3, cgroup: container },
    ],
  }),
  ...onBoth({
    name: "children",
    title: "A parent with children in a cgroup",
    decidedBy: ["points"],
    cgroups: limited,
    tasks: [
      { id: "parent", anon: 10, cgroup: A },
      { id: "kid1", parent: "parent", anon: 3, cgroup: A },
      { id: "kid2", parent: "parent", anon: 5, cgroup: A },
      triggerInA,
    ],
  }),
  ...onBoth({
    name: "leaderexit",
    title: "An ended leader in a cgroup",
    decidedBy: ["points", "thread-named"],
    cgroups: limited,
    tasks: [
      { id: "L", anon: 17, threads: 3, leaderExits: true, cgroup: A },
      { id: "a1", anon: 3, cgroup: A },
      triggerInA,
    ],
  }),
  ...onBoth({
    name: "vfork",
    title: "A child in vfork in a cgroup",
    decidedBy: ["vfork"],
    cgroups: limited,
    tasks: [
      { id: "P", anon: 15, cgroup: A },
      { id: "V", comm: "vforkchild", parent: "P", vfork: true, cgroup: A },
      { id: "a1", anon: 3, cgroup: A },
      triggerInA,
    ],
  }),
  ...onBoth({
    name: "vmshare",
    title: "Two processes of a cgroup share an address space",
    decidedBy: ["mm-shared"],
    cgroups: limited,
    tasks: [
      { id: "S1", anon: 15, cgroup: A },
      { id: "S2", parent: "S1", sharesMm: true, cgroup: A },
      { id: "a1", anon: 3, cgroup: A },
      triggerInA,
    ],
  }),
  ...onBoth({
    name: "nokill",
    title: "Everybody in the cgroup is protected: nobody dies",
    decidedBy: ["no-victim"],
    kills: 0,
    timeoutMs: 8000,
    cgroups: limited,
    tasks: [{ id: "a1", adj: -1000, anon: 10, cgroup: A }, triggerInA],
  }),
  ...onBoth({
    name: "alloctask",
    title: "vm.oom_kill_allocating_task does not hold for a cgroup's limit",
    decidedBy: ["points"],
    cgroups: limited,
    sysctls: { "vm.oom_kill_allocating_task": 1 },
    tasks: [
      { id: "a2", anon: 19, cgroup: A },
      { id: "trigger", act: "alloc", actLimit: 18, cgroup: A },
    ],
  }),
  ...onBoth({
    name: "panic1",
    title: "vm.panic_on_oom=1 does not hold for a cgroup's limit",
    decidedBy: ["points"],
    cgroups: limited,
    sysctls: { "vm.panic_on_oom": 1 },
    tasks: [{ id: "a2", anon: 18, cgroup: A }, triggerInA],
  }),
  ...onBoth({
    name: "panic2",
    title: "vm.panic_on_oom=2 holds for a cgroup's limit",
    decidedBy: ["panic"],
    panics: true,
    kills: 0,
    cgroups: limited,
    sysctls: { "vm.panic_on_oom": 2 },
    tasks: [{ id: "a2", anon: 18, cgroup: A }, triggerInA],
  }),
  ...onBoth({
    name: "shm",
    title: "A shared segment is charged to who touched it first, and counts for all who map it",
    decidedBy: ["points"],
    cgroups: limited,
    tasks: [
      { id: "out1", anon: 0.5, shared: { key: "seg", size: 14 } },
      { id: "a1", anon: 4, shared: { key: "seg", size: 14 }, cgroup: A },
      { id: "a2", anon: 14, cgroup: A },
      triggerInA,
    ],
  }),
  ...onBoth({
    name: "many",
    title: "Sixteen tasks of a cgroup, three die",
    // On large pages neighbours come out equal.
    decidedBy: ["points", "tie-order"],
    kills: 3,
    cgroups: [{ path: A, limit: 40 }],
    tasks: [
      ...Array.from({ length: 16 }, (_, index) => ({
        id: `w${String(index).padStart(2, "0")}`,
        anon: 1 + (index % 3) * 0.5 + index * 0.05,
        cgroup: A,
      })),
      triggerInA,
    ],
  }),
  ...onBoth({
    name: "tmpfs",
    title: "A tmpfs file is charged to the cgroup of its writer",
    decidedBy: ["points"],
    cgroups: limited,
    tasks: [
      { id: "a1", anon: 4, cgroup: A },
      { id: "a2", anon: 6, cgroup: A },
      { id: "filler", adj: -1000, act: "tmpfs", cgroup: A },
    ],
  }),
  ...onBoth({
    name: "weirdpath",
    title: "A cgroup path with blanks, commas, equals signs and the words of the kernel's own line",
    decidedBy: ["points"],
    cgroups: [{ path: "/a,b=c d/kubepods.slice", limit: 32 }, { path: "/a,b=c d/kubepods.slice/pod€,task=x,pid=1" }],
    tasks: [
      { id: "a1", anon: 4, cgroup: "/a,b=c d/kubepods.slice/pod€,task=x,pid=1" },
      { id: "a2", anon: 15, cgroup: "/a,b=c d/kubepods.slice/pod€,task=x,pid=1" },
      { ...protectedTrigger, cgroup: "/a,b=c d/kubepods.slice/pod€,task=x,pid=1" },
    ],
  }),
  ...onBoth({
    name: "sysrq",
    title: "sysrq-f with cgroups: the whole machine is searched",
    decidedBy: ["points"],
    sysrq: 1,
    cgroups: limited,
    tasks: [
      { id: "a1", anon: 16, cgroup: A },
      { id: "outside", anon: 20 },
    ],
  }),
  onV1({
    name: "m1_memsw",
    title: "A limit on memory and swap together",
    decidedBy: ["points"],
    machine: { swap: "disk", kernelArguments: ["swapaccount=1"] },
    cgroups: [{ path: A, limit: 25, memswLimit: 33 }],
    tasks: [
      { id: "a1", anon: 10, cgroup: A },
      { id: "trigger", act: "alloc", cgroup: A },
    ],
  }),
  onV1({
    name: "m1_oomdisable",
    title: "The cgroup's OOM killer is off: its tasks wait and nobody dies",
    decidedBy: ["no-victim"],
    kills: 0,
    timeoutMs: 3000,
    cgroups: [{ path: A, limit: 25, oomKillDisable: true }],
    tasks: [
      { id: "a1", anon: 10, cgroup: A },
      { id: "trigger", act: "alloc", cgroup: A },
    ],
  }),
  onV2({
    name: "m2_group",
    title: "memory.oom.group: the whole cgroup dies with its victim",
    decidedBy: ["points", "oom-group"],
    cgroups: [{ path: A, limit: 32, oomGroup: true }],
    tasks: [
      { id: "g1", anon: 3, cgroup: A },
      { id: "g2", anon: 5, cgroup: A },
      { id: "g3", adj: -500, anon: 2, cgroup: A },
      { id: "outside", anon: 20 },
      { id: "trigger", act: "alloc", cgroup: A },
    ],
  }),
  onV2({
    name: "m2_group_m1000",
    title: "memory.oom.group spares who is protected",
    decidedBy: ["points", "oom-group"],
    cgroups: [{ path: A, limit: 32, oomGroup: true }],
    tasks: [
      { id: "g1", anon: 3, cgroup: A },
      { id: "g2", adj: -1000, anon: 5, cgroup: A },
      { id: "g3", anon: 2, cgroup: A },
      { id: "trigger", act: "alloc", cgroup: A },
    ],
  }),
  onV2({
    name: "m2_group_nested",
    title: "The limit of the parent, the group of a child",
    decidedBy: ["points", "oom-group"],
    cgroups: [{ path: "/P", limit: 42 }, { path: "/P/A", oomGroup: true }, { path: "/P/B" }],
    tasks: [
      { id: "a1", anon: 6, cgroup: "/P/A" },
      { id: "a2", anon: 15, cgroup: "/P/A" },
      { id: "b1", anon: 4, cgroup: "/P/B" },
      { ...protectedTrigger, cgroup: "/P/B" },
    ],
  }),
  onV2({
    name: "m2_group_parent",
    title: "The group of the parent takes its children's tasks with it",
    decidedBy: ["points", "oom-group"],
    cgroups: [{ path: "/P", limit: 42, oomGroup: true }, { path: "/P/A" }, { path: "/P/B" }],
    tasks: [
      { id: "a1", anon: 6, cgroup: "/P/A" },
      { id: "b1", anon: 10, cgroup: "/P/B" },
      { id: "trigger", act: "alloc", cgroup: "/P/A" },
    ],
  }),
  onV2({
    name: "m2_group_global",
    title: "A system-wide kill takes the victim's group with it",
    decidedBy: ["points", "oom-group"],
    cgroups: [{ path: A, oomGroup: true }],
    tasks: [
      { id: "g1", anon: 5, cgroup: A },
      { id: "g2", anon: 28, cgroup: A },
      { id: "outside", anon: 18 },
      protectedTrigger,
    ],
  }),
  onV2({
    name: "m2_swap",
    title: "A swap limit: both limits make the total",
    decidedBy: ["memcg-swap-total"],
    machine: { swap: "disk" },
    cgroups: [{ path: A, limit: 25, swapMax: 10 }],
    tasks: [
      { id: "a1", anon: 10, cgroup: A },
      { id: "trigger", act: "alloc", cgroup: A },
    ],
  }),
  onV2({
    name: "m2_swap0",
    title: "No swap for the cgroup on a machine that has some",
    decidedBy: ["points"],
    machine: { swap: "disk" },
    cgroups: [{ path: A, limit: 25, swapMax: { bytes: 0 } }],
    tasks: [{ id: "a1", adj: 100, anon: 10, cgroup: A }, { id: "a2", anon: 10, cgroup: A }, { ...triggerInA }],
  }),
  onV2({
    name: "m2_stuck",
    title: "The victim waits for a disk and can not die: the next largest does",
    decidedBy: ["already-victim"],
    machine: { swap: "disk" },
    // In the first five minutes of a 32-bit kernel, before jiffies wrap, letting the bio go is a BUG in blk-throttle.c.
    needs: { bits64: true, config: ["BLK_DEV_THROTTLING"] },
    cgroups: [{ path: A, limit: 40, swapMax: { bytes: 0 } }],
    // Pages of a shared file are not taken from a victim: its row stays the largest.
    tasks: [
      { id: "waits", anon: 4, file: 16, stuck: true, cgroup: A },
      { id: "next", anon: 10, cgroup: A },
      { id: "small", anon: 3, cgroup: A },
      triggerInA,
    ],
  }),
  onV2({
    name: "m2_swap_adj",
    title: "Unlimited swap: the total that scales oom_score_adj is not printed",
    decidedBy: ["memcg-swap-total"],
    machine: { swap: "disk" },
    cgroups: [{ path: A, limit: 20 }],
    tasks: [
      { id: "a2", adj: 40, anon: 6, cgroup: A },
      { id: "a3", anon: 7, cgroup: A },
      { id: "trigger", act: "alloc", cgroup: A },
    ],
  }),
  onV2({
    name: "m2_parallel",
    title: "Two cgroups hit their limits at the same time",
    decidedBy: ["points"],
    kills: 2,
    cgroups: [
      { path: "/A", limit: 20 },
      { path: "/B", limit: 20 },
    ],
    tasks: [
      { id: "a1", anon: 3, cgroup: "/A" },
      { id: "b1", anon: 3, cgroup: "/B" },
      { id: "trigA", act: "alloc", cgroup: "/A" },
      { id: "trigB", act: "alloc", cgroup: "/B" },
    ],
  }),
];
