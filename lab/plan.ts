import type { Module } from "./host/modules.js";
import type { Cgroup, MachineNeeds, Scenario, Size, Task } from "./scenario.js";

/** The lines of /plan that prepare a boot: modules, swap, the cgroup hierarchy. */
export function planBoot(needs: MachineNeeds, modules: readonly Module[], zramBytes: number): readonly string[] {
  const lines = modules.map((module) => `module /modules/${module.name}`);
  if (needs.swap === "disk") lines.push("swap /dev/vda");
  if (needs.swap === "zram") lines.push(`write /sys/block/zram0/disksize ${zramBytes}`, "swap /dev/zram0");
  return [...lines, `cgroups ${needs.cgroups}`];
}

/** The lines of /plan that make one scenario. The guest program reads them in order; `fire` carries it out. */
export function planScenario(scenario: Scenario): readonly string[] {
  const { machine, kills, sysrq, timeoutMs, settleMs, loglevel } = scenario;
  return [
    `scenario ${scenario.name}`,
    ...Object.entries(scenario.sysctls).map(([name, value]) => `set ${settingPath(name)} ${value}`),
    ...scenario.cgroups.map((cgroup) =>
      words("cgroup", escapeBytes(cgroup.path), cgroupWords(cgroup, machine.cgroups)),
    ),
    ...scenario.tasks.map((task) => words("task", `id=${task.id}`, taskWords(task))),
    `fire kills=${kills} sysrq=${sysrq} timeout=${timeoutMs} settle=${settleMs} loglevel=${loglevel}`,
  ];
}

/** The file of a setting: a sysctl by its name, another by its path. */
function settingPath(name: string): string {
  return name.startsWith("/") ? name : `/proc/sys/${name.replaceAll(".", "/")}`;
}

type Word = readonly [key: string, value: string | undefined];

function words(verb: string, first: string, rest: readonly Word[]): string {
  const given = rest.flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
  return [verb, first, ...given].join(" ");
}

/** The files of a cgroup, in the order in which they are written. */
function cgroupWords(cgroup: Cgroup, version: 1 | 2): readonly Word[] {
  const nodes: Word = ["cpuset.mems", cgroup.nodes === undefined ? undefined : `s${cgroup.nodes}`];
  if (version === 2)
    return [
      nodes,
      ["memory.max", sizeWord(cgroup.limit)],
      ["memory.swap.max", sizeWord(cgroup.swapMax)],
      ["memory.min", sizeWord(cgroup.min)],
      ["memory.oom.group", cgroup.oomGroup === true ? "s1" : undefined],
    ];
  return [
    nodes,
    ["memory.limit_in_bytes", sizeWord(cgroup.limit)],
    ["memory.memsw.limit_in_bytes", sizeWord(cgroup.memswLimit)],
    ["memory.swappiness", cgroup.swappiness === undefined ? undefined : `s${cgroup.swappiness}`],
    ["memory.oom_control", cgroup.oomKillDisable === true ? "s1" : undefined],
  ];
}

function taskWords(task: Task): readonly Word[] {
  const flag = (value: true | undefined): string | undefined => (value === true ? "1" : undefined);
  const number = (value: number | undefined): string | undefined => value?.toString();
  return [
    ["comm", escapeBytes(task.comm ?? task.id)],
    ["parent", task.parent],
    ["cgroup", task.cgroup === undefined ? undefined : escapeBytes(task.cgroup)],
    // The guest keeps it in a C int.
    ["uid", task.uid === undefined ? undefined : String(task.uid | 0)],
    ["adj", number(task.adj)],
    ["anon", sizeWord(task.anon)],
    ["file", sizeWord(task.file)],
    ["shmem", sizeWord(task.shmem)],
    ["key", task.shared?.key],
    ["shared", sizeWord(task.shared?.size)],
    ["pagetables", sizeWord(task.pageTables)],
    ["reserved", sizeWord(task.reserved)],
    ["swapped", sizeWord(task.swapped)],
    ["locked", flag(task.locked)],
    ["hugepages", number(task.hugePages)],
    ["threads", number(task.threads)],
    ["leaderexits", flag(task.leaderExits)],
    ["sharesmm", flag(task.sharesMm)],
    ["vfork", flag(task.vfork)],
    ["pidns", flag(task.pidNamespace)],
    ["inherits", flag(task.inherits)],
    ["stopped", flag(task.stopped)],
    ["stuck", flag(task.stuck)],
    ["node", number(task.bindNode)],
    ["act", task.act],
    ["limit", sizeWord(task.actLimit)],
  ];
}

/** `f1250` is 12.5 % of the free memory, `b4096` is bytes. */
function sizeWord(size: Size | undefined): string | undefined {
  if (size === undefined) return undefined;
  return typeof size === "number" ? `f${Math.round(size * 100)}` : `b${size.bytes}`;
}

/** Bytes as they are where they are plain, else `%XX`. */
function escapeBytes(text: string | Uint8Array): string {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return Array.from(bytes, (byte) =>
    byte > 0x20 && byte < 0x7f && byte !== 0x25 && byte !== 0x3d
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).padStart(2, "0").toUpperCase()}`,
  ).join("");
}
