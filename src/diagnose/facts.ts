import type { ZoneWatermarks } from "../model/accounting.js";
import type { Replay } from "../model/replay.js";
import { FEWEST_ROWS_OF_MACHINE, type Kill, type OomReport } from "../model/report.js";
import { toNumber } from "../model/units.js";
import { whyTableAbsent } from "../replay/process.js";
import { inferConstraint } from "../replay/reconstruct-constraint.js";
import { type BalanceSheet, machineBalance } from "./accounting/balance.js";
import { type LimitPath, limitPath, type MemcgSheet, memcgSheet } from "./accounting/memcg.js";
import { impliedRequest, type PageRequest, requestOf } from "./accounting/request.js";
import { totalPages } from "./accounting/scope.js";
import { type Process, type TaskSums, taskSums } from "./accounting/tasks.js";
import { isRoomy, zoneWatermarks } from "./accounting/watermarks.js";
import type { Context } from "./context.js";
import type { ReportDigest } from "./history.js";
import { difference, named, percent, type Quantity, sum } from "./quantity.js";

/** What rules read: each derived from the report once, when a rule first needs it. */
export interface Facts {
  /** The memory of the machine, of a report that is not of a memory cgroup's limit. */
  readonly machine: MachineFacts;
  /** Swap, and the anonymous memory that could be in it. */
  readonly swap: SwapFacts;
  /** What was asked of the page allocator. */
  readonly request: PageRequest;
  /** The zones against their watermarks. */
  readonly zones: ZoneFacts;
  /** The memory cgroup whose limit was hit, as far as the log names it. */
  readonly cgroup: LimitPath;
  /** Its usage and statistics. */
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
  /** Anonymous memory of processes: the anonymous LRU without shmem. Null up to v2.6.31, which print no shmem. */
  readonly privateAnonymous: Quantity | null;
  /** shmem that no process maps, at least. */
  readonly unmappedShmem: Quantity | null;
  /** Part of the machine's memory, in percent. */
  share(part: Quantity): Quantity;
}

/** In pages. */
export interface SwapFacts {
  readonly total: Quantity;
  readonly free: Quantity;
  readonly used: Quantity;
  /** RAM, or what the counters of an excerpt hold. */
  readonly ram: Quantity;
  readonly anonymous: Quantity | null;
}

export interface ZoneFacts {
  readonly request: PageRequest;
  readonly all: readonly ZoneWatermarks[];
  /** Those that the request may use. */
  readonly eligible: readonly ZoneWatermarks[];
  /** Those of them that could have served it: well above the mark that the kernel tries last. */
  readonly roomy: readonly ZoneWatermarks[];
}

export interface TaskFacts extends TaskSums {
  /**
   * What processes can fill: RAM and used swap, or the limit and the swap charged. Where no counter tells either, what
   * the rows hold together.
   */
  readonly capacity: Quantity;
  /**
   * Sum of rss in percent of the memory that processes can have mapped. Above 125, memory is counted in several rows.
   * Null where the counters are missing.
   */
  readonly coverage: Quantity | null;
  /** Rows are missing or may be. */
  readonly cut: boolean;
  /** Counters tell the capacity; without them shares are of what the rows hold, and say little. */
  readonly counted: boolean;
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
  /** The report is not about such a thing at all, so that nothing is missing. */
  readonly foreign: boolean;

  constructor(reason: string, { foreign = false }: { readonly foreign?: boolean } = {}) {
    this.reason = reason;
    this.foreign = foreign;
  }
}

const ofMemcg = new Lacking("the limit of a memory cgroup was hit, not the machine's", { foreign: true });
const ofMachine = new Lacking("no limit of a memory cgroup was hit", { foreign: true });

type Reader<T> = (context: Context) => T | Lacking;

/** How each fact is derived. */
export const factTable: { readonly [N in Need]: Reader<Facts[N]> } = {
  machine: readMachine,
  swap: readSwap,
  request: (context) =>
    isOfMemcg(context)
      ? ofMemcg
      : (requestOf(context.report) ?? new Lacking("the line that opens a report is missing")),
  zones: readZones,
  cgroup: (context) => (isOfMemcg(context) ? limitPath(context.report) : ofMachine),
  memcg: readMemcg,
  tasks: readTasks,
  victim: readVictim,
  replay: ({ replay }) => replay ?? new Lacking("the selection could not be run again"),
  history: ({ earlier, digest }) =>
    earlier.length === 0
      ? new Lacking("this is the first report of its boot", { foreign: true })
      : { earlier, current: digest },
};

