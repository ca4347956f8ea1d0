import { inferConstraint } from "../../replay/reconstruct-constraint.js";
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
    evidence: [...constraintEvidence(context, inferred?.lines ?? []), ...(part === null ? [] : [part]), ...marks],
    advice: by.advice,
  };
}

function constraintEvidence({ report }: Context, lines: readonly number[]): TextEvidence[] {
  const { summary, trigger, cpuset } = report;
  if (summary !== null)
    return [{ name: "constraint", value: `constraint=${summary.constraint}`, lines: [summary.line] }];
  if (trigger !== null && trigger.nodemask !== null && trigger.nodemask !== "(null)") {
    return [{ name: "nodemask", value: trigger.nodemask, lines: [trigger.line] }];
  }
  if (cpuset !== null) return [{ name: "mems_allowed", value: cpuset.memsAllowed, lines: [cpuset.line] }];
  return lines.length === 0 ? [] : [{ name: "nodes shown", value: "Node", lines: lines.slice(0, 1) }];
}
