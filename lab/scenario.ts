import type { Fact } from "./facts.js";

/**
 * An amount of memory: a number is a percentage of what is free when the scenario begins, so that one scenario serves
 * every architecture; bytes where the amount itself is the point.
 */
export type Size = number | { readonly bytes: number };

/** What a task does to make memory run out, or to disturb while it does. */
export type Act =
  /** Grows its anonymous memory page by page. */
  | "alloc"
  /** Forks children that each take a few pages. */
  | "fork"
  /** Writes a file in a tmpfs. */
  | "tmpfs"
  /** Turns the swap off. */
  | "swapoff"
  /** Makes pipes with large buffer arrays: order-3 kernel memory. */
  | "pipes"
  /** Makes files without content: kernel slab memory. */
  | "inodes"
  /** Fills socket buffers. */
  | "sockets"
  /** Writes lines to /dev/kmsg (does not use memory up). */
  | "kmsg"
  /** Writes lines to the console (does not use memory up). */
  | "console";

/** A process of a scenario. All are created in order; what they hold is built before anything acts. */
export interface Task {
  readonly id: string;
  /** `comm`, up to 15 bytes; by default the id. */
  readonly comm?: string | Uint8Array;
  /** Id of the task that forks it; by default init. */
  readonly parent?: string;
  readonly uid?: number;
  readonly adj?: number;
  readonly anon?: Size;
  /** Mapped pages of a file in a ramfs: never reclaimed. */
  readonly file?: Size;
  /** Shared anonymous memory of its own. */
  readonly shmem?: Size;
  /** A shared memory segment that every task naming the key maps. */
  readonly shared?: { readonly key: string; readonly size: Size };
  /** Page tables without pages. */
  readonly pageTables?: Size;
  /** Address space that is mapped and never touched. */
  readonly reserved?: Size;
  /** How much of {@link anon} is pushed out to swap. */
  readonly swapped?: Size;
  /** {@link anon} is locked. */
  readonly locked?: true;
  /** Pages of the default huge page size. */
  readonly hugePages?: number;
  /** Threads beside the leader. */
  readonly threads?: number;
  /** The leader ends; a thread lives on. */
  readonly leaderExits?: true;
  /** Shares its parent's address space (`CLONE_VM`) as a process of its own. */
  readonly sharesMm?: true;
  /** Is in `vfork(2)`: its parent waits and its address space is the parent's. */
  readonly vfork?: true;
  /** Is the first process of a pid namespace. */
  readonly pidNamespace?: true;
  /** Forked after its parent has its memory, which it so shares copy-on-write. */
  readonly inherits?: true;
  readonly stopped?: true;
  /** Waits for the swap disk, uninterruptibly, until somebody has died: it can not itself. In a v2 cgroup. */
  readonly stuck?: true;
  /** Path of its memory cgroup. */
  readonly cgroup?: string;
  /** Node that its memory policy binds it to. */
  readonly bindNode?: number;
  readonly act?: Act;
  /** How far it goes when it acts; by default until a task has died. */
  readonly actLimit?: Size;
}

/** A memory cgroup (and, where it says nodes, a cpuset). */
export interface Cgroup {
  readonly path: string;
  readonly limit?: Size;
  /** v2: `memory.swap.max`. */
  readonly swapMax?: Size;
  /** v1: `memory.memsw.limit_in_bytes`. */
  readonly memswLimit?: Size;
  /** v1 only. */
  readonly swappiness?: number;
  /** v2 only. */
  readonly oomGroup?: true;
  /** v1 only: the OOM killer is switched off. */
  readonly oomKillDisable?: true;
  /** v2: a reclaim protection. */
  readonly min?: Size;
  /** Node list of the cpuset. */
  readonly nodes?: string;
}

/** The virtual machine that a scenario wants; scenarios with the same one share a boot. */
export interface MachineNeeds {
  /** cgroup hierarchy. */
  readonly cgroups: 1 | 2;
  readonly nodes: 1 | 2;
  readonly swap: "none" | "disk" | "zram";
  /** Memory as a multiple of the architecture's usual size. */
  readonly memory: number;
  readonly kernelArguments: readonly string[];
}

/** A scenario: what the guest sets up, what it does, and what is expected of the kernel and of oomlog. */
export interface Scenario {
  readonly name: string;
  /** What it is about, in a line. */
  readonly title: string;
  /** Facts that decide who dies. {@link factTable} tells for each whether a log shows it. */
  readonly decidedBy: readonly Fact[];
  readonly machine: MachineNeeds;
  /** By their names, or by the path of a file below /sys. */
  readonly sysctls: Readonly<Record<string, number>>;
  readonly cgroups: readonly Cgroup[];
  readonly tasks: readonly Task[];
  /** How often sysrq-f is pressed, each after the death that the one before caused. */
  readonly sysrq: number;
  /** Deaths after which everything that acts stops; 0 when nobody is to die. */
  readonly kills: number;
  /** How long to wait for them. */
  readonly timeoutMs: number;
  /** How long it must be quiet after the last death. */
  readonly settleMs: number;
  /** Level of the console while memory runs out. */
  readonly loglevel: number;
  /** The kernel panics: the boot ends with it. */
  readonly panics: boolean;
  readonly needs: {
    readonly bits64?: true;
    /** Kernel options without `CONFIG_`. */
    readonly config?: readonly string[];
    /** The rss of a task is at least some pages even on large pages: small page sizes only. */
    readonly smallPages?: true;
  };
}

/** A scenario with the usual things left out. */
export type ScenarioDeclaration = Pick<Scenario, "name" | "title" | "decidedBy" | "tasks"> &
  Partial<Omit<Scenario, "machine">> & { readonly machine?: Partial<MachineNeeds> };

/** Fills in what a declaration leaves out. */
export function scenario(declared: ScenarioDeclaration): Scenario {
  return {
    sysctls: {},
    cgroups: [],
    sysrq: 0,
    kills: 1,
    timeoutMs: 240_000,
    settleMs: 300,
    loglevel: 7,
    panics: false,
    needs: {},
    ...declared,
    machine: { cgroups: 2, nodes: 1, swap: "none", memory: 1, kernelArguments: [], ...declared.machine },
  };
}

/** A task that grows until somebody dies and that is never chosen itself, so that all others block. */
export const protectedTrigger: Task = { id: "trigger", adj: -1000, act: "alloc" };

/** A cgroup with its OOM killer switched off is the one case in which the kernel prints nothing. */
export function leavesReport({ cgroups }: Scenario): boolean {
  return cgroups.every((cgroup) => cgroup.oomKillDisable !== true);
}

/**
 * True when every task that can be chosen blocks from the reading of the truth to the kill: the selection then sees
 * exactly what was read. Shared memory that may be swapped out meanwhile spoils that: in swap it counts for nobody.
 */
export function isIdle({ tasks, machine }: Scenario): boolean {
  return tasks.every((task) => {
    const shrinks = machine.swap !== "none" && (task.shmem !== undefined || task.shared !== undefined);
    return (task.act === undefined || task.adj === -1000) && !shrinks;
  });
}
