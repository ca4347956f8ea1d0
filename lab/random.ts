import type { Fact } from "./facts.js";
import { type Cgroup, type MachineNeeds, protectedTrigger, type Scenario, scenario, type Task } from "./scenario.js";

/** Numbers that look random and follow from a seed alone (SplitMix32). */
export class RandomNumbers {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32;
  }

  /** A whole number in [low, high]. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** True with a probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[this.between(0, list.length - 1)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  }
}

type Surroundings = "plain" | "swap" | "nodes" | "cgroup" | "cgroup1" | "sysrq";

/** How often each kind comes, in percent. Those that share a machine share a boot. */
const surroundings: readonly { readonly kind: Surroundings; readonly percent: number }[] = [
  { kind: "plain", percent: 34 },
  { kind: "cgroup", percent: 26 },
  { kind: "swap", percent: 14 },
  { kind: "nodes", percent: 12 },
  { kind: "sysrq", percent: 8 },
  { kind: "cgroup1", percent: 6 },
];

const machines: Readonly<Record<Surroundings, Partial<MachineNeeds>>> = {
  plain: {},
  swap: { swap: "disk" },
  nodes: { nodes: 2 },
  cgroup: {},
  cgroup1: { cgroups: 1 },
  sysrq: {},
};

/**
 * A scenario that follows from a seed and an index alone: three to ten tasks of mixed sizes, adjustments and kinds, in a
 * machine, a cgroup or on a node that runs out of memory.
 */
export function randomScenario(seed: number, index: number): Scenario {
  const random = new RandomNumbers(Math.imul(seed, 0x01000193) ^ Math.imul(index + 1, 0x5bd1e995));
  const kind = pickSurroundings(random);
  const cgroups = kind === "cgroup" || kind === "cgroup1" ? randomCgroups(random, kind) : [];
  const tasks = randomTasks(random, kind, cgroups);
  const trigger = kind === "sysrq" ? [] : [randomTrigger(random, kind, cgroups)];
  // A trigger that dies itself kills nobody after that.
  const isLasting = trigger.every((task) => task.adj === -1000);
  const kills = isLasting && random.chance(0.3) ? 2 : 1;
  return scenario({
    name: `random-${seed}-${index}`,
    title: `${tasks.length} tasks, ${kind}`,
    decidedBy: decidingFacts(tasks, cgroups, kind),
    machine: machines[kind],
    needs: kind === "cgroup1" ? { config: ["MEMCG_V1"] } : {},
    cgroups,
    tasks: [...tasks, ...trigger],
    sysrq: kind === "sysrq" ? kills : 0,
    kills,
  });
}

/** The random scenario of a name that {@link randomScenario} gave, or null. */
export function randomScenarioNamed(name: string): Scenario | null {
  const match = /^random-(\d+)-(\d+)$/.exec(name);
  return match === null ? null : randomScenario(Number(match[1]), Number(match[2]));
}

function pickSurroundings(random: RandomNumbers): Surroundings {
  let left = random.between(1, 100);
  for (const { kind, percent } of surroundings) {
    left -= percent;
    if (left <= 0) return kind;
  }
  return "plain";
}

/** Up to three cgroups; the first has the limit, and the second is in it. */
function randomCgroups(random: RandomNumbers, kind: "cgroup" | "cgroup1"): readonly Cgroup[] {
  const count = random.between(1, 3);
  const group = (): { readonly oomGroup?: true } =>
    kind === "cgroup" && random.chance(0.15) ? { oomGroup: true } : {};
  const all: readonly Cgroup[] = [
    { path: "/A", limit: random.between(26, 44), ...group() },
    { path: "/A/inner", ...group() },
    { path: "/B", ...group() },
  ];
  return all.slice(0, count);
}

function randomTasks(random: RandomNumbers, kind: Surroundings, cgroups: readonly Cgroup[]): readonly Task[] {
  const count = random.between(sureTasks, 10);
  // What all tasks of a confined place may hold together, in percent of the free memory.
  const room = { plain: 70, swap: 85, nodes: 30, sysrq: 60, cgroup: 18, cgroup1: 18 }[kind];
  const sizes = randomSizes(random, count, room);
  const tasks: Task[] = [];
  for (const [index, size] of sizes.entries()) tasks.push(randomTask(random, kind, cgroups, tasks, index, size));
  return tasks;
}

/** Shares of the room, in hundredths of a percent; now and then one is equal or almost equal to the one before. */
function randomSizes(random: RandomNumbers, count: number, room: number): readonly number[] {
  const weights = Array.from({ length: count }, () => 0.15 + random.next());
  const scale = (room * (0.5 + random.next() * 0.5)) / weights.reduce((sum, weight) => sum + weight, 0);
  const sizes: number[] = [];
  for (const weight of weights) {
    const before = sizes.at(-1);
    const own = Math.max(0.1, Math.round(weight * scale * 100) / 100);
    const isTwin = before !== undefined && before <= own && random.chance(0.25);
    sizes.push(isTwin ? before + (random.chance(0.5) ? 0 : 0.01) : own);
  }
  return sizes;
}

