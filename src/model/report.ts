import type { Trust } from "./log-line.js";
import type { Int64, Unit } from "./units.js";

/**
 * The report as printed. Every value stands beside the 1-based line of the source that it was read from; a field that
 * some kernel does not print is null or absent, never a default.
 */
export interface OomReport {
  /** Digest of what the kernel printed; the same for every source and clock. See {@link "./report-id.js"}. */
  readonly id: string;
  /** Name of the source: a path, a member of an archive, or `-`. */
  readonly source: string;
  /** First and last line of the report in its source (1-based). */
  readonly line: number;
  readonly endLine: number;
  /** Wall time of the first line that tells one, RFC 3339 UTC, or null. */
  readonly time: string | null;
  /** Seconds since boot of the first line that tells them, or null. */
  readonly uptimeSeconds: number | null;
  readonly host: string | null;
  readonly trust: Trust;
  readonly kernel: KernelIdentity;
  /** `SysRq : Manual OOM execution`, when it stands right before the report. */
  readonly sysrq: TextLine | null;
  readonly trigger: Trigger | null;
  /** `COMPACTION is disabled!!!` (since v4.9, kernels without compaction, order > 0). */
  readonly compactionDisabled: TextLine | null;
  readonly cpuset: Cpuset | null;
  readonly cpu: CpuLine | null;
  readonly hardware: TextLine | null;
  /** `Tainted: [O]=OOT_MODULE` (since v6.11), `Workqueue:`, `Stopper:`, `Sched_ext:` lines. */
  readonly context: readonly TextLine[];
  readonly stack: readonly StackFrame[];
  /** Lines of registers, code bytes and raw stack words, kept for reading only. */
  readonly registers: readonly TextLine[];
  readonly memInfo: MemInfo | null;
  readonly memcg: MemcgBlock | null;
  /** `Unreclaimable slab info:` (since v4.15, when unreclaimable slab exceeds all LRU pages). */
  readonly slab: SlabTable | null;
  /** `Memory cgroup min protection …` (since v6.19, cgroup v2). */
  readonly protection: Protection | null;
  /** Memory allocation profiling (since v6.10). */
  readonly allocations: AllocationProfile | null;
  readonly taskTable: TaskTable | null;
  readonly tasks: readonly TaskRow[];
  /** The `oom-kill:` line (since v5.0, RHEL 8.3). */
  readonly summary: OomKillSummary | null;
  /**
   * The constraint that the selection ran under: as printed where the kernel prints it right, else what the report
   * shows (a memcg block, an `oom_memcg=`). Null when the report does not tell. v5.0 and v5.1 always print
   * CONSTRAINT_NONE; {@link OomKillSummary.constraint} keeps what was printed.
   */
  readonly constraint: Constraint | null;
  readonly cgroup: {
    /** Path of the cgroup whose limit was hit, or null. */
    readonly oomMemcg: string | null;
    /** Path of the victim's cgroup, or null. */
    readonly taskMemcg: string | null;
  };
  /** Who the kernel says it picked, before child sacrifice. */
  readonly chosen: Chosen | null;
  /** Who died: one entry per `Killed process` line. */
  readonly kills: readonly Kill[];
  /** `Kill process N (c) sharing same memory` (v2.6.37 to v4.3). */
  readonly sharers: readonly ProcessLine[];
  /** `Tasks in PATH are going to be killed due to memory.oom.group set` (since v4.19). */
  readonly groupKill: GroupKill | null;
  readonly reaper: readonly ReaperLine[];
  /** `OOM victim N (c) is already exiting. Skip killing the task` (since v5.9). */
  readonly alreadyExiting: readonly ProcessLine[];
  /** `oom killer V (c) has mm pinned by P (c)` (since v4.8). */
  readonly mmPinned: readonly TextLine[];
  /** `Out of memory and no killable processes...` as a warning (since v4.19); as a panic it is in {@link panic}. */
  readonly noKillable: TextLine | null;
  readonly panic?: { readonly message: string; readonly line: number };
  /** Trigger, memory block, table (or {@link tableAbsent}) and an ending are all there. */
  readonly complete: boolean;
  /**
   * The report goes from its memory to the choice without a table: `vm.oom_dump_tasks` is 0, or somebody took the table
   * out of this log.
   */
  readonly tableAbsent?: true;
  /** A kill whose dump the kernel rate-limited: no trigger, no table. */
  readonly rateLimited?: true;
  /** Part of a report: a table, a memory block or a tail without trigger line. */
  readonly fragment?: true;
  /** The parts that a report of its kernel would have and this one lacks, in the order of the report. */
  readonly missingParts: readonly ReportPart[];
  /** `** N printk messages dropped **`: places where the log says that it lost messages inside the report. */
  readonly dropped: readonly { readonly count: number; readonly line: number }[];
  /** Lines that the grammar does not know; one whose process name holds line breaks is told whole, from its first line. */
  readonly unknownLines: readonly TextLine[];
  readonly foreignLineCount: number;
  /** The report's own lines, foreign ones included, in input order. */
  readonly lines: readonly TextLine[];
}