function isOfMemcg({ report }: Context): boolean {
  return report.constraint === "CONSTRAINT_MEMCG";
}

function sheetOf(context: Context): BalanceSheet | Lacking {
  const { report, traits, pageSizeBytes } = context;
  if (isOfMemcg(context)) return ofMemcg;
  const sheet = report.memInfo === null ? null : machineBalance(report.memInfo, traits, pageSizeBytes);
  return sheet ?? new Lacking("the report has no memory counters (Mem-Info)");
}

function readMachine(context: Context): MachineFacts | Lacking {
  const sheet = sheetOf(context);
  if (sheet instanceof Lacking) return sheet;
  if (!sheet.totalKnown && !sheet.complete) {
    return new Lacking("the report does not tell the machine's memory (pages RAM), and its counters are cut");
  }
  const anonymous = sheet.terms.get("anonymous");
  const shmem = sheet.within.get("shmem");
  const mapped = sheet.within.get("mapped");
  return {
    sheet,
    privateAnonymous:
      anonymous === undefined || shmem === undefined ? null : difference("private anonymous", anonymous, shmem),
    unmappedShmem: shmem === undefined || mapped === undefined ? null : difference("unmapped shmem", shmem, mapped),
    share: (part) => percent(`share of ${part.name}`, part, sheet.total),
  };
}

function readSwap(context: Context): SwapFacts | Lacking {
  const sheet = sheetOf(context);
  if (sheet instanceof Lacking) return sheet;
  const { memInfo } = context.report;
  const total = memInfo === null ? null : totalPages(memInfo, "Total swap", context.pageSizeBytes);
  const free = memInfo === null ? null : totalPages(memInfo, "Free swap", context.pageSizeBytes);
  if (total === null || free === null) return new Lacking("the report does not tell the machine's swap");
  const anonymous = sheet.terms.get("anonymous") ?? null;
  return { total, free, used: difference("used swap", total, free), ram: sheet.total, anonymous };
}

function readZones(context: Context): ZoneFacts | Lacking {
  const { report, traits, pageSizeBytes } = context;
  const { memInfo } = report;
  if (isOfMemcg(context)) return ofMemcg;
  if (memInfo === null || memInfo.zones.length === 0) return new Lacking("the report has no zone lines");
  const request = requestOf(report) ?? impliedRequest(memInfo);
  if (request === null) return new Lacking("the line that opens a report is missing");
  const nodes = traits === null ? null : inferConstraint(report, traits, pageSizeBytes).nodes;
  const all = zoneWatermarks(memInfo, request, nodes, pageSizeBytes);
  if (all.length === 0) return new Lacking("the zone lines have no watermarks");
  const eligible = all.filter((zone) => zone.eligible);
  return { request, all, eligible, roomy: eligible.filter(isRoomy) };
}

function readMemcg(context: Context): MemcgSheet | Lacking {
  if (!isOfMemcg(context)) return ofMachine;
  const sheet = memcgSheet(context.report, context.pageSizeBytes);
  if (sheet === null) return new Lacking("the usage and limit of the memory cgroup are not in the report");
  return sheet;
}

function readTasks(context: Context): TaskFacts | Lacking {
  const { report } = context;
  const plain = taskSums(report.tasks);
  if (plain === null) {
    return new Lacking(
      report.tableAbsent === true ? `no task table (${whyTableAbsent(context.traits)})` : "no task table",
    );
  }
  const counted = capacityOf(context, plain);
  const capacity = counted ?? (plain.rows.value >= FEWEST_ROWS_OF_MACHINE ? heldByRows(plain) : null);
  if (capacity === null) return new Lacking("neither counters nor a whole table tell what the processes shared");
  const ofAllRows = coverageOf(context, plain);
  const sums = ofAllRows === null ? plain : withoutTwins(report.tasks, plain, ofAllRows);
  const coverage = sums === plain ? ofAllRows : coverageOf(context, sums);
  return {
    ...sums,
    capacity,
    coverage,
    cut: report.taskTable?.cut === true || report.dropped.length > 0 || isExcerpt(context, plain),
    counted: counted !== null,
    share: (part) => percent(`share of ${part.name}`, part, capacity),
  };
}

