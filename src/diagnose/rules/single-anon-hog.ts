import type { CgroupKind } from "../../model/cgroup-identity.js";
import { toNumber } from "../../model/units.js";
import { kernelSide } from "../accounting/kernel-side.js";
import type { Process } from "../accounting/tasks.js";
import { lookAtProcesses } from "../advice/commands.js";
import { has } from "../advice/facilities.js";
import { hierarchyOf } from "../advice/hierarchy.js";
import { setMemoryLimit, systemdProperty } from "../advice/set-limit.js";
import type { Context } from "../context.js";
import { anonymousShare } from "../evidence/anonymous-share.js";
import { isInflated } from "../evidence/groups.js";
import { isMachineFull } from "../evidence/shortage.js";
import { type KilledSize, killedSize, shareByScore, wasLargest } from "../evidence/victim-size.js";
import { Lacking, type TaskFacts } from "../facts.js";
import { identifyCgroup } from "../identity/cgroups.js";
import { amount, difference, inPages, percent, product } from "../quantity.js";
import { type ComputedAdvice, type Draft, rule } from "../rule.js";
import { partOf, share, who } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["single-anon-hog"];

/** One process holds most of the memory. */
export const singleAnonHog = rule({
  id: "single-anon-hog",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: [],
  meaning: "One process holds more than any other.",
  evaluate(_facts, context) {
    const tasks = context.fact("tasks");
    if (!(tasks instanceof Lacking) && tasks.counted) {
      // The table may be cut before the victim's row, which other lines then tell of.
      const ofVictim = isWithoutRow(context) ? byOtherLines(context) : null;
      return ofVictim ?? byTable(tasks, context);
    }
    return byOtherLines(context) ?? (tasks instanceof Lacking ? null : byTable(tasks, context)) ?? byChoice(context);
  },
});

/** By other lines than the table's. */
function byOtherLines(context: Context): Draft | null {
  return byKillLine(context) ?? byScore(context) ?? byKillLineInCgroup(context);
}

function byTable(tasks: TaskFacts, context: Context): Draft | null {
  const [top, second] = tasks.processes;
  if (top === undefined) return null;
  const topShare = tasks.share(top.size);
  const anonymous = anonymousShare(context);
  const leads = second === undefined || top.size.value >= bounds.lead.value * second.size.value;
  if (topShare.value < bounds.share.value || !leads) return null;
  if (anonymous !== null && anonymous.value < bounds.anonymous.value) return null;
  const victim = context.fact("victim");
  const died = !(victim instanceof Lacking) && victim.process === top;
  const certain = died && topShare.value >= bounds.certain.value && tasks.counted && !tasks.cut;
  const { row } = top;
  const mostlyShmem = toNumber(row.rssShmemPages ?? 0) * 2 > toNumber(row.rssPages);
  return {
    title: `${who(row)} holds ${context.text.size(top.size)}${partOf(topShare, tasks.capacity)}`,
    confidence: certain ? "high" : tasks.counted ? "medium" : "low",
    meaning: [
      ...(victim instanceof Lacking ? [] : [died ? "The kill hit it." : "It is not the one that died."]),
      ...(mostlyShmem
        ? ["Most of its memory is shmem: it stays if it is a file or a segment that outlives the process."]
        : []),
    ].join(" "),
    evidence: [topShare, ...(second === undefined ? [] : [second.size]), ...(anonymous === null ? [] : [anonymous])],
    contradicts: contradictions(tasks, context),
    advice: [
      `Look into ${who(row)} with its own tools (heap or cache statistics); is ${context.text.size(top.size)} what it should need?`,
      ...limitAdvice(tasks, top, context),
      lookAtProcesses(context),
    ],
    pages: top.size.value,
  };
}

/** Whether the table, where there is one, lacks the row of whom the kill line names. */
function isWithoutRow(context: Context): boolean {
  const victim = context.fact("victim");
  return !(victim instanceof Lacking) && victim.process === null;
}

/** Above this share nobody else can be nearly as large, in percent. */
const alone = (100 * bounds.lead.value) / (1 + bounds.lead.value);

