import type { MemcgBalance, NodeBalance } from "../../model/accounting.js";
import { limitOf } from "../../model/headline.js";
import { toBigInt } from "../../model/units.js";
import { formatKb, formatPages, GLUE } from "../quantity.js";
import { log, type Words } from "../words.js";
import { shortIds, shortPath } from "./short-path.js";
import { sizeOf, type View } from "./view.js";

/** Which limit was hit, with its size and use. */
export function limitWords(view: View): Words {
  const { report } = view;
  if (limitOf(view) === "sysrq") {
    return ["none: SysRq f asked for a kill", ...ramWords(view, "; ")];
  }
  switch (report.constraint) {
    case "CONSTRAINT_MEMCG":
      return memcgWords(view);
    case "CONSTRAINT_CPUSET":
      return nodesWords("cpuset", report.cpuset?.name ?? null, report.cpuset?.memsAllowed ?? null, view);
    case "CONSTRAINT_MEMORY_POLICY":
      return nodesWords("memory policy", null, report.summary?.nodemask ?? report.trigger?.nodemask ?? null, view);
    case "CONSTRAINT_NONE":
      return [...machineWords(view), ...ramWords(view, ": ")];
    case null:
      return ["not told by this log"];
  }
}

/**
 * The machine; or the invoker's cpuset, where that allows some nodes only and the kernel neither prints the constraint
 * (up to v4.20) nor leaves out the other nodes (up to v2.6.38).
 */
function machineWords({ report }: View): Words {
  const { cpuset, summary, memInfo } = report;
  const nodes = (memInfo?.zones ?? []).flatMap(({ node }) => (node === null ? [] : [node]));
  if (cpuset === null || summary !== null || nodes.every((node) => isListed(node, cpuset.memsAllowed))) {
    return ["the whole machine"];
  }
  const allowed = `, node${isSeveral(cpuset.memsAllowed) ? "s" : ""}${GLUE}${cpuset.memsAllowed}`;
  return ["the machine or the cpuset ", log(shortIds(cpuset.name)), `${allowed}; this kernel does not tell`];
}

function ramWords(view: View, lead: string): Words {
  const { report, accounting, pageSizeBytes } = view;
  const total = (name: string) => report.memInfo?.totals.find((counter) => counter.name === name);
  const free = report.memInfo?.counters.find(({ name }) => name === "free");
  const ram = accounting?.balance?.total ?? null;
  if (ram === null || pageSizeBytes === null) return [];
  const unused = free === undefined ? "" : `, ${sizeOf(free.value, view)} free`;
  const swap = swapWords(total("Total swap")?.value, total("Free swap")?.value);
  return [`${lead}${formatPages(Math.round(ram.pages), pageSizeBytes)} RAM`, unused, swap];
}

function swapWords(total: number | bigint | undefined, free: number | bigint | undefined): string {
  if (total === undefined || free === undefined) return "";
  if (toBigInt(total) === 0n) return toBigInt(free) === 0n ? "; no swap" : `; swap being turned off`;
  return `; swap ${formatKb(total)}, ${toBigInt(free) === 0n ? "full" : `${formatKb(free)} free`}`;
}

function memcgWords(view: View): Words {
  const { report, accounting } = view;
  const memcg = accounting?.memcg ?? null;
  const level = memcg?.level === "ancestor" ? ", above the victim's" : "";
  return [
    ...cgroupName(report.cgroup.oomMemcg ?? memcg?.path ?? null, view),
    level,
    memcg === null ? "" : usageWords(memcg, view),
  ];
}

/** What the cgroup is, or the end of its path. The whole path stands in the section on its memory. */
function cgroupName(path: string | null, { cgroups }: View): Words {
  const identity = cgroups?.oomMemcg ?? null;
  if (path === null) return ["a memory cgroup"];
  if (identity === null || identity.kind === "unknown") return ["cgroup ", log(shortPath(path))];
  return ["cgroup of ", withoutContents(identity.name)];
}

/** The name of a kind of cgroup without what it holds, which stands with its path: `a BestEffort pod`. */
export function withoutContents(name: string): string {
  return name.replace(/ \([^()]*\)$/, "");
}

function usageWords({ limitName, limit, limitUsage }: MemcgBalance, { pageSizeBytes }: View): string {
  if (pageSizeBytes === null) return "";
  const what = limitName === "memory" ? "" : `${limitName} `;
  if (limit === null) return `: ${formatPages(Math.round(limitUsage.pages), pageSizeBytes)} used, no limit printed`;
  return `: ${what}${formatPages(Math.round(limitUsage.pages), pageSizeBytes)} used of ${formatPages(Math.round(limit.pages), pageSizeBytes)}`;
}

/** The nodes that a cpuset or memory policy allows, with what they have. */
function nodesWords(kind: string, name: string | null, nodes: string | null, view: View): Words {
  const which = name === null || name === "/" ? [] : [" ", log(shortIds(name))];
  if (nodes === null) return [kind, ...which];
  return [kind, ...which, `: node${isSeveral(nodes) ? "s" : ""}${GLUE}${nodes} only${nodeMemory(nodes, view)}`];
}

function nodeMemory(nodes: string, { accounting, pageSizeBytes }: View): string {
  const shown = (accounting?.nodes ?? []).filter(({ node }) => node !== null && isListed(node, nodes));
  if (shown.length === 0 || pageSizeBytes === null) return "";
  const sum = (of: (balance: NodeBalance) => number): string =>
    formatPages(Math.round(shown.reduce((total, balance) => total + of(balance), 0)), pageSizeBytes);
  const free = ({ terms }: NodeBalance): number => terms.find(({ id }) => id === "free")?.pages ?? 0;
  return `, ${sum(({ total }) => total.pages)}, ${sum(free)} free`;
}

function isSeveral(nodes: string): boolean {
  return /[-,]/.test(nodes);
}

/** Whether a node is in a list of ranges (`0-1,3`). */
function isListed(node: number, nodes: string): boolean {
  return nodes.split(",").some((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return first !== undefined && last !== undefined && node >= first && node <= last;
  });
}
