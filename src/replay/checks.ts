import { countOf } from "../model/count.js";
import { isConstraint, type Kill, type OomReport, type TaskRow } from "../model/report.js";
import type { KernelTraits } from "../model/traits.js";
import { type Int64, toBigInt } from "../model/units.js";
import type { Check } from "../model/verdict.js";
import { type CaseSet, rankedTask } from "./cases.js";
import { counterOf, sumZonePages, totalOf, totalSwapPages, usedSwapPages } from "./log-facts.js";
import { pickedTask, processOf } from "./process.js";
import { checksScore, scoreOf } from "./score.js";

/** What the checks need besides the report. */
export interface CheckContext {
  readonly traits: KernelTraits;
  readonly pageSizeBytes: number;
  readonly set: CaseSet | null;
  /** Somebody was killed before, in the same boot. */
  readonly afterKill: boolean;
}

type CheckRule = (report: OomReport, context: CheckContext) => Check | null;

/**
 * Every check, in the order in which they are shown. Each is an equation between two places of the log, or between the
 * log and the rule; null where the report's kernel prints neither side.
 */
const checkRules: readonly CheckRule[] = [
  printedScore,
  constraintScope,
  rowParts,
  rowBounds,
  victimTotalVm,
  victimRss,
  victimName,
  victimUid,
  victimPageTables,
  victimOomScoreAdj,
  usageReachesLimit,
  zoneFreeSum,
  managedSum,
];

/** Holds the log against itself and against the rule. */
export function runChecks(report: OomReport, context: CheckContext): readonly Check[] {
  const checks: Check[] = [];
  for (const rule of checkRules) {
    const check = rule(report, context);
    if (check !== null) checks.push(check);
  }
  return checks;
}

function printedScore(report: OomReport, { traits, set }: CheckContext): Check | null {
  const { chosen } = report;
  if (chosen?.score === undefined || set === null || !checksScore(report, traits)) return null;
  const one = set.cases[0];
  const picked = pickedTask(report)?.pid ?? chosen.pid;
  const task = rankedTask(one.replay.ranking, report, picked);
  if (task === undefined || task.points === null || one.totalPages === null) {
    return {
      id: "printed-score",
      expected: "a row of the chosen task",
      actual: `score ${chosen.score}, and no row to compute it from`,
      ok: null,
      lines: [chosen.line],
    };
  }
  const score = scoreOf(task.points, one.totalPages, one.replay.pointsUnit);
  const formula =
    one.replay.pointsUnit === "pages"
      ? `${task.points} points × 1000 / ${one.totalPages} totalpages = ${score}`
      : `${score} of 1000 totalpages shares (totalpages ${one.totalPages})`;
  const row = processOf(report, picked);
  const ok = toBigInt(chosen.score) === score;
  // Tables without page-table and swap columns (v2.6.36 to v3.5, RHEL 6) show a lower bound only.
  const lowerBound = traits.taskTable === "oom_adj+oom_score_adj" || traits.taskTable === "oom_adj";
  return {
    id: "printed-score",
    expected: lowerBound ? `at least ${formula} (page tables and swap are not in this kernel's table)` : formula,
    actual: `score ${chosen.score}`,
    ok: lowerBound ? toBigInt(chosen.score) >= score : ok,
    lines: [chosen.line, ...(row === null ? [] : [row.line])],
  };
}

/** The constraint of the oom-kill line against what else the report says of the limit. v5.0 and v5.1 print it wrong. */
function constraintScope(report: OomReport, { traits }: CheckContext): Check | null {
  const { summary, memcg } = report;
  if (summary === null || traits.constraintPrinted !== "right" || !isConstraint(summary.constraint)) return null;
  const message = report.kills.find(({ message }) => message?.startsWith("Memory cgroup out of memory") === true);
  const isMemcg = summary.oomMemcg !== null || memcg !== null || message !== undefined;
  const hasNodemask = summary.nodemask !== null && summary.nodemask !== "(null)";
  const isPolicy = summary.constraint === "CONSTRAINT_MEMORY_POLICY";
  const fits = isMemcg === (summary.constraint === "CONSTRAINT_MEMCG") && (!isPolicy || hasNodemask);
  const lines = [
    summary.line,
    ...(memcg === null ? [] : [memcg.line]),
    ...(message === undefined ? [] : [message.line]),
  ];
  return {
    id: "constraint-scope",
    expected: isMemcg ? "a memory cgroup's limit" : isPolicy ? "a nodemask" : "no memory cgroup's limit",
    actual: `${summary.constraint}, nodemask ${summary.nodemask ?? "(null)"}`,
    ok: fits,
    lines,
  };
}

