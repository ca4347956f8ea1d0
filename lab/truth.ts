import type { Death, Hello, Observation } from "./observation.js";
import { isIdle, type Scenario } from "./scenario.js";

/** A task just before the trigger, from /proc. Sizes in kB. */
export interface TrueTask {
  readonly id: string;
  readonly pid: number;
  readonly ppid: number;
  readonly name: string;
  readonly uid: number;
  readonly state: string;
  readonly threadIds: readonly number[];
  /** The leader has ended. */
  readonly leaderExited: boolean;
  readonly oomScore: number;
  readonly oomScoreAdj: number;
  readonly vmSizeKb: number;
  readonly rssAnonKb: number;
  readonly rssFileKb: number;
  readonly rssShmemKb: number;
  readonly vmSwapKb: number;
  readonly vmPteKb: number;
  /** Effective capabilities, hexadecimal. */
  readonly capabilities: string;
  /** Node list of the cpuset. */
  readonly memsAllowed: string;
  /** Id of the address space: the pid of the process that made it. */
  readonly mm: number;
  readonly vfork: boolean;
  readonly bindNode: number | null;
  readonly cgroup: string | null;
  /** What it does after this was read; null: it blocks. */
  readonly act: string | null;
}

/** A memory cgroup just before the trigger. Null: no limit, or no such file on this hierarchy. */
export interface TrueCgroup {
  readonly path: string;
  readonly limitBytes: number | null;
  readonly swapMaxBytes: number | null;
  readonly memswLimitBytes: number | null;
  readonly swappiness: number | null;
  readonly oomGroup: boolean;
}

/** What was true when a scenario ran, and who died: the witness that a log is held against. */
export interface Truth {
  /** Where the log comes from, in a sentence. */
  readonly source: string;
  readonly scenario: string;
  readonly decidedBy: readonly string[];
  /** Every task that can be chosen was blocked from the reading to the kill. */
  readonly idle: boolean;
  /** The lab's id of the kernel. */
  readonly kernelId: string;
  /** `uname -r`, `uname -v`, `uname -m`. */
  readonly kernel: string;
  readonly kernelVersion: string;
  readonly arch: string;
  readonly pageSizeBytes: number;
  readonly cpus: number;
  readonly cgroupVersion: 1 | 2;
  readonly totalRamPages: number;
  readonly totalSwapPages: number;
  /** Sums of the zones of each node. */
  readonly nodes: readonly { readonly spannedPages: number; readonly presentPages: number }[];
  /** Those that the scenario sets. */
  readonly sysctl: Readonly<Record<string, number>>;
  readonly cgroups: readonly TrueCgroup[];
  /** How often sysrq-f was pressed. */
  readonly sysrq: number;
  /** In the order of their creation. */
  readonly tasks: readonly TrueTask[];
  /** Processes of the scenario that died, in the order in which init saw it. */
  readonly died: readonly { readonly pid: number; readonly name: string; readonly signal: number | null }[];
  readonly survived: readonly { readonly pid: number; readonly name: string }[];
  /** How many processes the kernel counts as killed by it (`oom_kill` of /proc/vmstat); null after a panic. */
  readonly oomKills: number | null;
  readonly panicked: boolean;
}

/** Reads the truth from what the guest reported. */
export function readTruth(kernelId: string, hello: Hello, scenario: Scenario, seen: Observation): Truth {
  const kbPerPage = hello.pageSizeBytes / 1024;
  const meminfo = seen.texts.get("meminfo") ?? "";
  const tasks = readTasks(scenario, seen);
  const dead = new Set(seen.deaths.map(({ pid }) => pid));
  const panicked = scenario.panics && !seen.ended;
  const channel = panicked ? "the console up to the panic" : "the kernel's ring buffer, read back after the kill";
  return {
    source: `The project's own lab: ${hello.release} in QEMU, scenario ${scenario.name} (${scenario.title}); ${channel}.`,
    scenario: scenario.name,
    decidedBy: scenario.decidedBy,
    idle: isIdle(scenario),
    kernelId,
    kernel: hello.release,
    kernelVersion: hello.version,
    arch: hello.machine,
    pageSizeBytes: hello.pageSizeBytes,
    cpus: hello.cpus,
    cgroupVersion: scenario.machine.cgroups,
    totalRamPages: kbOf(meminfo, "MemTotal") / kbPerPage,
    totalSwapPages: kbOf(meminfo, "SwapTotal") / kbPerPage,
    nodes: readNodes(seen.texts.get("zoneinfo") ?? ""),
    sysctl: scenario.sysctls,
    cgroups: scenario.cgroups.map((cgroup) => readCgroup(cgroup.path, seen)),
    sysrq: scenario.sysrq,
    tasks,
    died: seen.deaths.map((death) => readVictim(death, tasks)),
    survived: tasks.filter(({ pid }) => !dead.has(pid)).map(({ pid, name }) => ({ pid, name })),
    oomKills: seen.oomKills,
    panicked,
  };
}

