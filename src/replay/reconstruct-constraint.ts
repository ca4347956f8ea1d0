import { flagsOfMask } from "../kernel/gfp/gfp.js";
import { type Constraint, isConstraint, type OomReport } from "../model/report.js";
import type { KernelTraits } from "../model/traits.js";
import { toBigInt } from "../model/units.js";
import { parseNodeList, sumZonePages, totalOf } from "./log-facts.js";

/** The constraint of a report with the evidence for it. */
export interface InferredConstraint {
  /** Null when the report shows neither a limit nor the state of the machine. */
  readonly constraint: Constraint | null;
  /** How it is known, in words. */
  readonly basis: string;
  readonly lines: readonly number[];
  /** Nodes that the selection was restricted to; null when unrestricted or unknown. */
  readonly nodes: readonly number[] | null;
}

/**
 * The constraint that a selection ran under, from what the report shows.
 *
 * The printed field is right from v5.2 on (RHEL 8.3). Before, a memcg OOM shows by its block or message, a memory
 * policy by the nodemask of the trigger line (v4.11 to v4.20), and a cpuset by zones that are shown and not allowed (up
 * to v2.6.38) or that are not shown: since v2.6.39 the report leaves out the nodes that the allocation may not use.
 */
export function inferConstraint(report: OomReport, traits: KernelTraits, pageSizeBytes: number): InferredConstraint {
  const { summary } = report;
  if (summary !== null && traits.constraintPrinted === "right" && isConstraint(summary.constraint)) {
    const nodes =
      summary.constraint === "CONSTRAINT_MEMORY_POLICY"
        ? summary.nodemask
        : summary.constraint === "CONSTRAINT_CPUSET"
          ? summary.memsAllowed
          : null;
    return {
      constraint: summary.constraint,
      basis: "printed in the oom-kill line",
      lines: [summary.line],
      nodes: nodes === null ? null : parseNodeList(nodes),
    };
  }
  const memcgLines = memcgEvidence(report);
  if (memcgLines.length > 0) {
    return {
      constraint: "CONSTRAINT_MEMCG",
      basis: "a memory cgroup's limit is named",
      lines: memcgLines,
      nodes: null,
    };
  }
  const policy = policyNodes(report);
  if (policy !== null) return policy;
  const disallowed = nodesOutsideCpuset(report, traits);
  if (disallowed !== null) return disallowed;
  const subset = shownNodes(report, pageSizeBytes);
  if (subset !== null) return subset;
  const lines = [report.memInfo?.line, summary?.line, report.kills.find((kill) => kill.message !== null)?.line].filter(
    (line) => line !== undefined,
  );
  if (lines.length === 0) {
    return { constraint: null, basis: "the report does not show what the limit was", lines: [], nodes: null };
  }
  return { constraint: "CONSTRAINT_NONE", basis: "system-wide: no limit is named", lines, nodes: null };
}

function memcgEvidence(report: OomReport): number[] {
  const lines: number[] = [];
  if (report.memcg !== null) lines.push(report.memcg.line);
  if (report.summary !== null && report.summary.oomMemcg !== null) lines.push(report.summary.line);
  for (const one of [...report.kills, report.chosen]) {
    if (one?.message?.startsWith("Memory cgroup out of memory")) lines.push(one.line);
  }
  return lines;
}

/** The nodemask of the trigger line (v4.11 to v4.20), or of the oom-kill line of v5.0 and v5.1. */
function policyNodes(report: OomReport): InferredConstraint | null {
  // v4.9 and v4.10 print mems_allowed there when the allocation has no policy, so it proves nothing.
  const printedByTrigger = report.trigger?.nodemask ?? null;
  const nullIsPrinted = report.cpuset === null || printedByTrigger !== report.cpuset.memsAllowed;
  const candidates: readonly (readonly [string | null | undefined, number | undefined])[] = [
    [nullIsPrinted ? printedByTrigger : null, report.trigger?.line],
    [report.summary?.nodemask, report.summary?.line],
  ];
  for (const [text, line] of candidates) {
    const nodes = text === null || text === undefined ? null : parseNodeList(text);
    if (nodes !== null && line !== undefined) {
      return {
        constraint: "CONSTRAINT_MEMORY_POLICY",
        basis: "the allocation's nodemask is printed",
        lines: [line],
        nodes,
      };
    }
  }
  return null;
}

/**
 * Up to v2.6.38 all nodes are shown. One that the invoker's cpuset leaves out limits the request, unless it may go beyond
 * the cpuset (no `__GFP_HARDWALL`): the cpusets above, which decide then, are not printed.
 */
function nodesOutsideCpuset({ trigger, cpuset, memInfo }: OomReport, traits: KernelTraits): InferredConstraint | null {
  if (traits.shownZones !== "all" || trigger?.gfpMask == null) return null;
  if (!flagsOfMask(BigInt(trigger.gfpMask), traits.gfpFlags).has("HARDWALL")) return null;
  const allowed = cpuset === null ? null : parseNodeList(cpuset.memsAllowed);
  const outside = (memInfo?.zones ?? []).find(({ node }) => node !== null && allowed?.includes(node) === false);
  if (allowed === null || cpuset === null || outside === undefined) return null;
  return {
    constraint: "CONSTRAINT_CPUSET",
    basis: `mems_allowed ${cpuset.memsAllowed} leaves out node ${outside.node}`,
    lines: [trigger.line, cpuset.line, outside.line],
    nodes: allowed,
  };
}

/**
 * A cpuset shows from v2.6.39 to v5.1 only by nodes left out: the zones shown hold well under the machine's memory (under 90 %,
 * which single-node reports of two equal nodes undercut by far and filtered zone types never reach), and another node
 * exists.
 */
function shownNodes(report: OomReport, pageSizeBytes: number): InferredConstraint | null {
  const ram = totalOf(report.memInfo, "pages RAM");
  const reserved = totalOf(report.memInfo, "pages reserved");
  const zones = report.memInfo?.zones ?? [];
  const managed = sumZonePages(zones, "managed", pageSizeBytes) ?? sumZonePages(zones, "present", pageSizeBytes);
  if (ram === undefined || reserved === undefined || managed === null) return null;
  const nodes = [...new Set(zones.map((zone) => zone.node))].filter((node) => node !== null);
  if (nodes.length === 0) return null;
  const whole = toBigInt(ram.value) - toBigInt(reserved.value);
  const otherNodes =
    (report.memInfo?.nodes ?? []).some(({ node }) => !nodes.includes(node)) ||
    (report.memInfo?.hugepages ?? []).some(({ node }) => node !== null && !nodes.includes(node)) ||
    !nodes.includes(0) ||
    (report.memInfo?.nodes.length === 0 && report.memInfo.hugepages.length === 0);
  if (whole <= 0n || managed.value * 10n >= whole * 9n || !otherNodes) return null;
  return {
    constraint: "CONSTRAINT_CPUSET",
    basis: `only node ${nodes.join(",")} is shown, with ${managed.value} of the machine's ${whole} pages`,
    lines: [...managed.lines, ram.line, reserved.line],
    nodes,
  };
}