/** Since v6.8 a row shows what its rss is made of. */
function rowParts(report: OomReport): Check | null {
  const split = report.tasks.filter(({ rssAnonPages }) => rssAnonPages !== undefined);
  if (split.length === 0) return null;
  const sumOf = (row: TaskRow): bigint =>
    toBigInt(row.rssAnonPages ?? 0) + toBigInt(row.rssFilePages ?? 0) + toBigInt(row.rssShmemPages ?? 0);
  const odd = split.find((row) => sumOf(row) !== toBigInt(row.rssPages));
  return {
    id: "row-parts",
    expected: "rss = rss_anon + rss_file + rss_shmem in each row",
    actual: odd === undefined ? countOf(split.length, "row") : `pid ${odd.pid}: ${odd.rssPages}, not ${sumOf(odd)}`,
    ok: odd === undefined,
    lines: odd === undefined ? [] : [odd.line],
  };
}

/** No more of an address space can be resident than there is; no more in swap than the machine has. */
function rowBounds(report: OomReport, { pageSizeBytes }: CheckContext): Check | null {
  if (report.tasks.length === 0) return null;
  const swap = totalSwapPages(report, pageSizeBytes);
  // While swapoff runs, and after it has failed, the total leaves out what is still in swap.
  const isShrinking = swap?.value === 0n || (usedSwapPages(report, pageSizeBytes) ?? 0n) < 0n;
  const isOdd = (row: TaskRow): boolean =>
    toBigInt(row.rssPages) > toBigInt(row.totalVmPages) ||
    (swap !== null && !isShrinking && toBigInt(row.swapPages ?? 0) > swap.value);
  const odd = report.tasks.find(isOdd);
  return {
    id: "row-bounds",
    expected: `rss ≤ total_vm${swap === null ? "" : ` and swapents ≤ Total swap ${swap.value} pages`} in each row`,
    actual:
      odd === undefined
        ? countOf(report.tasks.length, "row")
        : `pid ${odd.pid}: rss ${odd.rssPages}, total_vm ${odd.totalVmPages}, swapents ${odd.swapPages ?? 0}`,
    ok: odd === undefined,
    lines: odd === undefined ? [] : [odd.line, ...(swap?.lines ?? [])],
  };
}

function firstKill(report: OomReport): { readonly kill: Kill; readonly row: TaskRow } | null {
  const kill = report.kills[0];
  if (kill === undefined) return null;
  const row = processOf(report, kill.pid);
  return row === null ? null : { kill, row };
}

/** Its other threads may map memory between the two lines: a hundredth at most. Another page size is twice as much. */
const TOTAL_VM_DRIFT = 100n;

function victimTotalVm(report: OomReport, { pageSizeBytes }: CheckContext): Check | null {
  const pair = firstKill(report);
  if (pair?.kill.totalVmKb === undefined) return null;
  const expected = (toBigInt(pair.row.totalVmPages) * BigInt(pageSizeBytes)) / 1024n;
  return {
    id: "victim-total-vm",
    expected: `total_vm ${pair.row.totalVmPages} pages × ${pageSizeBytes / 1024} kB = ${expected} kB, or nearly (it runs on)`,
    actual: `total-vm ${pair.kill.totalVmKb} kB`,
    ok: absolute(toBigInt(pair.kill.totalVmKb) - expected) * TOTAL_VM_DRIFT <= expected,
    lines: [pair.row.line, pair.kill.line],
  };
}

/** A victim may run on between table and kill line, and each of its three counters is synced in steps of 64 pages. */
const RSS_SLACK_PAGES = 192n;

