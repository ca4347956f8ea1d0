import { protectedTrigger, type Scenario, type ScenarioDeclaration, scenario } from "../scenario.js";

function onTwoNodes(declared: ScenarioDeclaration): Scenario {
  return scenario({ ...declared, machine: { nodes: 2, ...declared.machine } });
}

/** Two nodes: memory policies and cpusets confine the request and who can be chosen. */
export const numa: readonly Scenario[] = [
  onTwoNodes({
    name: "n_global",
    title: "Two nodes, both full: a system-wide kill",
    decidedBy: ["points"],
    tasks: [{ id: "idle0", anon: 20, bindNode: 0 }, { id: "idle1", anon: 15, bindNode: 1 }, protectedTrigger],
  }),
  onTwoNodes({
    name: "n_bind",
    title: "A task bound to node 1 fills it and dies; larger ones on node 0 live",
    decidedBy: ["points"],
    tasks: [
      { id: "idle0", anon: 25, bindNode: 0 },
      { id: "idle1", anon: 6, bindNode: 1 },
      { id: "idled", anon: 8 },
      { id: "trigger", bindNode: 1, act: "alloc" },
    ],
  }),
  onTwoNodes({
    name: "n_bind_idle",
    title: "Node 1 is full: of those that may use it the largest dies",
    decidedBy: ["points"],
    tasks: [
      { id: "idle0", anon: 32, bindNode: 0 },
      { id: "idle1", anon: 20, bindNode: 1 },
      { id: "idled", anon: 4 },
      { ...protectedTrigger, bindNode: 1 },
    ],
  }),
  onTwoNodes({
    name: "n_bind_adj",
    title: "oom_score_adj is scaled by the node's memory",
    decidedBy: ["points"],
    tasks: [
      { id: "idle0", anon: 20, adj: 900, bindNode: 0 },
      { id: "plain", anon: 15, bindNode: 1 },
      { id: "raised", anon: 8, adj: 200, bindNode: 1 },
      { ...protectedTrigger, bindNode: 1 },
    ],
  }),
  onTwoNodes({
    name: "n_panic1",
    title: "vm.panic_on_oom=1 does not hold for a memory policy",
    decidedBy: ["points"],
    sysctls: { "vm.panic_on_oom": 1 },
    tasks: [
      { id: "idle1", anon: 20, bindNode: 1 },
      { ...protectedTrigger, bindNode: 1 },
    ],
  }),
  onTwoNodes({
    name: "n_cpuset1",
    title: "A cpuset (v1) of one node is full: its largest task dies",
    decidedBy: ["points"],
    machine: { cgroups: 1 },
    needs: { config: ["CPUSETS_V1", "MEMCG_V1"] },
    cgroups: [
      { path: "/A", nodes: "1" },
      { path: "/B", nodes: "0" },
    ],
    tasks: [
      { id: "inA", anon: 12, cgroup: "/A" },
      { id: "inB", anon: 25, cgroup: "/B" },
      { id: "free", anon: 8 },
      { id: "trigger", act: "alloc", cgroup: "/A" },
    ],
  }),
  onTwoNodes({
    name: "n_cpuset1_idle",
    title: "A cpuset (v1) of one node, its largest task idle",
    decidedBy: ["points"],
    machine: { cgroups: 1 },
    needs: { config: ["CPUSETS_V1", "MEMCG_V1"] },
    cgroups: [
      { path: "/A", nodes: "1" },
      { path: "/B", nodes: "0" },
    ],
    tasks: [
      { id: "inA", anon: 20, cgroup: "/A" },
      { id: "inB", anon: 26, cgroup: "/B" },
      { ...protectedTrigger, cgroup: "/A" },
    ],
  }),
  onTwoNodes({
    name: "n_cpuset2",
    title: "A cpuset (v2) of one node is full: its largest task dies",
    decidedBy: ["points"],
    cgroups: [
      { path: "/A", nodes: "1" },
      { path: "/B", nodes: "0" },
    ],
    tasks: [
      { id: "inA", anon: 12, cgroup: "/A" },
      { id: "inB", anon: 25, cgroup: "/B" },
      { id: "free", anon: 8 },
      { id: "trigger", act: "alloc", cgroup: "/A" },
    ],
  }),
  onTwoNodes({
    name: "n_cpuset2_idle",
    title: "A cpuset (v2) of one node, its largest task idle",
    decidedBy: ["points"],
    cgroups: [
      { path: "/A", nodes: "1" },
      { path: "/B", nodes: "0" },
    ],
    tasks: [
      { id: "inA", anon: 20, cgroup: "/A" },
      { id: "inB", anon: 26, cgroup: "/B" },
      { id: "adjusted", anon: 6, adj: 100, cgroup: "/A" },
      { ...protectedTrigger, cgroup: "/A" },
    ],
  }),
  onTwoNodes({
    name: "n_sysrq",
    title: "sysrq-f on two nodes",
    decidedBy: ["points"],
    sysrq: 1,
    tasks: [
      { id: "idle0", anon: 20, bindNode: 0 },
      { id: "idle1", anon: 25, bindNode: 1 },
    ],
  }),
];
