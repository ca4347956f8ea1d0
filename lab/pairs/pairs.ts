import type { Edit } from "../../src/model/what-if.js";
import { RandomNumbers } from "../random.js";
import { type MachineNeeds, type Scenario, scenario, type Task } from "../scenario.js";

const MIB = 1024 * 1024;

/** A scenario and the same with something changed, and that change as an edit of the first one's log. */
export interface Pair {
  readonly base: Scenario;
  readonly edits: readonly Edit[];
  readonly edited: Scenario;
}

type Place = "machine" | "cgroup" | "swap" | "ram" | "invoker";

/** What the scenarios run out of, one after the other. */
const places: readonly Place[] = ["machine", "cgroup", "invoker", "machine", "cgroup", "ram", "swap"];

/** Sizes are in whole MiB, so that an edit says the same to the log as to the guest. */
interface Plan {
  readonly name: string;
  readonly place: Place;
  readonly tasks: readonly PlannedTask[];
  readonly limitMib: number;
  readonly allocating: boolean;
  readonly machine: Partial<MachineNeeds>;
}

interface PlannedTask {
  readonly id: string;
  readonly mib: number;
  readonly adj: number;
}

/** Pairs that follow from a seed and an index alone: a base and a few changes of it, one of them of two things. */
export function pairsOf(seed: number, index: number): readonly Pair[] {
  const random = new RandomNumbers(Math.imul(seed, 0x01000193) ^ Math.imul(index + 1, 0x27d4eb2f));
  const place = places[index % places.length] ?? "machine";
  const base: Plan = {
    name: `pair-${seed}-${index}`,
    place,
    tasks: randomTasks(random, place),
    limitMib: random.between(70, 90),
    allocating: false,
    machine: {},
  };
  // A report of a cgroup does not tell the machine's swap: every second time the edit does.
  const told: readonly Edit[] =
    place === "cgroup" && index % places.length > 1 ? [{ kind: "swap", size: { bytes: 0, relative: false } }] : [];
  const single = changesFor(place).map((change) => change(random, base));
  return [...single, combined(random, place, base)].map(({ plan, edits }, number) => ({
    base: scenarioOf(base),
    edits: [...told, ...edits],
    edited: scenarioOf({ ...plan, name: `${base.name}-${number}` }),
  }));
}

interface Changed {
  readonly plan: Plan;
  readonly edits: readonly Edit[];
}

type Change = (random: RandomNumbers, plan: Plan) => Changed;

function changesFor(place: Place): readonly Change[] {
  switch (place) {
    case "machine":
      return [protectLargest, changeAdj, growTask, removeLargest, addTask];
    case "cgroup":
      return [protectLargest, changeAdj, growTask, addTask, changeLimit];
    case "invoker":
      return [allocatingTask, changeAdj];
    case "ram":
      return [moreRam, removeLargest];
    case "swap":
      return [moreSwap, changeAdj];
  }
}

function combined(random: RandomNumbers, place: Place, plan: Plan): Changed {
  const first = random.pick(changesFor(place))(random, plan);
  const second = (place === "invoker" ? changeAdj : growTask)(random, first.plan);
  return { plan: second.plan, edits: [...first.edits, ...second.edits] };
}

function randomTasks(random: RandomNumbers, place: Place): readonly PlannedTask[] {
  const count = random.between(3, 7);
  const room = place === "cgroup" ? 50 : 110;
  return Array.from({ length: count }, (_, index) => ({
    id: `app${index}`,
    mib: random.between(2, Math.floor((room / count) * 1.4)),
    adj: random.chance(0.4) ? 0 : random.between(-250, 250),
  }));
}

/** The process that is likely the first to die. */
function likely({ tasks }: Plan): PlannedTask {
  // One of 1000 units of oom_score_adj is about a quarter of a MiB.
  const points = ({ mib, adj }: PlannedTask): number => mib + adj / 4;
  const [largest] = [...tasks].sort((a, b) => points(b) - points(a));
  if (largest === undefined) throw new Error("a plan has tasks");
  return largest;
}

