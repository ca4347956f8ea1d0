import type { Invocation, Machine, MachineMemcg, MachineTask } from "../src/model/machine.js";
import type { OomReport } from "../src/model/report.js";
import type { TrueCgroup, TrueTask, Truth } from "./truth.js";

/**
 * The full machine of a lab run: everything that decides is taken from the truth, only the failed allocation from the
 * report.
 */
export function machineOfTruth(truth: Truth, report: OomReport): Machine {
  const { pageSizeBytes } = truth;
  const memcgIds = new Map(truth.cgroups.map(({ path }, index) => [path, index + 1]));
  const allNodes = truth.nodes.map((_, node) => node);
  return {
    pageSizeBytes,
    totalramPages: truth.totalRamPages,
    totalSwapPages: truth.totalSwapPages,
    cgroupV2: truth.cgroupVersion === 2,
    nodes: truth.nodes,
    memcgs: truth.cgroups.map((cgroup) => memcgOf(cgroup, memcgIds, pageSizeBytes)),
    tasks: [init(allNodes), ...truth.tasks.flatMap((task) => threadsOf(task, memcgIds, pageSizeBytes))],
    invocation: invocationOf(truth, report, memcgIds, allNodes),
  };
}

function init(allNodes: readonly number[]): MachineTask {
  return { pid: 1, tgid: 1, name: "init", uid: 0, rssPages: 0, mm: 1, flags: {}, memcg: 0, memsAllowed: allNodes };
}

/** The leader and its threads; a leader that has ended has no address space. */
function threadsOf(task: TrueTask, memcgIds: ReadonlyMap<string, number>, pageSizeBytes: number): MachineTask[] {
  const pages = (kb: number): number => (kb * 1024) / pageSizeBytes;
  return task.threadIds.map((tid) => ({
    pid: tid,
    tgid: task.pid,
    ppid: task.ppid,
    name: task.name,
    uid: task.uid,
    totalVmPages: pages(task.vmSizeKb),
    rssPages: pages(task.rssAnonKb + task.rssFileKb + task.rssShmemKb),
    swapPages: pages(task.vmSwapKb),
    pgtablesBytes: task.vmPteKb * 1024,
    oomScoreAdj: task.oomScoreAdj,
    mm: task.leaderExited && tid === task.pid ? null : task.mm,
    flags: task.vfork ? { vfork: true } : {},
    memcg: task.cgroup === null ? 0 : (memcgIds.get(task.cgroup) ?? 0),
    memsAllowed: parseNodes(task.memsAllowed),
    mempolicy: task.bindNode === null ? [] : [task.bindNode],
  }));
}

function memcgOf(cgroup: TrueCgroup, ids: ReadonlyMap<string, number>, pageSizeBytes: number): MachineMemcg {
  const pages = (bytes: number | null): number | null => (bytes === null ? null : Math.floor(bytes / pageSizeBytes));
  const parent = parentOf(cgroup.path, ids);
  return {
    id: ids.get(cgroup.path) ?? 0,
    ...(parent === 0 ? {} : { parent }),
    path: cgroup.path,
    // Without a limit it can not be the one that was hit, so that the value is never used.
    limitPages: pages(cgroup.limitBytes) ?? Number.MAX_SAFE_INTEGER,
    memswPages: pages(cgroup.memswLimitBytes),
    swapMaxPages: pages(cgroup.swapMaxBytes),
    ...(cgroup.swappiness === null ? {} : { swappiness: cgroup.swappiness }),
    oomGroup: cgroup.oomGroup,
  };
}

/** The nearest cgroup above that the scenario declares; those it only passes through have no limits. */
function parentOf(path: string, ids: ReadonlyMap<string, number>): number {
  for (let above = path; above.includes("/"); ) {
    above = above.slice(0, above.lastIndexOf("/"));
    const id = ids.get(above);
    if (id !== undefined) return id;
  }
  return 0;
}

function invocationOf(
  truth: Truth,
  report: OomReport,
  memcgIds: ReadonlyMap<string, number>,
  allNodes: readonly number[],
): Invocation {
  // Without a victim there is no summary line; the statistics are of the cgroup whose limit was hit.
  const oomMemcg = report.cgroup.oomMemcg ?? report.memcg?.stats[0]?.path ?? null;
  const current = report.trigger?.pid ?? undefined;
  const invoker = truth.tasks.find((task) => task.pid === current);
  const memcg = oomMemcg === null ? undefined : memcgIds.get(oomMemcg);
  const order = report.trigger?.order ?? 0;
  const isConfined = order >= 0 && oomMemcg === null && invoker?.bindNode !== null && invoker?.bindNode !== undefined;
  return {
    kind: oomMemcg === null ? "global" : "memcg",
    order,
    nodemask: isConfined && allNodes.length > 1 ? [invoker.bindNode] : null,
    oomKillAllocatingTask: truth.sysctl["vm.oom_kill_allocating_task"] ?? 0,
    panicOnOom: truth.sysctl["vm.panic_on_oom"] ?? 0,
    ...(current === undefined ? {} : { current }),
    ...(memcg === undefined ? {} : { memcg }),
  };
}

/** Node ids of a list such as `0-1,3`. */
export function parseNodes(list: string): readonly number[] {
  return list.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