function victimRss(report: OomReport, { pageSizeBytes }: CheckContext): Check | null {
  const pair = firstKill(report);
  if (pair?.kill.anonRssKb === undefined) return null;
  const parts: Int64[] = [pair.kill.anonRssKb, pair.kill.fileRssKb ?? 0, pair.kill.shmemRssKb ?? 0];
  const actual = parts.reduce<bigint>((sum, kb) => sum + toBigInt(kb), 0n);
  const expected = (toBigInt(pair.row.rssPages) * BigInt(pageSizeBytes)) / 1024n;
  return {
    id: "victim-rss",
    expected: `rss ${pair.row.rssPages} pages × ${pageSizeBytes / 1024} kB = ${expected} kB, or less (read after SIGKILL)`,
    actual: `anon + file + shmem = ${actual} kB`,
    ok: actual <= expected + (RSS_SLACK_PAGES * BigInt(pageSizeBytes)) / 1024n,
    lines: [pair.row.line, pair.kill.line],
  };
}

/** In the `oom-kill:` line (since v5.0) and in the kill line (since v5.3). */
function victimUid(report: OomReport): Check | null {
  const { summary, kills } = report;
  const row = processOf(report, summary?.pid ?? kills[0]?.pid ?? -1);
  if (row === null) return null;
  const printed = [
    ...(summary?.uid == null ? [] : [{ text: `uid=${summary.uid}`, uid: summary.uid, line: summary.line }]),
    ...kills
      .filter(({ pid }) => pid === row.tgid || pid === row.pid)
      .flatMap(({ uid, line }) => (uid === undefined ? [] : [{ text: `UID:${uid}`, uid, line }])),
  ];
  if (printed.length === 0) return null;
  return equation(
    "victim-uid",
    `uid ${row.uid} in the table`,
    printed.map(({ text }) => text).join(", "),
    // The table prints a uid signed, the other lines unsigned.
    printed.every(({ uid }) => (uid | 0) === (row.uid | 0)),
    [row.line, ...printed.map(({ line }) => line)],
  );
}

/** A process may be renamed between table and kill line, but hardly is. */
function victimName(report: OomReport): Check | null {
  const pair = firstKill(report);
  if (pair === null) return null;
  const { row, kill } = pair;
  return equation("victim-name", `name ${row.name} in the table`, `(${kill.name})`, row.name === kill.name, [
    row.line,
    kill.line,
  ]);
}

/** Up to v5.4 bytes are labelled kB there; distributions have the fix in older kernels, so the number itself tells. */
function victimPageTables(report: OomReport): Check | null {
  const pair = firstKill(report);
  if (pair?.kill.pgtablesKb === undefined || pair.row.pgtablesBytes === undefined) return null;
  const inBytes = toBigInt(pair.kill.pgtablesKb) === toBigInt(pair.row.pgtablesBytes);
  const expected = toBigInt(pair.row.pgtablesBytes) / (inBytes ? 1n : 1024n);
  return equation(
    "victim-pgtables",
    `pgtables_bytes ${pair.row.pgtablesBytes}`,
    inBytes
      ? `pgtables ${pair.kill.pgtablesKb} (bytes, labelled kB by this kernel)`
      : `pgtables ${pair.kill.pgtablesKb} kB`,
    toBigInt(pair.kill.pgtablesKb) === expected,
    [pair.row.line, pair.kill.line],
  );
}

function victimOomScoreAdj(report: OomReport): Check | null {
  const pair = firstKill(report);
  if (pair?.kill.oomScoreAdj === undefined || pair.row.oomScoreAdj === undefined) return null;
  return equation(
    "victim-oom-score-adj",
    `oom_score_adj ${pair.row.oomScoreAdj} in the table`,
    `oom_score_adj ${pair.kill.oomScoreAdj} in the kill line`,
    pair.row.oomScoreAdj === pair.kill.oomScoreAdj,
    [pair.row.line, pair.kill.line],
  );
}

/** CPUs whose stocks are allowed for: a log does not print how many there are. */
const STOCK_CPUS = 64n;

/**
 * A charge fails when usage + need exceeds the limit. The need is up to a batch of 64 pages, or the block of the order.
 * Usage is read after that, while the report is printed: what an earlier victim gives back in between is not known, nor
 * how many CPUs give back the batch that each may hold in stock.
 */
