import type { ZoneWatermarks } from "../model/accounting.js";
import type { Replay } from "../model/replay.js";
import type { Kill } from "../model/report.js";
import { inferConstraint } from "../replay/reconstruct-constraint.js";
import { type BalanceSheet, machineBalance } from "./accounting/balance.js";
import { type MemcgSheet, memcgSheet } from "./accounting/memcg.js";
import { type PageRequest, requestOf } from "./accounting/request.js";
import { totalPages } from "./accounting/scope.js";
import { type Process, type TaskSums, taskSums } from "./accounting/tasks.js";
import { zoneWatermarks } from "./accounting/watermarks.js";
import type { Context } from "./context.js";
import type { ReportDigest } from "./history.js";
import { difference, percent, type Quantity, sum } from "./quantity.js";

/** What rules read: each derived from the report once, when a rule first needs it. */
export interface Facts {
  /** The memory of the machine, of a report that is not of a memory cgroup's limit. */
  readonly machine: MachineFacts;
  /** What was asked of the page allocator. */
  readonly request: PageRequest;
  /** The zones against their watermarks. */
  readonly zones: ZoneFacts;
  /** Usage of the memory cgroup whose limit was hit. */
  readonly memcg: MemcgSheet;
  /** The task table, added up, and what its sizes are shares of. */
  readonly tasks: TaskFacts;
  readonly victim: VictimFacts;
  readonly replay: Replay;
  /** Earlier reports of the same boot, oldest first, and this one. */
  readonly history: { readonly earlier: readonly ReportDigest[]; readonly current: ReportDigest };
}

export type Need = keyof Facts;

export interface MachineFacts {
  readonly sheet: BalanceSheet;
  /** Swap in pages; null where none is printed. */
  readonly swap: { readonly total: Quantity; readonly free: Quantity; readonly used: Quantity } | null;
  /** Anonymous memory of processes: the anonymous LRU without shmem. Null up to v2.6.31, which print no shmem. */
  readonly privateAnonymous: Quantity | null;
  /** shmem that no process maps, at least. */
  readonly unmappedShmem: Quantity | null;
  /** Part of the machine's memory, in percent. */
  share(part: Quantity): Quantity;
}

export interface ZoneFacts {
  readonly request: PageRequest;
  readonly all: readonly ZoneWatermarks[];
  /** Those that the request may use. */
  readonly eligible: readonly ZoneWatermarks[];
}

export interface TaskFacts extends TaskSums {
  /** What processes can fill: RAM and used swap, or the limit and the swap charged. */
  readonly capacity: Quantity;
  /**
   * Sum of rss in percent of the memory that processes can have mapped. Above 125, memory is counted in several rows.
   * Null where the counters are missing.
   */
  readonly coverage: Quantity | null;
  /** Rows may be missing. */
  readonly cut: boolean;
  share(part: Quantity): Quantity;
}

export interface VictimFacts {
  readonly kill: Kill;
  /** Its row; null when the table has none. */
  readonly process: Process | null;
}