/** Tasks at the front that can be chosen wherever memory runs out: without any, the kernel would panic. */
const sureTasks = 3;

function randomTask(
  random: RandomNumbers,
  kind: Surroundings,
  cgroups: readonly Cgroup[],
  before: readonly Task[],
  index: number,
  size: number,
): Task {
  const isSure = index < sureTasks;
  const possibleParents = before.filter((task) => task.uid === undefined && task.leaderExits !== true && !task.vfork);
  const parent = possibleParents.length > 0 && random.chance(0.2) ? random.pick(possibleParents) : undefined;
  const cgroup = cgroups.length === 0 ? undefined : random.pick(leaves(cgroups, isSure)).path;
  const sharing = !isSure && parent !== undefined && random.chance(0.15);
  const task: Task = {
    id: `t${index}`,
    comm: randomName(random, index),
    ...(parent === undefined ? {} : { parent: parent.id }),
    ...(cgroup === undefined ? {} : { cgroup }),
    // Their memory must be where the trigger wants some, or all die for nothing and the kernel panics.
    ...(kind === "nodes" && isSure ? { bindNode: 1 } : {}),
    ...(kind === "nodes" && !isSure && random.chance(0.6) ? { bindNode: random.between(0, 1) } : {}),
  };
  // A second process in its parent's address space: all that it has is the parent's, its oom_score_adj too.
  if (sharing) return { ...task, sharesMm: true, ...(parent.adj === undefined ? {} : { adj: parent.adj }) };
  return {
    ...task,
    adj: randomAdj(random, isSure),
    ...randomMemory(random, kind, size),
    ...(random.chance(0.2) ? { uid: random.pick([1000, 33, 65534, 100000]) } : {}),
    ...(random.chance(0.2) ? { threads: random.between(1, 5) } : {}),
    ...(random.chance(0.05) ? { leaderExits: true } : {}),
    ...(random.chance(0.05) ? { stopped: true } : {}),
  };
}

/** Where tasks may be: a cgroup with others in it takes none. Within the one that has the limit, if need be. */
function leaves(cgroups: readonly Cgroup[], limited: boolean): readonly Cgroup[] {
  return cgroups
    .filter(({ path }) => !cgroups.some((other) => other.path.startsWith(`${path}/`)))
    .filter(({ path }) => !limited || path.startsWith("/A"));
}

function randomAdj(random: RandomNumbers, isSure: boolean): number {
  const kind = random.next();
  if (kind < 0.5) return 0;
  if (kind < 0.65) return random.between(-30, 30);
  if (kind < 0.85) return random.between(-400, 400);
  return kind < 0.93 || isSure ? random.between(-999, 1000) : -1000;
}

function randomMemory(random: RandomNumbers, kind: Surroundings, size: number): Partial<Task> {
  const other = random.next();
  if (other < 0.1) return { file: size };
  if (other < 0.2) return { shmem: size };
  if (other < 0.3) return { anon: size / 2, shmem: size / 2 };
  if (kind === "swap" && other < 0.7) return { anon: size, swapped: size * random.next() };
  return { anon: size };
}

function randomName(random: RandomNumbers, index: number): string {
  return random.chance(0.15) ? random.pick(["a b", "x) y", "[kw/0:1]", "ü,pid=1", " z", "1 2 3"]) : `task-${index}`;
}

/** Mostly one that is never chosen; else one that grows and can be. */
function randomTrigger(random: RandomNumbers, kind: Surroundings, cgroups: readonly Cgroup[]): Task {
  const confined = {
    ...(cgroups.length === 0 ? {} : { cgroup: cgroups[1]?.path ?? "/A" }),
    ...(kind === "nodes" && random.chance(0.7) ? { bindNode: 1 } : {}),
  };
  if (random.chance(0.75)) return { ...protectedTrigger, ...confined };
  return { id: "trigger", adj: random.between(-500, 300), act: "alloc", ...confined };
}

function decidingFacts(tasks: readonly Task[], cgroups: readonly Cgroup[], kind: Surroundings): readonly Fact[] {
  const facts: Fact[] = ["points", "tie-order"];
  if (tasks.some((task) => task.leaderExits)) facts.push("thread-named");
  if (tasks.some((task) => task.sharesMm)) facts.push("mm-shared");
  if (cgroups.some((cgroup) => cgroup.oomGroup)) facts.push("oom-group");
  // Whether the machine has swap is not printed with a cgroup's limit.
  if (kind === "cgroup" || kind === "cgroup1") facts.push("memcg-swap-total");
  return facts;
}
