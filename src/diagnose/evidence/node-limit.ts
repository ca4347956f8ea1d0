import { parseNodeList } from "../../replay/log-facts.js";
import { type InferredConstraint, inferConstraint } from "../../replay/reconstruct-constraint.js";
import type { Context } from "../context.js";
import { Lacking } from "../facts.js";
import type { Quantity } from "../quantity.js";
import type { Draft, TextEvidence } from "../rule.js";
import { partOf } from "../text.js";
import { freeElsewhere, freeOnOtherNodes } from "./free-elsewhere.js";
import { marksOf } from "./zones.js";

/** What is said of a request that was restricted to some nodes, by whatever. */
export function nodeLimit(context: Context, by: { readonly what: string; readonly advice: readonly string[] }): Draft {
  const { report, traits, pageSizeBytes } = context;
  const inferred = traits === null ? null : inferConstraint(report, traits, pageSizeBytes);
  const nodes = inferred?.nodes ?? null;
  const machine = context.fact("machine");
  const outside =
    machine instanceof Lacking
      ? null
      : nodes === null
        ? freeElsewhere(context, machine)
        : freeOnOtherNodes(context, machine, nodes);
  const part = machine instanceof Lacking || outside === null ? null : machine.share(outside);
  const zones = context.fact("zones");
  const marks: readonly Quantity[] = zones instanceof Lacking ? [] : marksOf(zones.eligible);
  const only = nodes === null ? "some nodes" : `node ${nodes.join(", ")}`;
  const free =
    machine instanceof Lacking || outside === null || part === null || outside.value <= 0
      ? ""
      : `; ${context.text.size(outside)}${partOf(part, machine.sheet.total)}, are free elsewhere`;
  return {
    title: `${by.what} allowed ${only} only${free}`,
    confidence: "high",
    evidence: [...constraintEvidence(context, inferred), ...(part === null ? [] : [part]), ...marks],
    advice: by.advice,
  };
}

/**
 * What proves the limit: the constraint where its kernel prints it right (v5.0 and v5.1 print CONSTRAINT_NONE always),
 * else the nodes of the policy or cpuset, else that only some nodes are shown.
 */
function constraintEvidence({ report, traits }: Context, inferred: InferredConstraint | null): TextEvidence[] {
  const { summary, trigger, cpuset, constraint } = report;
  if (summary !== null && traits?.constraintPrinted === "right") {
    return [{ name: "oom-kill line", value: `constraint=${summary.constraint}`, lines: [summary.line] }];
  }
  const isPolicy = constraint === "CONSTRAINT_MEMORY_POLICY";
  const lists: readonly {
    readonly name: string;
    readonly value: string | null | undefined;
    readonly line: number | undefined;
  }[] = isPolicy
    ? [
        { name: "nodemask", value: trigger?.nodemask, line: trigger?.line },
        { name: "nodemask", value: summary?.nodemask, line: summary?.line },
      ]
    : [
        { name: "mems_allowed", value: cpuset?.memsAllowed, line: cpuset?.line },
        { name: "mems_allowed", value: summary?.memsAllowed, line: summary?.line },
      ];
  const nodes = inferred?.nodes?.join(",");
  for (const { name, value, line } of lists) {
    if (value == null || line === undefined || parseNodeList(value)?.join(",") !== nodes) continue;
    return [{ name, value, lines: [line] }];
  }
  const shown = inferred?.lines.slice(0, 1) ?? [];
  return shown.length === 0 ? [] : [{ name: "nodes shown", value: "Node", lines: shown }];
}
