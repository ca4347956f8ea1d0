import type { CgroupIdentity } from "../../model/cgroup-identity.js";
import type { MemcgLimit } from "../../model/report.js";
import { toNumber } from "../../model/units.js";
import { upperFirst } from "../../model/upper-first.js";
import type { LimitPath, MemcgSheet } from "../accounting/memcg.js";
import { lookAtCgroup, watchedFile } from "../advice/commands.js";
import { type Limited, setMemoryLimit } from "../advice/set-limit.js";
import type { Context } from "../context.js";
import { Lacking } from "../facts.js";
import { identifyCgroup } from "../identity/cgroups.js";
import { amount, inPages, named, product, type Quantity, sum } from "../quantity.js";
import type { ComputedAdvice, Draft, TextEvidence } from "../rule.js";
import { thresholds } from "../thresholds.js";
import { largestInCgroup, roomBelowLimit } from "./cgroup.js";

/** What is said of a limit that was hit, whoever's it is. */
export function limitDraft(cgroup: LimitPath, context: Context): Draft {
  const { text, report } = context;
  const sheet = context.fact("memcg");
  const memcg = sheet instanceof Lacking ? null : sheet;
  const owner = cgroup.path === null ? null : identifyCgroup(cgroup.path);
  const largest = memcg === null ? { text: "", evidence: [] } : largestInCgroup(context, memcg);
  const name = owner?.name ?? "a memory cgroup";
  const whose = name.startsWith("all ") ? "their" : "its";
  const limit = memcg === null ? "limit" : `${memcg.hit.name} limit of ${text.size(memcg.limit)}`;
  const isNode = owner?.kind === "kubernetes";
  const room = roomBelowLimit(context);
  const raised =
    isNode || memcg === null || room !== null || isTiny(memcg, context) ? [] : [raiseLimit(memcg, owner, context)];
  return {
    title: `${upperFirst(name)} reached ${whose} ${limit}${largest.text}`,
    confidence: "high",
    meaning: meaningOf(cgroup, isNode, report.cgroup.taskMemcg),
    evidence: [
      ...(memcg === null ? [] : [memcg.limitUsage, memcg.limit]),
      ...(room === null ? [] : [room]),
      ...pathEvidence(cgroup, report.cgroup.taskMemcg),
      ...messageEvidence(context, cgroup),
      ...largest.evidence,
    ],
    ...(room === null
      ? {}
      : {
          contradicts: [
            `Usage is ${text.size(room)} below the limit: the memory of an earlier victim just came back, or the text was edited.`,
          ],
        }),
    advice: [
      ...raised,
      ...(cgroup.level === "ancestor" && !isNode
        ? [
            `${raised.length === 0 ? "Bound" : "Or bound"} each cgroup below it, so that the one which grows fails alone.`,
          ]
        : []),
      ...(owner?.commands ?? []).map((command) => `Look it up: \`${command}\`.`),
      lookAtCgroup(cgroup.path, context),
    ],
    ...(memcg === null ? {} : { pages: memcg.usage.value }),
  };
}

function meaningOf(cgroup: LimitPath, isNode: boolean, victim: string | null): string {
  const sentences: string[] = [];
  if (cgroup.level === "ancestor" && victim !== null)
    sentences.push(`The victim was in ${identifyCgroup(victim).name}.`);
  if (cgroup.level === "unknown") {
    sentences.push("Whether the victim's cgroup is this one or one below, the log does not tell.");
  }
  if (isNode) {
    sentences.push(
      "That is the node's allocatable memory: requests, limits or system-reserved are to change, not this victim.",
    );
  }
  return sentences.join(" ");
}

function pathEvidence({ path, pathLines }: LimitPath, victim: string | null): TextEvidence[] {
  const evidence: TextEvidence[] = [];
  if (path !== null) evidence.push({ name: "cgroup of the limit", value: path, lines: pathLines });
  if (victim !== null && victim !== path)
    evidence.push({ name: "cgroup of the victim", value: victim, lines: pathLines });
  return evidence;
}