/** A part of a report whose absence is worth naming. */
export type ReportPart = "trigger" | "stack" | "memory" | "table" | "ending";

/** The constraint under which the kernel selects (`enum oom_constraint`). */
export type Constraint = "CONSTRAINT_NONE" | "CONSTRAINT_CPUSET" | "CONSTRAINT_MEMORY_POLICY" | "CONSTRAINT_MEMCG";

const constraints: ReadonlySet<string> = new Set<Constraint>([
  "CONSTRAINT_NONE",
  "CONSTRAINT_CPUSET",
  "CONSTRAINT_MEMORY_POLICY",
  "CONSTRAINT_MEMCG",
]);

/** Whether a printed constraint is one of the kernel's own four: a patched kernel or a BPF policy has others. */
export function isConstraint(text: string): text is Constraint {
  return constraints.has(text);
}

/** A line of the log, kept as text. */
export interface TextLine {
  readonly line: number;
  readonly text: string;
}

/** What is known of the kernel that printed the report. */
export interface KernelIdentity {
  /** Release string (`uname -r`), from the `CPU:`/`Pid:` line; null where no line names it. */
  readonly release: string | null;
  /** Line of the release, or null. */
  readonly line: number | null;
  /** Architecture by the names of `uname -m` (`x86_64`, `i686`, `aarch64`, …), from registers or release; or null. */
  readonly arch: string | null;
  /** Page size in bytes, inferred from the buddy lists, else from the kill lines; null when nothing tells. */
  readonly pageSizeBytes: number | null;
  /** Id of the era row that the report was read with, or null before detection. */
  readonly era: string | null;
}

/** The line that opens a report. */
export interface Trigger {
  /** `comm` of the invoking task; null on v2.6.18 to v2.6.19, which do not print it. */
  readonly name: string | null;
  /** Pid of the invoking task, from the `CPU:`/`Pid:` line; null where that is missing. */
  readonly pid: number | null;
  /** `gfp_mask` as printed, in hexadecimal with `0x`; null where the line is cut before it. */
  readonly gfpMask: string | null;
  /** Flag names as printed in parentheses (since v4.6) or decoded from the kernel's own table; null when unknown. */
  readonly gfpFlags: readonly string[] | null;
  /** Allocation order; -1 is sysrq (since v4.3); null where the line is cut before it. */
  readonly order: number | null;
  /** `nodemask=` of v4.9 to v4.20 as printed (`(null)` or a node list); null where it is not printed. */
  readonly nodemask: string | null;
  /** The invoker's `oom_score_adj` (since v2.6.36); null before. */
  readonly oomScoreAdj: number | null;
  /** The invoker's `oom_adj` (`oomkilladj` up to v2.6.31; gone in v3.7); null where not printed. */
  readonly oomAdj: number | null;
  readonly line: number;
}

/** `COMM cpuset=NAME mems_allowed=0-1` (v2.6.29 to v4.20), or the same fields of the `oom-kill:` line. */
export interface Cpuset {
  /** Last component of the cpuset path of the invoker. */
  readonly name: string;
  /** Node list as printed (`0-1,3`). */
  readonly memsAllowed: string;
  readonly line: number;
}

/** `CPU: 3 PID: 1234 Comm: name Tainted: G 3.10.0 #1` (since v3.10) or `Pid: 1234, comm: name …` (before). */
export interface CpuLine {
  readonly cpu: number | null;
  readonly pid: number;
  /** Effective uid (since v6.11), or null. */
  readonly uid: number | null;
  readonly name: string;
  /** Taint flags without blanks (`GOE`), empty for `Not tainted`. */
  readonly taint: string;
  readonly release: string;
  readonly line: number;
}

/** One line of the call trace. */
export interface StackFrame {
  readonly function: string;
  /** Module in brackets, or null for the kernel proper. */
  readonly module: string | null;
  /** False for frames that the unwinder marks `?` or `(unreliable)`. */
  readonly reliable: boolean;
  readonly line: number;
}

/** A counter by the kernel's own name. Names that no table knows are kept as they are. */
export interface Counter {
  readonly name: string;
  readonly value: Int64;
  readonly unit: Unit;
  readonly line: number;
}