function usageReachesLimit(report: OomReport, { pageSizeBytes, afterKill }: CheckContext): Check | null {
  const limits = (report.memcg?.limits ?? []).filter(
    (limit) => !limit.unlimited && (limit.name === "memory" || limit.name === "memory+swap"),
  );
  const best = limits.reduce<(typeof limits)[number] | undefined>(
    (found, limit) =>
      found === undefined ||
      toBigInt(limit.limitKb) - toBigInt(limit.usageKb) < toBigInt(found.limitKb) - toBigInt(found.usageKb)
        ? limit
        : found,
    undefined,
  );
  if (best === undefined) return null;
  const orderPages = 1n << BigInt(Math.min(Math.max(report.trigger?.order ?? 0, 0), 20));
  const needPages = orderPages > 64n ? orderPages : 64n;
  const needKb = (needPages * BigInt(pageSizeBytes)) / 1024n;
  const room = toBigInt(best.limitKb) - toBigInt(best.usageKb);
  const mayBeReturned = afterKill || room <= needKb + (64n * STOCK_CPUS * BigInt(pageSizeBytes)) / 1024n;
  return {
    id: "memcg-usage-at-limit",
    expected: `${best.name} usage within ${needKb} kB of its limit ${best.limitKb} kB`,
    actual: `usage ${best.usageKb} kB, ${room} kB below`,
    ok: room <= needKb || (mayBeReturned ? null : false),
    lines: [best.line],
  };
}

function zoneFreeSum(report: OomReport, { pageSizeBytes, set, afterKill }: CheckContext): Check | null {
  const free = report.memInfo === null ? undefined : counterOf(report.memInfo.counters, "free");
  const sum = sumZonePages(report.memInfo?.zones ?? [], "free", pageSizeBytes);
  if (free === undefined || sum === null || !allZonesShown(report, set)) return null;
  const difference = toBigInt(free.value) - sum.value;
  // The zones are read one after the other while other processors go on, so some drift is normal, and pages of the
  // per-CPU lists may be drained; after a kill, any: the victim's memory comes back meanwhile.
  const onLists = report.memInfo === null ? undefined : counterOf(report.memInfo.counters, "free_pcp");
  const drift = 256n + sum.value / 50n + toBigInt(onLists?.value ?? 0);
  const isClose = absolute(difference) <= drift;
  return {
    id: "zone-free-sum",
    expected: `free of all zones = ${sum.value} pages`,
    actual: `global free = ${free.value} pages`,
    ok: isClose || (afterKill && difference < 0n ? null : false),
    lines: [free.line, ...sum.lines],
  };
}

function managedSum(report: OomReport, { traits, pageSizeBytes, set }: CheckContext): Check | null {
  const ram = totalOf(report.memInfo, "pages RAM");
  const reserved = totalOf(report.memInfo, "pages reserved");
  const managed = sumZonePages(report.memInfo?.zones ?? [], "managed", pageSizeBytes);
  if (ram === undefined || reserved === undefined || managed === null) return null;
  if (traits.reservedPages !== "present-managed" || !allZonesShown(report, set)) return null;
  const whole = toBigInt(ram.value) - toBigInt(reserved.value);
  return equation(
    "managed-sum",
    `pages RAM ${ram.value} − pages reserved ${reserved.value} = ${whole} pages`,
    `managed of all zones = ${managed.value} pages`,
    whole === managed.value,
    [ram.line, reserved.line, ...managed.lines],
  );
}

/** Zones are left out under a cpuset or memory policy, and (since v6.1) above the request's highest zone. */
function allZonesShown(report: OomReport, set: CaseSet | null): boolean {
  if (set?.inferred.constraint !== "CONSTRAINT_NONE" && set?.inferred.constraint !== "CONSTRAINT_MEMCG") return false;
  const ram = totalOf(report.memInfo, "pages RAM");
  const present = sumZonePages(report.memInfo?.zones ?? [], "present", set.cases[0].scenario.machine.pageSizeBytes);
  return ram !== undefined && present !== null && present.value === toBigInt(ram.value);
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function equation(id: string, expected: string, actual: string, ok: boolean, lines: readonly number[]): Check {
  return { id, expected, actual, ok, lines };
}
