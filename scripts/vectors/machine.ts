import type { Capability, Machine, MachineTask, TaskFlag } from "../../src/model/machine.js";
import { fromBigInt, type Int64, parseInt64, toBigInt } from "../../src/model/units.js";

/** An integer of a vector: a decimal string from 2^53 on. */
export type VectorInteger = number | string;

/** A line of `scenarios.jsonl`. */
export interface VectorScenario {
  readonly id: string;
  readonly system: {
    readonly page_size: number;
    readonly hz: number;
    readonly totalram_pages: VectorInteger;
    readonly total_swap_pages: VectorInteger;
    readonly uptime_s: number;
    readonly cgroup_v2: boolean;
    readonly nodes: readonly { readonly spanned_pages: VectorInteger; readonly present_pages: VectorInteger }[];
  };
  readonly memcgs: readonly {
    readonly id: number;
    readonly parent?: number;
    readonly limit_pages: VectorInteger;
    readonly memsw_pages: VectorInteger | null;
    readonly swap_max_pages: VectorInteger | null;
    readonly swappiness: number;
    readonly oom_group: boolean;
  }[];
  readonly tasks: readonly VectorTask[];
  readonly invoke: {
    readonly kind: "global" | "memcg";
    readonly current: number;
    readonly memcg: number;
    readonly order: number;
    readonly nodemask: readonly number[] | null;
    readonly oom_kill_allocating_task: number;
    readonly panic_on_oom: number;
  };
}

/** A task of a scenario. */
export interface VectorTask {
  readonly pid: number;
  readonly tgid: number;
  readonly ppid: number;
  readonly comm: string;
  readonly uid: number;
  readonly caps: readonly Capability[];
  readonly nice: number;
  readonly utime_jiffies: VectorInteger;
  readonly stime_jiffies: VectorInteger;
  readonly start_time_s: VectorInteger;
  readonly total_vm: VectorInteger;
  readonly rss_anon: VectorInteger;
  readonly rss_file: VectorInteger;
  readonly rss_shmem: VectorInteger;
  readonly swapents: VectorInteger;
  readonly nr_ptes: VectorInteger;
  readonly nr_pmds: VectorInteger;
  readonly pgtables_bytes: VectorInteger;
  readonly oom_score_adj: number;
  readonly oom_adj: number;
  readonly mm: number;
  readonly flags: readonly string[];
  readonly memcg: number;
  readonly mems_allowed: readonly number[];
  readonly mempolicy: readonly number[];
}

/** The names that vectors give to the flags of a task; `no_mm` and the mm of kernel threads become an absent mm. */
const flagNames: Readonly<Record<string, TaskFlag>> = {
  kthread: "kthread",
  exiting: "exiting",
  group_exit: "groupExit",
  victim: "victim",
  oom_skip: "oomSkip",
  vfork: "vfork",
  origin: "origin",
};

/** A scenario as the machine that the selection runs on. */
export function machineOf(scenario: VectorScenario): Machine {
  const { system, memcgs, invoke } = scenario;
  return {
    pageSizeBytes: system.page_size,
    hz: system.hz,
    uptimeSeconds: system.uptime_s,
    totalramPages: integer(system.totalram_pages),
    totalSwapPages: integer(system.total_swap_pages),
    cgroupV2: system.cgroup_v2,
    nodes: system.nodes.map((node) => ({
      spannedPages: integer(node.spanned_pages),
      presentPages: integer(node.present_pages),
    })),
    memcgs: memcgs.map((memcg) => ({
      id: memcg.id,
      ...(memcg.parent === undefined ? {} : { parent: memcg.parent }),
      limitPages: integer(memcg.limit_pages),
      memswPages: memcg.memsw_pages === null ? null : integer(memcg.memsw_pages),
      swapMaxPages: memcg.swap_max_pages === null ? null : integer(memcg.swap_max_pages),
      swappiness: memcg.swappiness,
      oomGroup: memcg.oom_group,
    })),
    tasks: tasksOf(scenario.tasks),
    invocation: {
      kind: invoke.kind,
      current: invoke.current,
      ...(invoke.kind === "memcg" ? { memcg: invoke.memcg } : {}),
      order: invoke.order,
      nodemask: invoke.nodemask,
      oomKillAllocatingTask: invoke.oom_kill_allocating_task,
      panicOnOom: invoke.panic_on_oom,
    },
  };
}

/** The memory numbers of an address space are those of the first task that has it. */
function tasksOf(tasks: readonly VectorTask[]): readonly MachineTask[] {
  const owners = new Map<number, VectorTask>();
  for (const task of tasks) if (!owners.has(task.mm)) owners.set(task.mm, task);
  return tasks.map((task) => taskOf(task, owners.get(task.mm) ?? task));
}

function taskOf(task: VectorTask, owner: VectorTask): MachineTask {
  const flags: Partial<Record<TaskFlag, boolean>> = {};
  for (const name of task.flags) {
    const flag = flagNames[name];
    if (flag !== undefined) flags[flag] = true;
    else if (name !== "no_mm") throw new Error(`task ${task.pid} has the unknown flag ${name}`);
  }
  const rss = [owner.rss_anon, owner.rss_file, owner.rss_shmem].map(integer);
  return {
    pid: task.pid,
    tgid: task.tgid,
    ppid: task.ppid,
    name: task.comm,
    uid: task.uid,
    capabilities: task.caps,
    nice: task.nice,
    utimeJiffies: integer(task.utime_jiffies),
    stimeJiffies: integer(task.stime_jiffies),
    startTimeSeconds: integer(task.start_time_s),
    totalVmPages: integer(owner.total_vm),
    rssPages: fromBigInt(rss.reduce((sum: bigint, pages) => sum + toBigInt(pages), 0n)),
    swapPages: integer(owner.swapents),
    nrPtes: integer(owner.nr_ptes),
    nrPmds: integer(owner.nr_pmds),
    pgtablesBytes: integer(owner.pgtables_bytes),
    oomScoreAdj: task.oom_score_adj,
    oomAdj: task.oom_adj,
    mm: task.flags.includes("no_mm") || task.flags.includes("kthread") ? null : task.mm,
    flags,
    memcg: task.memcg,
    memsAllowed: task.mems_allowed,
    mempolicy: task.mempolicy,
  };
}

function integer(value: VectorInteger): Int64 {
  return parseInt64(String(value));
}