/** The `Mem-Info:` block (system-wide reports; memcg reports too up to v3.8). */
export interface MemInfo {
  readonly line: number;
  readonly endLine: number;
  /** Global counters, in pages. */
  readonly counters: readonly Counter[];
  /** Per-CPU page lists (up to v4.0). */
  readonly perCpuLists: readonly PerCpuList[];
  /** Per-node lines (since v4.8), in kB. */
  readonly nodes: readonly NodeInfo[];
  readonly zones: readonly ZoneInfo[];
  /** One entry per node and size (since v3.10). */
  readonly hugepages: readonly HugepagesInfo[];
  /** Swap cache statistics, `Free swap`, `Total swap`, `total pagecache pages`, `pages RAM`, `pages reserved`, …. */
  readonly totals: readonly Counter[];
}

/** `CPU 0: hi: 186, btch: 31 usd: 30` of one zone. */
export interface PerCpuList {
  readonly node: number | null;
  readonly zone: string;
  readonly cpu: number;
  /** `hot`, `cold` (up to v2.6.24) or null. */
  readonly temperature: "hot" | "cold" | null;
  readonly high: number;
  readonly batch: number;
  /** Pages on the list. */
  readonly usedPages: number;
  /** Line of `Node 0 DMA per-cpu:`, which names node and zone. */
  readonly zoneLine: number;
  readonly line: number;
}

/** `Node 0 active_anon:…kB …` (since v4.8). */
export interface NodeInfo {
  readonly node: number;
  readonly counters: readonly Counter[];
  /** `all_unreclaimable? yes`; null where not printed. */
  readonly allUnreclaimable: boolean | null;
  readonly line: number;
}

/** `[Node 0 ]DMA32 free:…kB min:…kB …` with its `lowmem_reserve[]` and buddy list. */
export interface ZoneInfo {
  /** Node, or null on kernels without NUMA, which print none. */
  readonly node: number | null;
  readonly zone: string;
  readonly counters: readonly Counter[];
  /** `all_unreclaimable? yes` (up to v4.7); null where not printed. */
  readonly allUnreclaimable: boolean | null;
  /** In pages, one entry per zone of the machine. */
  readonly lowmemReservePages: readonly Int64[] | null;
  readonly lowmemReserveLine: number | null;
  readonly buddy: readonly BuddyEntry[] | null;
  readonly buddyLine: number | null;
  readonly line: number;
}

/** `4*16kB (UM)` of a buddy list. */
export interface BuddyEntry {
  readonly blocks: Int64;
  readonly blockKb: number;
  /** Migrate types that have such blocks (since v3.8; letters of `UMERHCI`), empty where none are printed. */
  readonly types: string;
}

/** `Node 0 hugepages_total=0 hugepages_free=0 hugepages_surp=0 hugepages_size=2048kB` (since v3.10). */
export interface HugepagesInfo {
  readonly node: number | null;
  readonly total: Int64;
  readonly free: Int64;
  readonly surplus: Int64;
  readonly sizeKb: Int64;
  readonly line: number;
}

/** The memory cgroup block. */
export interface MemcgBlock {
  readonly line: number;
  readonly endLine: number;
  /** `memory`, `memory+swap`, `kmem`, `swap`: whichever the kernel printed. */
  readonly limits: readonly MemcgLimit[];
  /** Statistics: one entry per printed cgroup (v3.9 to v5.2: the whole subtree; since v5.3: the OOM cgroup only). */
  readonly stats: readonly MemcgStats[];
  /** `Task in A killed as a result of limit of B` (up to v4.20), `Memory limit reached of cgroup A`. */
  readonly taskLine: number | null;
}

/** `memory: usage 65536kB, limit 65536kB, failcnt 7`. */
export interface MemcgLimit {
  readonly name: "memory" | "memory+swap" | "kmem" | "swap";
  readonly usageKb: Int64;
  /** As printed, in kB. */
  readonly limitKb: Int64;
  /** True when the printed limit is one of the kernel's values for "no limit". */
  readonly unlimited: boolean;
  readonly failcnt: Int64;
  readonly line: number;
}

/** `Memory cgroup stats for PATH:` with its counters. */
export interface MemcgStats {
  readonly path: string | null;
  readonly counters: readonly Counter[];
  readonly line: number;
}

/** `Unreclaimable slab info:`. */
export interface SlabTable {
  readonly line: number;
  readonly rows: readonly {
    readonly name: string;
    readonly usedKb: Int64;
    readonly totalKb: Int64;
    readonly line: number;
  }[];
}

/** `Memory cgroup min protection NkB -- low protection NkB`. */
export interface Protection {
  readonly minKb: Int64;
  readonly lowKb: Int64;
  readonly line: number;
}

/** `Memory allocations:` (since v6.10). */
export interface AllocationProfile {
  readonly line: number;
  readonly rows: readonly {
    /** Exact on v6.10 and v6.11; from the rounded text (`1.23 MiB`) later. */
    readonly bytes: Int64;
    readonly calls: Int64;
    /** `file:line` of the call, with the module in brackets where there is one. */
    readonly place: string;
    readonly function: string;
    readonly line: number;
  }[];
}