function readVictim(death: Death, tasks: readonly TrueTask[]): Truth["died"][number] {
  const name = tasks.find((task) => task.pid === death.pid)?.name ?? death.task;
  return { pid: death.pid, name, signal: death.status < 0 ? null : death.status & 0x7f };
}

function readTasks(scenario: Scenario, seen: Observation): readonly TrueTask[] {
  const found = [...seen.texts]
    .filter(([name]) => name.startsWith("task "))
    .map(([name, status]) => {
      const [, id = "", pid] = name.split(" ");
      return { id, pid: Number(pid), status };
    });
  const pidOf = new Map(found.map(({ id, pid }) => [id, pid]));
  const declared = new Map(scenario.tasks.map((task) => [task.id, task]));
  const mmOf = (id: string): number => {
    const task = declared.get(id);
    const sharesParents = task?.sharesMm === true || task?.vfork === true;
    return sharesParents && task.parent !== undefined ? mmOf(task.parent) : (pidOf.get(id) ?? 0);
  };
  return found
    .map(({ id, pid, status }): TrueTask => {
      const task = declared.get(id);
      const threadIds = fieldOf(status, "Tids").trim().split(" ").map(Number);
      const name = unescapeName(fieldOf(status, "Name"));
      return {
        id,
        pid,
        ppid: Number(fieldOf(status, "PPid")),
        name,
        uid: Number(fieldOf(status, "Uid").split("\t")[0]),
        state: fieldOf(status, "State").slice(0, 1),
        threadIds,
        leaderExited: task?.leaderExits === true,
        oomScore: Number(fieldOf(status, "oom_score")),
        oomScoreAdj: Number(fieldOf(status, "oom_score_adj")),
        vmSizeKb: kbOf(status, "VmSize"),
        rssAnonKb: kbOf(status, "RssAnon"),
        rssFileKb: kbOf(status, "RssFile"),
        rssShmemKb: kbOf(status, "RssShmem"),
        vmSwapKb: kbOf(status, "VmSwap"),
        vmPteKb: kbOf(status, "VmPTE"),
        capabilities: fieldOf(status, "CapEff"),
        memsAllowed: fieldOf(status, "Mems_allowed_list"),
        mm: mmOf(id),
        vfork: task?.vfork === true,
        bindNode: task?.bindNode ?? null,
        cgroup: task?.cgroup ?? null,
        act: task?.act ?? null,
      };
    })
    .sort((a, b) => a.pid - b.pid);
}

/** /proc shows newlines, backslashes and the like in a name as escapes. */
function unescapeName(name: string): string {
  const bytes = name.replace(/\\(n|t|r|\\|[0-7]{3})/g, (whole, code: string) => {
    if (/^[0-7]{3}$/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    return { n: "\n", t: "\t", r: "\r", "\\": "\\" }[code] ?? whole;
  });
  return Buffer.from(bytes, "latin1").toString("utf8");
}

function readCgroup(path: string, seen: Observation): TrueCgroup {
  const file = (name: string): string => (seen.texts.get(`cgroup-before ${name} ${latin1(path)}`) ?? "").trim();
  const bytes = (name: string): number | null => (/^\d+$/.test(file(name)) ? Number(file(name)) : null);
  return {
    path,
    limitBytes: bytes("memory.max") ?? bytes("memory.limit_in_bytes"),
    swapMaxBytes: bytes("memory.swap.max"),
    memswLimitBytes: bytes("memory.memsw.limit_in_bytes"),
    swappiness: bytes("memory.swappiness"),
    oomGroup: file("memory.oom.group") === "1",
  };
}

/** The name as the frames carry it: one character per UTF-8 byte. */
function latin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

function readNodes(zoneinfo: string): Truth["nodes"] {
  const nodes: { spannedPages: number; presentPages: number }[] = [];
  let current: { spannedPages: number; presentPages: number } | undefined;
  for (const line of zoneinfo.split("\n")) {
    const node = /^Node (\d+), zone/.exec(line)?.[1];
    if (node !== undefined) {
      nodes[Number(node)] ??= { spannedPages: 0, presentPages: 0 };
      current = nodes[Number(node)];
    }
    const [key, value] = line.trim().split(/ +/);
    if (current !== undefined && key === "spanned") current.spannedPages += Number(value);
    if (current !== undefined && key === "present") current.presentPages += Number(value);
  }
  return nodes;
}

function fieldOf(text: string, key: string): string {
  const start = text.startsWith(`${key}:`) ? 0 : text.indexOf(`\n${key}:`) + 1;
  if (start === 0 && !text.startsWith(`${key}:`)) return "";
  const end = text.indexOf("\n", start);
  return text.slice(start + key.length + 1, end < 0 ? undefined : end).replace(/^[\t ]+/, "");
}

function kbOf(text: string, key: string): number {
  return Number.parseInt(fieldOf(text, key), 10) || 0;
}