/** Without a table the kill line tells how large the victim was. */
function byKillLine(context: Context): Draft | null {
  const machine = context.fact("machine");
  const killed = killedSize(context);
  if (machine instanceof Lacking || killed?.size == null) return null;
  const pages = inPages(killed.size, context.pageSizeBytes);
  const ofMemory = percent("share of the victim", pages, machine.sheet.total);
  if (ofMemory.value < bounds.certain.value) return null;
  const hasTable = context.report.tasks.length > 0;
  const isAlone = ofMemory.value >= alone;
  return {
    title: `${who(killed)} held ${context.text.size(killed.size)}, ${share(ofMemory)} of ${machine.sheet.total.name}`,
    confidence: isAlone ? "high" : "medium",
    meaning: `The kill hit it. The log has ${hasTable ? "no row of it" : "no task table"}; nobody else can have been ${isAlone ? "nearly as large" : "larger"}.`,
    evidence: [ofMemory],
    advice: adviceOn(killed, context),
    pages: pages.value,
  };
}

/**
 * The same under a cgroup's limit, by anonymous memory alone: pages of files and shmem may be charged to another cgroup. The
 * statistics must show as much anonymous memory, which they do not of a task that was moved in with its memory elsewhere.
 */
function byKillLineInCgroup(context: Context): Draft | null {
  const memcg = context.fact("memcg");
  const [kill] = context.report.kills;
  if (memcg instanceof Lacking || memcg.hit.unlimited || kill?.anonRssKb === undefined) return null;
  const { pid, name } = kill;
  const size = {
    name: `anon-rss of ${who({ pid, name })}`,
    ...amount(kill.anonRssKb),
    unit: "kB",
    lines: [kill.line],
  } as const;
  const pages = inPages(size, context.pageSizeBytes);
  const anon = memcg.terms.get("anon");
  const part = percent("share of the victim", pages, memcg.limit);
  // Counters of a cgroup are gathered from those of the processors, and may lag behind.
  if (anon === undefined || part.value < bounds.certain.value || pages.value * 100 > anon.value * LAG_PERCENT)
    return null;
  const isAlone = part.value >= alone;
  return {
    title: `${who({ pid, name })} held ${context.text.size(size)} of anonymous memory, ${share(part)} of the cgroup's limit`,
    confidence: isAlone ? "high" : "medium",
    meaning: `The kill hit it. The log has ${context.report.tasks.length > 0 ? "no row of it" : "no task table"}; nobody else in the cgroup can have been ${isAlone ? "nearly as large" : "larger"}.`,
    evidence: [part, anon],
    advice: adviceOn({ pid, name, size }, context),
    pages: pages.value,
  };
}

/** How far the anonymous memory of one process may be above that of its cgroup, in percent of this. */
const LAG_PERCENT = 105;

/** Without counters the printed score tells the share of the chosen process. */
function byScore(context: Context): Draft | null {
  const { chosen, constraint } = context.report;
  const held = shareByScore(context);
  if (chosen === null || held === null || held.part.value < alone) return null;
  const killed = killedSize(context);
  const own = killed?.pid === chosen.pid ? killed.size : null;
  // Before v5.0 a cpuset or memory policy is not told apart where the memory is not printed.
  const whole =
    constraint === "CONSTRAINT_MEMCG"
      ? "the cgroup's limit and swap"
      : constraint === null
        ? "the memory and swap that it was allowed"
        : "RAM and swap";
  const size = own === null ? "" : `${context.text.size(own)}, `;
  return {
    title: `${who(chosen)} held ${size}${share(held.part)} of ${whole} by its score`,
    confidence: held.assumed ? "medium" : "high",
    meaning: [
      "The log has no counters; the score is the share that the kernel itself computed, so nobody else can have been as large.",
      ...(held.assumed ? ["Its oom_score_adj is taken to be that of the task of its name which asked."] : []),
    ].join(" "),
    evidence: [held.part, ...(own === null ? [] : [own])],
    advice: adviceOn({ ...chosen, size: own }, context),
    ...(own === null ? {} : { pages: inPages(own, context.pageSizeBytes).value }),
  };
}

