import type { CgroupKind } from "../../model/cgroup-identity.js";
import { toNumber } from "../../model/units.js";
import { kernelSide } from "../accounting/kernel-side.js";
import type { Process } from "../accounting/tasks.js";
import { lookAtProcesses } from "../commands.js";
import type { Context } from "../context.js";
import { anonymousShare } from "../evidence/anonymous-share.js";
import { isInflated } from "../evidence/groups.js";
import { setMemoryLimit } from "../evidence/set-limit.js";
import { isMachineFull } from "../evidence/shortage.js";
import { Lacking, type TaskFacts } from "../facts.js";
import { identifyCgroup } from "../identity/cgroups.js";
import { difference, inPages, percent, product, type Quantity, sum } from "../quantity.js";
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
    return tasks instanceof Lacking ? byKillLine(context) : byTable(tasks, context);
  },
});

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
      lookAtProcesses,
    ],
    pages: top.size.value,
  };
}

/** Without a table the kill line tells how large the victim was: above four sevenths nobody can be nearly as large. */
function byKillLine(context: Context): Draft | null {
  const machine = context.fact("machine");
  const [kill] = context.report.kills;
  if (machine instanceof Lacking || kill?.anonRssKb === undefined) return null;
  const part = (name: string, kb: number | bigint | undefined): Quantity[] =>
    kb === undefined ? [] : [{ name, value: toNumber(kb), unit: "kB", lines: [kill.line] }];
  const size = sum(
    `rss of ${who(kill)}`,
    { name: "anon-rss", value: toNumber(kill.anonRssKb), unit: "kB", lines: [kill.line] },
    ...part("file-rss", kill.fileRssKb),
    ...part("shmem-rss", kill.shmemRssKb),
  );
  const pages = inPages(size, context.pageSizeBytes);
  const ofMemory = percent("share of the victim", pages, machine.sheet.total);
  const alone = (100 * bounds.lead.value) / (1 + bounds.lead.value);
  if (ofMemory.value < alone) return null;
  return {
    title: `${who(kill)} held ${context.text.size(size)}, ${share(ofMemory)} of ${machine.sheet.total.name}`,
    confidence: "high",
    meaning: "The kill hit it. The log has no task table; nobody else can have been as large.",
    evidence: [ofMemory],
    advice: [
      `Look into ${kill.name} with its own tools (heap or cache statistics); is ${context.text.size(size)} what it should need?`,
      lookAtProcesses,
    ],
    pages: pages.value,
  };
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
      ? `\`systemctl set-property UNIT MemoryMax=${setting}\``
      : setMemoryLimit({ path, identity, isV1: false }, setting);
  const withSwap =
    swap === null || swap.value * 10 < top.size.value
      ? ""
      : ` With MemorySwapMax=${context.text.setting(swap)} it gets no more swap.`;
  return [
    {
      text: `Let only it fail the next time, with a tenth of RAM to spare for the others: ${how}.${withSwap}`,
      by: [room, ...(withSwap === "" || swap === null ? [] : [swap])],
    },
  ];
}