/** Where nothing names the cgroup, the kill line still says that it was one. */
function messageEvidence({ report }: Context, { path }: LimitPath): TextEvidence[] {
  const told = [...report.kills, report.chosen].find((one) => one?.message?.startsWith("Memory cgroup") === true);
  if (path !== null || told == null) return [];
  return [{ name: "message", value: told.message ?? "", lines: [told.line] }];
}

/** A limit below what any container needs: a quarter more would be no better (memcg-limit-too-small says what would). */
function isTiny({ limit }: MemcgSheet, { pageSizeBytes }: Context): boolean {
  return limit.value * pageSizeBytes <= thresholds["memcg-limit-too-small"].limit.value * 1024 * 1024;
}

/** The limit a quarter higher: a first step. What is needed is not in one kill. */
function raiseLimit(memcg: MemcgSheet, owner: CgroupIdentity | null, context: Context): ComputedAdvice {
  const step = product("1.25 × limit", memcg.limit, 1.25);
  const setting = (quantity: Quantity): string => context.text.setting(quantity);
  const { memsw, both } = memswOf(memcg, step, context);
  const together = memorySwapOf(memcg, step, context);
  const limited: Limited = {
    path: memcg.path,
    identity: owner,
    ...(memsw === undefined ? {} : { memsw }),
    ...(both === undefined ? {} : { memswSetting: setting(both) }),
    ...(together === null ? {} : { memorySwap: setting(together) }),
  };
  const watched = limited.memsw === "alone" ? "memory.memsw.max_usage_in_bytes" : watchedFile(context);
  return {
    text: `What it really needs is not in one kill. As a first step raise the limit by a quarter, to ${context.text.size(step)} (${setMemoryLimit(limited, setting(step), context)}), and watch ${watched}.`,
    by: [step, ...(both === undefined ? [] : [both]), ...(together === null ? [] : [together])],
  };
}

/**
 * What is to be done to the v1 limit on memory and swap together: memory may not have more, and what it has more is of no
 * use where both together have no room for it.
 */
function memswOf(
  { hit, limit }: MemcgSheet,
  step: Quantity,
  { report, pageSizeBytes }: Context,
): { readonly memsw?: Limited["memsw"]; readonly both?: Quantity } {
  if (hit.name === "memory+swap") return { memsw: "alone" };
  const both = report.memcg?.limits.find(({ name }) => name === "memory+swap");
  // v5.0 to v5.2 print the v1 lines on v2 as well, with zero for what does not exist there.
  if (both === undefined || both.unlimited || toNumber(both.limitKb) === 0) return {};
  const bytes = (kb: MemcgLimit["limitKb"]): number => toNumber(kb) * 1024;
  const isBelow = bytes(both.limitKb) < step.value * pageSizeBytes;
  const hasUsage = toNumber(both.usageKb) > 0;
  const room = bytes(both.limitKb) - bytes(both.usageKb);
  if (!isBelow && !(hasUsage && room < (step.value - limit.value) * pageSizeBytes)) return {};
  const printed = { name: "memory+swap limit", ...amount(both.limitKb), unit: "kB", lines: [both.line] } as const;
  return { memsw: "first", both: product("1.25 × memory+swap limit", printed, 1.25) };
}

/** On v2 Docker refuses a memory limit above its limit on memory and swap together, which the printed ones tell. */
function memorySwapOf({ hit }: MemcgSheet, step: Quantity, { report, pageSizeBytes }: Context): Quantity | null {
  const swap = report.memcg?.limits.find(({ name }) => name === "swap");
  if (swap === undefined || swap.unlimited) return null;
  const allowed = { name: "swap limit", ...amount(swap.limitKb), unit: "kB", lines: [swap.line] } as const;
  if (step.value * pageSizeBytes <= (toNumber(hit.limitKb) + allowed.value) * 1024) return null;
  return sum("limit of memory and swap", named("raised limit", step), inPages(allowed, pageSizeBytes));
}