/** With nothing else in the log, that the kernel takes the largest says a little of a victim which is large at all. */
function byChoice(context: Context): Draft | null {
  const { report, pageSizeBytes, text } = context;
  const killed = killedSize(context);
  if (killed?.size == null || report.memInfo !== null || report.constraint !== "CONSTRAINT_NONE") return null;
  if (!wasLargest(context) || killed.size.value < bounds.smallest.value * 1024) return null;
  return {
    title: `${who(killed)} held ${text.size(killed.size)}, the most of all whom no oom_score_adj protects`,
    confidence: "low",
    meaning: "The kernel took it for its size. How much of the machine that is, the log does not tell.",
    evidence: [killed.size],
    advice: adviceOn(killed, context),
    pages: inPages(killed.size, pageSizeBytes).value,
  };
}

function adviceOn({ name, size }: KilledSize, context: Context): string[] {
  const question = size === null ? "" : `; is ${context.text.size(size)} what it should need?`;
  return [
    `Look into ${name} with its own tools (heap or cache statistics)${question === "" ? "." : question}`,
    lookAtProcesses(context),
  ];
}

function contradictions(tasks: TaskFacts, context: Context): string[] {
  const against: string[] = [];
  const machine = context.fact("machine");
  const { coverage } = tasks;
  if (coverage !== null && isInflated(tasks)) {
    against.push(
      machine instanceof Lacking
        ? `The rows add up to ${share(coverage)} of the cgroup's usage: rss counts pages that another cgroup was charged for, and shared ones in each row.`
        : `The rows add up to ${share(coverage)} of the memory that processes can have: shared pages are counted in several rows.`,
    );
  }
  const [largest] = machine instanceof Lacking ? [] : kernelSide(machine, context.pageSizeBytes);
  if (!(machine instanceof Lacking) && largest !== undefined) {
    const part = machine.share(largest);
    if (part.value >= thresholds.ranking.kernelSide.value) {
      against.push(`${largest.name} takes ${share(part)} of RAM, which no kill gives back.`);
    }
  }
  return against;
}

/** Kinds of cgroup that hold one service: a limit on a slice would hit others too. */
const ofOneService: readonly CgroupKind[] = [
  "system-unit",
  "user-unit",
  "user-session",
  "desktop-application",
  "container",
  "pod",
];

/**
 * A limit under which only this process fails. The machine was full with what it has, so less than that by a tenth of RAM
 * is what leaves room; a limit above its present size would have changed nothing.
 */
function limitAdvice(tasks: TaskFacts, top: Process, context: Context): ComputedAdvice[] {
  const machine = context.fact("machine");
  if (machine instanceof Lacking || !machine.sheet.consistent || !tasks.counted || !isMachineFull(context)) return [];
  const tenth = product("a tenth of RAM", machine.sheet.total, 0.1);
  const room = difference("room for it", top.rss, tenth);
  if (room.value < tenth.value) return [];
  const { swap } = top;
  const path = context.report.kills.some(({ pid }) => pid === top.row.pid) ? context.report.cgroup.taskMemcg : null;
  const identity = path === null ? null : identifyCgroup(path);
  const setting = context.text.setting(room);
  const how =
    identity === null || !ofOneService.includes(identity.kind)
      ? limitAnyUnit(setting, context)
      : setMemoryLimit({ path, identity }, setting, context);
  const swapLimit =
    swap !== null && swap.value * 10 >= top.size.value && has("systemdMemorySwapMax", context) ? swap : null;
  const needsV2 = hierarchyOf(context) === "v2" ? "" : " (on cgroup v2)";
  const withSwap =
    swapLimit === null
      ? ""
      : ` MemorySwapMax=${context.text.setting(swapLimit)} beside it keeps it from taking more swap${needsV2}.`;
  return [
    {
      text: `Let only it fail the next time, with a tenth of RAM to spare for the others: ${how}.${withSwap}`,
      by: [room, ...(swapLimit === null ? [] : [swapLimit])],
    },
  ];
}

/** Where the log does not say what it runs in. */
function limitAnyUnit(setting: string, context: Context): string {
  const property = systemdProperty(setting, context);
  return property === null
    ? `start it in a memory cgroup of its own with memory.limit_in_bytes = ${setting}`
    : `\`systemctl set-property UNIT ${property}\``;
}
