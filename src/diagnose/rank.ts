import type { Confidence, Finding } from "../model/finding.js";
import type { Context } from "./context.js";
import { Lacking } from "./facts.js";
import type { AnyRule, RankGroup } from "./rule.js";
import { thresholds } from "./thresholds.js";

/** A finding while it is ranked. */
export interface Ranked {
  readonly rule: AnyRule;
  readonly group: RankGroup;
  /** Pages that it explains; 0 where it is not about an amount. */
  readonly pages: number;
  readonly finding: Finding;
}

/** The groups, best first. */
const groupOrder: readonly RankGroup[] = [
  "kind",
  "elsewhere",
  "memcg-cause",
  "memcg-limit",
  "consumer",
  "selection",
  "context",
];

const confidenceOrder: readonly Confidence[] = ["high", "medium", "low"];
const severityOrder: readonly Finding["severity"][] = ["problem", "notice", "info"];

/**
 * Consumers that are processes; the others are memory that no kill gives back. The better explanation first: while rows
 * count a shared segment several times, their sizes can not be compared, so that stands before them.
 */
const processConsumers: readonly string[] = [
  "shared-memory-database",
  "protected-consumer",
  "same-name-group",
  "single-anon-hog",
  "pid1-hog",
  "many-tasks-sum",
];

/** Those that name a process or a group. */
const namedConsumers: readonly string[] = ["protected-consumer", "same-name-group", "single-anon-hog"];

/** Of these two the larger is the better explanation: one process can hold more than a whole group of another name. */
const bySize: readonly string[] = ["same-name-group", "single-anon-hog"];

/**
 * Orders findings: what ended the search first, then memory that was free elsewhere, then the memory cgroup, then what
 * used the memory, then the choice, and last what only shaped it. Rules that are fallbacks are left out where another
 * rule of their group has found something.
 */
export function rank(ranked: readonly Ranked[], context: Context): Ranked[] {
  const kept = ranked.filter(
    (one) => one.rule.fallback !== true || !ranked.some((other) => replaces(other, one, context)),
  );
  const key = (one: Ranked): readonly number[] => [
    groupOrder.indexOf(one.group),
    ...(one.group === "consumer" ? consumerKey(one, kept, context) : []),
    ...(one.group === "memcg-cause" ? [isLargeMemcgCause(one, context) ? 0 : 1] : []),
    // What only shaped it: a problem before a circumstance.
    one.group === "context" ? severityOrder.indexOf(one.finding.severity) : 0,
    one.group === "kind" || one.group === "elsewhere" ? 0 : confidenceOrder.indexOf(one.finding.confidence),
    one.finding.basis === "fact" ? 0 : 1,
    severityOrder.indexOf(one.finding.severity),
  ];
  const keys = new Map(kept.map((one) => [one, key(one)]));
  // The sort is stable: equal findings keep the order of the list of rules.
  return [...kept].sort((a, b) => compareKeys(keys.get(a) ?? [], keys.get(b) ?? []));
}

function replaces(other: Ranked, fallback: Ranked, context: Context): boolean {
  if (other === fallback || other.group !== fallback.group) return false;
  // A fallback says that nobody stands out: not beside somebody who does, however sure that is.
  if (namedConsumers.includes(other.rule.id)) return true;
  if (other.finding.confidence === "low") return false;
  return processConsumers.includes(other.rule.id) || isLargePartOfMachine(other, context);
}

function isLargePartOfMachine({ pages }: Ranked, context: Context): boolean {
  const machine = context.fact("machine");
  if (machine instanceof Lacking) return false;
  return pages * 100 >= thresholds.ranking.kernelSide.value * machine.sheet.total.value;
}

/**
 * Kernel memory against processes by bytes: it is the cause when it is nearly as large as the largest process or group,
 * or when it is a large part of the machine. Below each other, the larger first.
 */
function consumerKey(one: Ranked, all: readonly Ranked[], context: Context): readonly number[] {
  const place = processConsumers.indexOf(one.rule.id);
  if (bySize.includes(one.rule.id)) {
    const isSmaller = all.some(({ rule, pages }) => bySize.includes(rule.id) && pages > one.pages);
    return [1, processConsumers.indexOf("same-name-group"), isSmaller ? 1 : 0];
  }
  if (place >= 0) return [1, place, 0];
  const refined = all.some(
    (other) => other.rule.refines === one.rule.id && other.pages === one.pages && isAsSure(other, one),
  );
  return [kernelSideWins(one, all, context) ? 0 : 2, -one.pages, refined ? 1 : 0];
}

function isAsSure(a: Ranked, b: Ranked): boolean {
  return confidenceOrder.indexOf(a.finding.confidence) <= confidenceOrder.indexOf(b.finding.confidence);
}

function kernelSideWins(one: Ranked, all: readonly Ranked[], context: Context): boolean {
  if (isLargePartOfMachine(one, context)) return true;
  return one.pages * 100 >= thresholds.ranking.ofLargest.value * pagesOfProcesses(all, context);
}

/** What the processes are blamed for; without such a finding the largest of them or of their groups. */
function pagesOfProcesses(all: readonly Ranked[], context: Context): number {
  const blamed = all.filter(({ rule, group }) => group === "consumer" && processConsumers.includes(rule.id));
  if (blamed.length > 0) return Math.max(...blamed.map(({ pages }) => pages));
  const tasks = context.fact("tasks");
  if (tasks instanceof Lacking) return 0;
  return Math.max(tasks.processes[0]?.size.value ?? 0, tasks.groups[0]?.size.value ?? 0);
}

/** A cause inside a cgroup stands before the limit itself only where it is a large part of it. */
export function isLargeMemcgCause({ pages }: Pick<Ranked, "pages">, context: Context): boolean {
  const memcg = context.fact("memcg");
  if (memcg instanceof Lacking || memcg.hit.unlimited) return true;
  return pages * 100 >= thresholds.ranking.memcgCause.value * memcg.limit.value;
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
