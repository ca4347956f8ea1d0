import type { LogLine, Trust } from "../model/log-line.js";
import type {
  AllocationProfile,
  BuddyEntry,
  Chosen,
  Counter,
  CpuLine,
  Cpuset,
  GroupKill,
  HugepagesInfo,
  Kill,
  MemcgLimit,
  NodeInfo,
  OomKillSummary,
  OomReport,
  PerCpuList,
  ProcessLine,
  Protection,
  ReaperLine,
  StackFrame,
  TaskRow,
  TextLine,
  Trigger,
} from "../model/report.js";
import type { Int64 } from "../model/units.js";
import type { Opening } from "./rule.js";
import type { TableLayout } from "./table-layout.js";

/** The parts of a report in the order in which the kernel prints them. */
export const phases = ["head", "memory", "slab", "table", "choice", "ended"] as const;
export type Phase = (typeof phases)[number];

/** A zone while its lines are being read. */
export interface ZoneDraft {
  readonly node: number | null;
  readonly zone: string;
  counters: Counter[];
  allUnreclaimable: boolean | null;
  lowmemReservePages: Int64[] | null;
  lowmemReserveLine: number | null;
  buddy: BuddyEntry[] | null;
  buddyLine: number | null;
  readonly line: number;
}

/** A `Killed process` line as read; the role follows when the report is built. */
export type KillDraft = Omit<Kill, "role"> & { readonly afterGroup: boolean };

/** A run of consecutive lines. */
export interface Span {
  readonly line: number;
  endLine: number;
}

/**
 * The stream of records that a line belongs to, where the log tells: one per task that prints, where the kernel prints
 * caller ids; records read back with their level and those of the console without it, where a log holds both (somebody
 * ran `dmesg --raw` on the console). Null for lines that may be any stream's.
 */
export function streamOf(line: LogLine): string | null {
  if (line.caller !== null) return line.caller;
  if (line.uptimeUsec === null) return null;
  return line.level === null ? "without-level" : "with-level";
}

/** One report while its lines come in: what the rules have read so far. */
export class ReportDraft {
  readonly opening: Opening;
  /** Which of several interleaved streams of records the report is read from: see {@link streamOf}. */
  stream: string | null;
  phase: Phase = "head";

  sysrq: TextLine | null = null;
  trigger: Trigger | null = null;
  compactionDisabled: TextLine | null = null;
  cpuset: Cpuset | null = null;
  cpu: CpuLine | null = null;
  hardware: TextLine | null = null;
  readonly context: TextLine[] = [];
  /** Line of `Call Trace:`, or of the first frame. */
  stackLine: number | null = null;
  readonly stack: StackFrame[] = [];
  readonly registers: TextLine[] = [];

  memInfo: Span | null = null;
  readonly counters: Counter[] = [];
  readonly perCpuLists: PerCpuList[] = [];
  /** Zone whose per-CPU lists are being read. */
  perCpuZone: Pick<PerCpuList, "node" | "zone" | "zoneLine"> | null = null;
  readonly nodes: NodeInfo[] = [];
  /** By node and name: `0 DMA32`. */
  readonly zones = new Map<string, ZoneDraft>();
  /** The zone whose line came last: its `lowmem_reserve[]` follows. */
  lastZone: ZoneDraft | null = null;
  readonly hugepages: HugepagesInfo[] = [];
  readonly totals: Counter[] = [];

  memcg: Span | null = null;
  /** `Task in A killed as a result of limit of B`. */
  memcgTask: { readonly taskMemcg: string | null; readonly oomMemcg: string | null; readonly line: number } | null =
    null;
  readonly limits: MemcgLimit[] = [];
  readonly stats: { readonly path: string | null; readonly counters: Counter[]; readonly line: number }[] = [];

  slab: {
    readonly line: number;
    readonly rows: { name: string; usedKb: Int64; totalKb: Int64; line: number }[];
  } | null = null;
  protection: Protection | null = null;
  allocations: { readonly line: number; readonly rows: AllocationProfile["rows"][number][] } | null = null;

  layout: TableLayout | null = null;
  /** Layout of the last table of this log, for rows whose header is lost. */
  earlierLayout: TableLayout | null = null;
  headerLost = false;
  table: Span | null = null;
  readonly tasks: TaskRow[] = [];

  summary: OomKillSummary | null = null;
  chosen: Chosen | null = null;
  readonly kills: KillDraft[] = [];
  readonly sharers: ProcessLine[] = [];
  groupKill: GroupKill | null = null;
  /** Kernel stamp of {@link groupKill}. */
  groupKillUsec: number | null = null;
  readonly reaper: ReaperLine[] = [];
  readonly alreadyExiting: ProcessLine[] = [];
  readonly mmPinned: TextLine[] = [];
  noKillable: TextLine | null = null;
  panic: TextLine | null = null;

  readonly dropped: OomReport["dropped"][number][] = [];
  readonly lines: TextLine[] = [];
  /** Highest line number of the report's own lines. */
  endLine = 0;
  readonly unknownLines: TextLine[] = [];
  foreignLineCount = 0;
  host: string | null = null;
  wallUsec: number | null = null;
  uptimeUsec: number | null = null;
  trust: Trust = "kernel";
  /** Highest printk level among the report's lines; null where the log has none. */
  highestLevel: number | null = null;

  constructor(opening: Opening, stream: string | null) {
    this.opening = opening;
    this.stream = stream;
  }

  /** True when the report has its ending: a kill, a panic, or the word that nothing could be killed. */
  get ended(): boolean {
    return this.phase === "ended";
  }

  /** Moves on to a later part; a part that comes again later does not move back. */
  enter(phase: Phase): void {
    if (this.isBefore(phase)) this.phase = phase;
  }

  isBefore(phase: Phase): boolean {
    return phases.indexOf(this.phase) < phases.indexOf(phase);
  }

  /** Takes a line's own facts: host, clocks, trust. */
  witness(line: LogLine): void {
    this.endLine = Math.max(this.endLine, line.endLine ?? line.line);
    this.host ??= line.host;
    this.wallUsec ??= line.wallUsec;
    this.uptimeUsec ??= line.uptimeUsec;
    if (line.trust !== "kernel") this.trust = "claimed";
    if (line.level !== null) this.highestLevel = Math.max(this.highestLevel ?? 0, line.level);
  }

  /** The memory block, opened by its first line. */
  touchMemInfo(line: number): void {
    this.enter("memory");
    if (this.memInfo === null) this.memInfo = { line, endLine: line };
    else this.memInfo.endLine = line;
  }

  /** The memory cgroup block, opened by its first line. */
  touchMemcg(line: number): void {
    this.enter("memory");
    if (this.memcg === null) this.memcg = { line, endLine: line };
    else this.memcg.endLine = line;
  }

  /** The zone of that name, made when it is new. */
  zone(node: number | null, zone: string, line: number): ZoneDraft {
    const key = `${node ?? ""} ${zone}`;
    const known = this.zones.get(key);
    if (known) return known;
    const made: ZoneDraft = {
      node,
      zone,
      counters: [],
      allUnreclaimable: null,
      lowmemReservePages: null,
      lowmemReserveLine: null,
      buddy: null,
      buddyLine: null,
      line,
    };
    this.zones.set(key, made);
    return made;
  }
}