/** Lab guests have few processes; there, and in memory cgroups, a short table is whole. */
function isExcerpt(context: Context, { rows, rss }: TaskSums): boolean {
  const machine = context.fact("machine");
  if (machine instanceof Lacking || rows.value >= FEWEST_ROWS_OF_MACHINE) return false;
  const { privateAnonymous } = machine;
  return privateAnonymous !== null && rss.value * 2 < privateAnonymous.value;
}

/** Equal neighbouring rows are taken for one address space only where the rows hold more than there is, in percent. */
const sharedMmCoverage = 115;

/**
 * The table with one process for each two rows that look like one address space, where that explains why the rows hold
 * more than there is. Where it does not, memory is shared in other ways, and equal rows are workers that were forked
 * alike.
 */
function withoutTwins(rows: OomReport["tasks"], plain: TaskSums, coverage: Quantity): TaskSums {
  if (coverage.value <= sharedMmCoverage) return plain;
  const merged = taskSums(rows, { mergeTwins: true }) ?? plain;
  const held = merged.processes.reduce((total, { row }) => total + toNumber(row.rssPages), 0);
  return (coverage.value * held) / plain.rss.value <= sharedMmCoverage ? merged : plain;
}

function heldByRows({ rss, swap }: TaskSums): Quantity {
  return swap === null ? named("what the rows hold", rss) : sum("what the rows hold", rss, swap);
}

function capacityOf(context: Context, { swap: rowSwap }: TaskSums): Quantity | null {
  const memcg = context.fact("memcg");
  if (!(memcg instanceof Lacking)) {
    const of = memcg.hit.unlimited ? memcg.usage : memcg.limit;
    // Where the kernel does not account swap to cgroups, the rows still tell it.
    const swap = memcg.swapUsed ?? rowSwap;
    const name = memcg.hit.unlimited ? "the cgroup's usage" : "the cgroup's limit";
    return swap === null || swap.value === 0 ? named(name, of) : sum(`${name} and swap`, of, swap);
  }
  const machine = context.fact("machine");
  if (machine instanceof Lacking) return null;
  const swap = context.fact("swap");
  if (swap instanceof Lacking || swap.used.value <= 0) return machine.sheet.total;
  return sum("RAM and used swap", machine.sheet.total, swap.used);
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
  const mappable = difference(
    "memory that rss can hold",
    sum("evictable and mapped", anonymous, mapped, ...unevictableInRss(terms.get("unevictable"), within)),
    shmem,
  );
  return mappable.value <= 0 ? null : percent("rss of the rows against the counters", rss, mappable);
}

/**
 * Unevictable pages that rss can hold beside the mapped ones: those of mlock, and locked shmem. What is neither is of
 * ramfs, and where a process maps it, it is among the mapped ones already.
 */
function unevictableInRss(unevictable: Quantity | undefined, within: BalanceSheet["within"]): readonly Quantity[] {
  const mlocked = within.get("mlocked");
  const shmem = within.get("shmem");
  if (unevictable === undefined) return [];
  if (mlocked === undefined || shmem === undefined || unevictable.value - mlocked.value <= shmem.value)
    return [unevictable];
  return [mlocked, shmem];
}

function readVictim(context: Context): VictimFacts | Lacking {
  const { report } = context;
  const kill = report.kills.find(({ role }) => role === "victim" || role === "sacrificed-child") ?? report.kills[0];
  if (kill === undefined) {
    const nobody = report.panic !== undefined || report.noKillable !== null;
    return new Lacking("the report names no victim", { foreign: nobody });
  }
  const tasks = context.fact("tasks");
  const process =
    tasks instanceof Lacking
      ? null
      : (tasks.processes.find(({ row }) => row.pid === kill.pid || row.tgid === kill.pid) ??
        tasks.processes.find(({ twins }) => twins.some(({ pid }) => pid === kill.pid)) ??
        null);
  return { kill, process };
}