/** Why a report does not have a fact. */
export class Lacking {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

type Reader<T> = (context: Context) => T | Lacking;

/** How each fact is derived. */
export const factTable: { readonly [N in Need]: Reader<Facts[N]> } = {
  machine: readMachine,
  request: ({ report }) => requestOf(report) ?? new Lacking("the line that opens a report is missing"),
  zones: readZones,
  memcg: readMemcg,
  tasks: readTasks,
  victim: readVictim,
  replay: ({ replay }) => replay ?? new Lacking("the selection could not be run again"),
  history: ({ earlier, digest }) =>
    earlier.length === 0 ? new Lacking("this is the first report of its boot") : { earlier, current: digest },
};

function isOfMemcg({ report }: Context): boolean {
  return report.constraint === "CONSTRAINT_MEMCG";
}

function readMachine(context: Context): MachineFacts | Lacking {
  const { report, traits, pageSizeBytes } = context;
  if (isOfMemcg(context)) return new Lacking("the limit of a memory cgroup was hit, not the machine's");
  const { memInfo } = report;
  if (memInfo === null) return new Lacking("the report has no memory counters (Mem-Info)");
  const sheet = machineBalance(memInfo, traits, pageSizeBytes);
  if (sheet === null) return new Lacking("the report does not tell the machine's memory (pages RAM)");
  const total = totalPages(memInfo, "Total swap", pageSizeBytes);
  const free = totalPages(memInfo, "Free swap", pageSizeBytes);
  const anonymous = sheet.terms.get("anonymous");
  const shmem = sheet.within.get("shmem");
  const mapped = sheet.within.get("mapped");
  return {
    sheet,
    swap: total === null || free === null ? null : { total, free, used: difference("used swap", total, free) },
    privateAnonymous:
      anonymous === undefined || shmem === undefined ? null : difference("private anonymous", anonymous, shmem),
    unmappedShmem: shmem === undefined || mapped === undefined ? null : difference("unmapped shmem", shmem, mapped),
    share: (part) => percent(`share of ${part.name}`, part, sheet.total),
  };
}

function readZones(context: Context): ZoneFacts | Lacking {
  const { report, traits, pageSizeBytes } = context;
  const { memInfo } = report;
  if (isOfMemcg(context)) return new Lacking("the limit of a memory cgroup was hit, not the machine's");
  const request = requestOf(report);
  if (request === null) return new Lacking("the line that opens a report is missing");
  if (memInfo === null || memInfo.zones.length === 0) return new Lacking("the report has no zone lines");
  const nodes = traits === null ? null : inferConstraint(report, traits, pageSizeBytes).nodes;
  const all = zoneWatermarks(memInfo, request, nodes, pageSizeBytes);
  if (all.length === 0) return new Lacking("the zone lines have no watermarks");
  return { request, all, eligible: all.filter(({ eligible }) => eligible) };
}

function readMemcg(context: Context): MemcgSheet | Lacking {
  if (!isOfMemcg(context)) return new Lacking("no limit of a memory cgroup was hit");
  const sheet = memcgSheet(context.report, context.pageSizeBytes);
  if (sheet === null) return new Lacking("the usage and limit of the memory cgroup are not in the report");
  return sheet;
}

function readTasks(context: Context): TaskFacts | Lacking {
  const { report } = context;
  const plain = taskSums(report.tasks);
  if (plain === null) {
    return new Lacking(
      report.tableAbsent === true ? "the kernel printed no task table (vm.oom_dump_tasks is 0)" : "no task table",
    );
  }
  const capacity = capacityOf(context);
  if (capacity === null) return new Lacking("the report does not tell the memory that the processes shared");
  const coverage = coverageOf(context, plain);
  const oneMmTwice = coverage !== null && coverage.value > sharedMmCoverage;
  const sums = oneMmTwice ? (taskSums(report.tasks, { mergeTwins: true }) ?? plain) : plain;
  return {
    ...sums,
    capacity,
    coverage,
    cut: report.taskTable?.cut === true || report.dropped.length > 0,
    share: (part) => percent(`share of ${part.name}`, part, capacity),
  };
}

/** Equal neighbouring rows are taken for one address space only where the rows hold more than there is, in percent. */
const sharedMmCoverage = 115;

function capacityOf(context: Context): Quantity | null {
  const memcg = context.fact("memcg");
  if (!(memcg instanceof Lacking)) {
    const of = memcg.hit.unlimited ? memcg.usage : memcg.limit;
    return memcg.swapUsed === null ? of : sum("limit and swap", of, memcg.swapUsed);
  }
  const machine = context.fact("machine");
  if (machine instanceof Lacking) return null;
  const used = machine.swap?.used;
  return used === undefined || used.value <= 0
    ? machine.sheet.total
    : sum("RAM and used swap", machine.sheet.total, used);
}

/** rss of all rows against what can be in an rss: anonymous and unevictable pages, and mapped ones of files and shmem. */
function coverageOf(context: Context, { rss }: TaskSums): Quantity | null {
  const memcg = context.fact("memcg");
  if (!(memcg instanceof Lacking)) return percent("rss of the rows against usage", rss, memcg.usage);
  const machine = context.fact("machine");
  if (machine instanceof Lacking) return null;
  const { terms, within } = machine.sheet;
  const anonymous = terms.get("anonymous");
  const shmem = within.get("shmem");
  const mapped = within.get("mapped");
  if (anonymous === undefined || shmem === undefined || mapped === undefined) return null;
  const unevictable = terms.get("unevictable");
  const mappable = difference(
    "memory that rss can hold",
    sum("evictable and mapped", anonymous, mapped, ...(unevictable === undefined ? [] : [unevictable])),
    shmem,
  );
  return mappable.value <= 0 ? null : percent("rss of the rows against the counters", rss, mappable);
}

function readVictim(context: Context): VictimFacts | Lacking {
  const { report } = context;
  const kill = report.kills.find(({ role }) => role === "victim" || role === "sacrificed-child") ?? report.kills[0];
  if (kill === undefined) return new Lacking("the report names no victim");
  const tasks = context.fact("tasks");
  const process =
    tasks instanceof Lacking
      ? null
      : (tasks.processes.find(({ row }) => row.pid === kill.pid || row.tgid === kill.pid) ??
        tasks.processes.find(({ twins }) => twins.some(({ pid }) => pid === kill.pid)) ??
        null);
  return { kill, process };
}