/** A table of the whole machine has this many rows: fewer are an excerpt, or a small guest's. */
export const FEWEST_ROWS_OF_MACHINE = 10;

/** Where the task table stands and which columns its header names. */
export interface TaskTable {
  readonly line: number;
  readonly endLine: number;
  /** Column names as printed, from `pid` to `name`. */
  readonly columns: readonly string[];
  /**
   * True when rows may be missing: the table has no header or is followed by none of the lines that come after one, the
   * log says that it lost messages, whoever shortened it left a mark (`...`), or the report is an excerpt of which nothing
   * shows that it has all rows.
   */
  readonly cut: boolean;
}

/** One row of the task table. Sizes are in pages but for `pgtablesBytes`. */
export interface TaskRow {
  /** The `pid` column: id of the thread whose mm was used; differs from `tgid` when the leader has exited. */
  readonly pid: number;
  readonly tgid: number;
  readonly uid: number;
  readonly name: string;
  readonly totalVmPages: Int64;
  readonly rssPages: Int64;
  /** Since v6.8. */
  readonly rssAnonPages?: Int64;
  /** Since v6.8. */
  readonly rssFilePages?: Int64;
  /** Since v6.8. */
  readonly rssShmemPages?: Int64;
  /** Since v4.15, in bytes. */
  readonly pgtablesBytes?: Int64;
  /** v3.6 to v4.14: number of page-table pages. */
  readonly nrPtes?: Int64;
  /** v4.0 to v4.14: number of page-middle-directory pages. */
  readonly nrPmds?: Int64;
  /** Since v3.6: swap entries. */
  readonly swapPages?: Int64;
  /** Since v2.6.36. */
  readonly oomScoreAdj?: number;
  /** Up to v3.5. */
  readonly oomAdj?: number;
  /** Up to v3.5: last processor. */
  readonly cpu?: number;
  /** Columns that the header names and no table of ours knows. */
  readonly other?: Readonly<Record<string, string>>;
  readonly line: number;
}

/** `oom-kill:constraint=…,nodemask=…,cpuset=…,mems_allowed=…,global_oom,task_memcg=…,task=…,pid=…,uid=…`. */
export interface OomKillSummary {
  /** As printed; v5.0 and v5.1 print CONSTRAINT_NONE whatever it was. */
  readonly constraint: string;
  readonly nodemask: string | null;
  readonly cpuset: string | null;
  readonly memsAllowed: string | null;
  readonly globalOom: boolean;
  readonly oomMemcg: string | null;
  readonly taskMemcg: string | null;
  /** The process picked. Null, like what follows, where long paths made the record exceed its limit and cut it. */
  readonly name: string | null;
  readonly pid: number | null;
  readonly uid: number | null;
  readonly line: number;
}

/** Who the kernel picked: from `Kill process N (c) score S …` (up to v5.0) or the `oom-kill:` line. */
export interface Chosen {
  readonly pid: number;
  readonly name: string;
  /** Printed score, up to v5.0. */
  readonly score?: Int64;
  /** The text before `Kill process`: `Out of memory`, …; null where none is printed, absent for an `oom-kill:` line. */
  readonly message?: string | null;
  readonly line: number;
}

/** What a killed process was to the selection. */
export type KillRole = "victim" | "sacrificed-child" | "group-member" | "mm-sharer";

/** One `Killed process` line. Sizes in kB; absent where the kernel does not print them. */
export interface Kill {
  readonly pid: number;
  readonly name: string;
  readonly role: KillRole;
  /** The text before `Killed process`: `Out of memory`, `Memory cgroup out of memory`, …; null where not printed. */
  readonly message: string | null;
  readonly uid?: number;
  readonly totalVmKb?: Int64;
  readonly anonRssKb?: Int64;
  readonly fileRssKb?: Int64;
  readonly shmemRssKb?: Int64;
  /** As printed. The first v5.4.y releases print bytes and call them kB. */
  readonly pgtablesKb?: Int64;
  readonly oomScoreAdj?: number;
  readonly line: number;
}

/** A line about one process. */
export interface ProcessLine {
  readonly pid: number;
  readonly name: string;
  readonly line: number;
}

/** The line that announces a group kill. */
export interface GroupKill {
  readonly path: string;
  readonly line: number;
}

/** `oom_reaper: …` (since v4.6). */
export interface ReaperLine {
  readonly outcome: "reaped" | "unable" | "giving-up";
  readonly pid: number;
  readonly name: string;
  /** What was left after reaping, in kB; absent when nothing was reaped. */
  readonly anonRssKb?: Int64;
  readonly fileRssKb?: Int64;
  readonly shmemRssKb?: Int64;
  readonly line: number;
}