function withTask(plan: Plan, id: string, change: (task: PlannedTask) => PlannedTask): Plan {
  return { ...plan, tasks: plan.tasks.map((task) => (task.id === id ? change(task) : task)) };
}

function named(pattern: string): { readonly by: "name"; readonly pattern: string } {
  return { by: "name", pattern };
}

const protectLargest: Change = (random, plan) => {
  const { id } = likely(plan);
  const adj = random.pick([-1000, -500, -200]);
  return {
    plan: withTask(plan, id, (task) => ({ ...task, adj })),
    edits: [{ kind: "set-adj", tasks: named(id), adj }],
  };
};

const changeAdj: Change = (random, plan) => {
  const { id } = random.pick(plan.tasks);
  const adj = random.between(-300, 600);
  return {
    plan: withTask(plan, id, (task) => ({ ...task, adj })),
    edits: [{ kind: "set-adj", tasks: named(id), adj }],
  };
};

const growTask: Change = (random, plan) => {
  const { id } = random.pick(plan.tasks);
  const more = random.between(2, plan.place === "cgroup" ? 8 : 20);
  const size = { bytes: more * MIB, relative: true };
  return {
    plan: withTask(plan, id, (task) => ({ ...task, mib: task.mib + more })),
    edits: [{ kind: "resize", tasks: named(id), part: "rss", size }],
  };
};

const removeLargest: Change = (_, plan) => {
  const { id } = likely(plan);
  return {
    plan: { ...plan, tasks: plan.tasks.filter((task) => task.id !== id) },
    edits: [{ kind: "remove", tasks: named(id) }],
  };
};

const addTask: Change = (random, plan) => {
  const mib = random.between(4, plan.place === "cgroup" ? 15 : 40);
  const adj = random.between(-200, 400);
  return {
    plan: { ...plan, tasks: [...plan.tasks, { id: "added", mib, adj }] },
    edits: [
      { kind: "add", name: "added", rssBytes: mib * MIB, swapBytes: 0, pageTableBytes: 0, oomScoreAdj: adj, uid: 0 },
    ],
  };
};

const changeLimit: Change = (random, plan) => {
  const limitMib = plan.limitMib + random.pick([-12, 20, 40, 60]);
  return {
    plan: { ...plan, limitMib },
    edits: [{ kind: "memory-max", size: { bytes: limitMib * MIB, relative: false } }],
  };
};

const allocatingTask: Change = (_, plan) => ({
  plan: { ...plan, allocating: true },
  edits: [{ kind: "allocating-task", on: true }],
});

/** The machine of the lab has 288 MiB; the kernel manages nearly all that is added. */
const moreRam: Change = (_, plan) => ({
  plan: { ...plan, machine: { ...plan.machine, memory: 2 } },
  edits: [{ kind: "total-ram", size: { bytes: 288 * MIB, relative: true } }],
});

/** The disk of the lab, less the page that holds the swap area's head. */
const moreSwap: Change = (_, plan) => ({
  plan: { ...plan, machine: { ...plan.machine, swap: "disk" } },
  edits: [{ kind: "swap", size: { bytes: 256 * MIB - 4096, relative: false } }],
});

function scenarioOf({ name, place, tasks, limitMib, allocating, machine }: Plan): Scenario {
  const cgroup = place === "cgroup" ? { cgroup: "/A" } : {};
  // One that can be taken as the invoker, and that is never the choice by its points.
  const trigger: Task = { id: "trigger", adj: place === "invoker" ? -999 : -1000, act: "alloc", ...cgroup };
  return scenario({
    name,
    title: `${tasks.length} tasks, ${place}`,
    decidedBy: ["points", "tie-order", "allocating-task", "memcg-swap-total"],
    machine,
    sysctls: { "vm.oom_kill_allocating_task": allocating ? 1 : 0 },
    cgroups: place === "cgroup" ? [{ path: "/A", limit: { bytes: limitMib * MIB } }] : [],
    tasks: [...tasks.map(({ id, mib, adj }): Task => ({ id, anon: { bytes: mib * MIB }, adj, ...cgroup })), trigger],
  });
}
