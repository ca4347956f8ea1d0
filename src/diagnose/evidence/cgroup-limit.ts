import type { MemcgSheet } from "../accounting/memcg.js";
import { lookAtCgroup } from "../commands.js";
import type { Context } from "../context.js";
import { identifyCgroup } from "../identity/cgroups.js";
import { constant, product } from "../quantity.js";
import type { ComputedAdvice, Draft, TextEvidence } from "../rule.js";
import { shellWord } from "../text.js";
import { isV1, largestInCgroup, limitOwner } from "./cgroup.js";

/** What is said of a limit that was hit, whoever's it is. */
export function limitDraft(memcg: MemcgSheet, context: Context, level: "own" | "ancestor"): Draft {
  const { text, report } = context;
  const owner = limitOwner(memcg);
  const largest = largestInCgroup(context, memcg);
  const victim = report.cgroup.taskMemcg;
  const place = memcg.path === null ? "" : ` (${memcg.path})`;
  const isNode = owner?.kind === "kubernetes";
  return {
    title: `${upper(owner?.name ?? "a memory cgroup")} reached its ${memcg.hit.name} limit of ${text.size(memcg.limit)}${largest.text}`,
    confidence: "high",
    meaning: [
      level === "ancestor" && victim !== null ? `The victim was in ${identifyCgroup(victim).name}.` : "",
      memcg.level === "unknown" ? "Whether the victim's cgroup is this one or one below, the log does not tell." : "",
      isNode
        ? "That is the node's allocatable memory: the fix is requests, limits or system-reserved, not this victim."
        : "",
    ]
      .filter((sentence) => sentence !== "")
      .join(" "),
    evidence: [memcg.usage, memcg.limit, ...pathEvidence(memcg, victim), ...largest.evidence],
    advice: [
      ...(isNode ? [] : [raise(memcg, context, place)]),
      ...(owner?.commands ?? []).map((command) => `Look it up: \`${command}\`.`),
      lookAtCgroup(memcg.path, isV1(context)),
    ],
    pages: memcg.usage.value,
  };
}

function pathEvidence({ path, pathLines }: MemcgSheet, victim: string | null): TextEvidence[] {
  const evidence: TextEvidence[] = [];
  if (path !== null) evidence.push({ name: "cgroup of the limit", value: path, lines: pathLines });
  if (victim !== null && victim !== path)
    evidence.push({ name: "cgroup of the victim", value: victim, lines: pathLines });
  return evidence;
}

/** The limit a quarter higher: a first step. What is needed is not in one kill. */
function raise(memcg: MemcgSheet, context: Context, place: string): ComputedAdvice {
  const step = product("1.25 × limit", memcg.limit, constant("1.25", 1.25));
  const owner = limitOwner(memcg);
  const setting = context.text.setting(step);
  const how =
    owner?.kind === "container" && owner.podUid === undefined
      ? `\`docker update --memory ${setting} ${owner.containerId?.slice(0, 13) ?? "ID"}\``
      : owner?.podUid !== undefined
        ? `resources.limits.memory: ${setting}i of the pod`
        : owner?.unit !== undefined
          ? `\`systemctl set-property ${shellWord(owner.unit)} MemoryMax=${setting}\``
          : `memory.max of ${memcg.path ?? "the cgroup"} to ${setting}`;
  return {
    text: `What it really needs is not in one kill. As a first step raise the limit by a quarter, to ${context.text.size(step)} (${how}), and watch memory.peak${place === "" ? "" : ` of ${memcg.path}`}.`,
    by: [step],
  };
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
