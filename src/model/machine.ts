import type { Constraint } from "./report.js";
import type { KernelTraits } from "./traits.js";
import type { Int64 } from "./units.js";

/**
 * The state that the selection runs on, apart from text. A field that is absent is **unknown**: a log does not show
 * it. It is never filled with a default; the replay says where it had to assume something.
 */
export interface Machine {
  readonly pageSizeBytes: number;
  /** Bits of the kernel's `long`; absent: 64. */
  readonly wordBits?: 32 | 64;
  /** Ticks per second; needed by the badness of v2.6.18 to v2.6.35 only. */
  readonly hz?: number;
  readonly uptimeSeconds?: number;
  /** `totalram_pages`. */
  readonly totalramPages?: Int64;
  /** `total_swap_pages`. */
  readonly totalSwapPages?: Int64;
  /** True when memory cgroups are on the v2 hierarchy. */
  readonly cgroupV2?: boolean;
  /** NUMA nodes; the index is the node id. Absent: unknown. */
  readonly nodes?: readonly { readonly spannedPages?: Int64; readonly presentPages?: Int64 }[];
  readonly memcgs?: readonly MachineMemcg[];
  /** In the order of `for_each_process`; a thread follows its leader. Empty: not known, as every machine has tasks. */
  readonly tasks: readonly MachineTask[];
  readonly invocation: Invocation;
}

/** A memory cgroup below the root (id 0). */
export interface MachineMemcg {
  readonly id: number;
  readonly parent?: number;
  readonly path?: string;
  readonly limitPages: Int64;
  /** v1 memory+swap limit; null is unlimited. */
  readonly memswPages?: Int64 | null;
  /** v2 swap limit; null is unlimited. */
  readonly swapMaxPages?: Int64 | null;
  readonly swappiness?: number;
  readonly oomGroup?: boolean;
}

/**
 * State of a task that decides and that no table shows. Absent: unknown; the replay then treats it as false.
 *
 * `kthread`: PF_KTHREAD. `exiting`: PF_EXITING. `groupExit`: SIGNAL_GROUP_EXIT. `fatalSignal`: a pending SIGKILL.
 * `coreDump`: SIGNAL_GROUP_COREDUMP. `victim`: chosen before and still dying. `oomSkip`: MMF_OOM_REAPED or
 * MMF_OOM_SKIP on its address space. `vfork`: borrows its parent's address space. `origin`: swapoff or ksm unmerge.
 */
export type TaskFlag =
  | "kthread"
  | "exiting"
  | "groupExit"
  | "fatalSignal"
  | "coreDump"
  | "victim"
  | "oomSkip"
  | "vfork"
  | "origin";

/** Effective capabilities that some era's badness looks at. */
export type Capability = "SYS_ADMIN" | "SYS_RESOURCE" | "SYS_RAWIO";

/** A thread. A process is its leader (`pid === tgid`) and the threads of that `tgid`. */
export interface MachineTask {
  readonly pid: number;
  readonly tgid: number;
  /** Pid **or tid** of the real parent: children hang on the thread that forked them. */
  readonly ppid?: number;
  readonly name: string;
  readonly uid?: number;
  readonly capabilities?: readonly Capability[];
  readonly nice?: number;
  readonly utimeJiffies?: Int64;
  readonly stimeJiffies?: Int64;
  readonly startTimeSeconds?: Int64;
  readonly totalVmPages?: Int64;
  /** Anonymous, file and shmem pages together. */
  readonly rssPages: Int64;
  readonly rssAnonPages?: Int64;
  readonly rssFilePages?: Int64;
  readonly rssShmemPages?: Int64;
  readonly swapPages?: Int64;
  readonly nrPtes?: Int64;
  readonly nrPmds?: Int64;
  readonly pgtablesBytes?: Int64;
  readonly oomScoreAdj?: number;
  readonly oomAdj?: number;
  /** Id of the address space, equal for tasks that share it; null when the task has none (exited, kernel thread). */
  readonly mm: number | null;
  readonly flags: Readonly<Partial<Record<TaskFlag, boolean>>>;
  /** Id of the task's memory cgroup; 0 is the root. */
  readonly memcg?: number;
  /** Nodes of the task's cpuset. */
  readonly memsAllowed?: readonly number[];
  /** Nodes of the task's memory policy; empty for none. */
  readonly mempolicy?: readonly number[];
  /** Line of the table row that the task was read from. */
  readonly line?: number;
}

/** What raised the OOM killer. */
export type OomEntry = "page-allocator" | "page-fault" | "memcg-charge" | "sysrq";

/** The failed allocation. */
export interface Invocation {
  readonly kind: "global" | "memcg";
  /** Absent: told by {@link kind} and {@link order}. A page fault has no zone list, so that no constraint is found. */
  readonly entry?: OomEntry;
  /** Pid of the task that asked. */
  readonly current?: number;
  /** Id of the memory cgroup whose limit was hit. */
  readonly memcg?: number;
  /** Allocation order; -1 is sysrq. */
  readonly order: number;
  /** Nodes of the allocation's memory policy; null for none. */
  readonly nodemask?: readonly number[] | null;
  /** `vm.oom_kill_allocating_task`. */
  readonly oomKillAllocatingTask?: number;
  /** `vm.panic_on_oom`. */
  readonly panicOnOom?: number;
}

/** The source of a `totalpages` that nothing in the log bounds. */
export const TOTAL_NOT_IN_LOG = "not in the log";

/** Bounds of `totalpages`, what the kernel scales `oom_score_adj` with and divides by. */
export interface TotalPages {
  readonly min: Int64;
  readonly max: Int64;
  /** How the bounds were found, in words. */
  readonly source: string;
}

/**
 * A machine with the traits of one kernel, and the totals and constraint that follow. Where several kernels remain
 * possible ({@link "./traits.js".KernelDetection}), each makes a scenario of its own.
 */
export interface Scenario {
  readonly machine: Machine;
  /** Id of the era that the traits are of. */
  readonly era: string;
  readonly traits: KernelTraits;
  readonly constraint: Constraint;
  readonly totalPages: TotalPages;
}
