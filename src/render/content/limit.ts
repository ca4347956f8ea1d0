import type { MemcgBlock, MemcgLimit } from "../../model/report.js";
import { toBigInt } from "../../model/units.js";
import { formatKb, GLUE } from "../quantity.js";
import { log, type Words } from "../words.js";
import { shortPath } from "./short-path.js";
import { sizeOf, type View } from "./view.js";

/** Which limit was hit, with its size and use. */
export function limitWords(view: View): Words {
  const { report } = view;
  if (report.sysrq !== null || report.trigger?.order === -1) {
    return ["none: SysRq f asked for a kill", ...ramWords(view, "; ")];
  }
  switch (report.constraint) {
    case "CONSTRAINT_MEMCG":
      return memcgWords(view);
    case "CONSTRAINT_CPUSET":
      return [
        ...nodesWords(
          "cpuset",
          report.cpuset?.name ?? report.summary?.cpuset ?? null,
          report.cpuset?.memsAllowed ?? report.summary?.memsAllowed ?? null,
        ),
      ];
    case "CONSTRAINT_MEMORY_POLICY":
      return [...nodesWords("memory policy", null, report.summary?.nodemask ?? report.trigger?.nodemask ?? null)];
    case "CONSTRAINT_NONE":
      return ["the whole machine", ...ramWords(view, ": ")];
    case null:
      return ["not told by this log"];
  }
}

function ramWords(view: View, lead: string): Words {
  const { report } = view;
  const counters = report.memInfo?.counters ?? [];
  const total = (name: string) => report.memInfo?.totals.find((counter) => counter.name === name);
  const free = counters.find(({ name }) => name === "free");
  const ram = total("pages RAM");
  if (ram === undefined) return [];
  const reserved = total("pages reserved")?.value ?? 0;
  const usable = toBigInt(ram.value) - toBigInt(reserved);
  const words = `${lead}${sizeOf(usable, view)} of RAM`;
  const unused = free === undefined ? "" : `, ${sizeOf(free.value, view)} free`;
  return [words, unused, swapWords(total("Total swap")?.value, total("Free swap")?.value)];
}

function swapWords(total: number | bigint | undefined, free: number | bigint | undefined): string {
  if (total === undefined || free === undefined) return "";
  if (toBigInt(total) === 0n) return toBigInt(free) === 0n ? "; no swap" : `; swap being turned off`;
  return `; swap ${formatKb(total)}, ${toBigInt(free) === 0n ? "full" : `${formatKb(free)} free`}`;
}

/** The limit with the least room: v1 may run into memory+swap while memory has room. */
export function limitHit(memcg: MemcgBlock): MemcgLimit | null {
  const room = ({ limitKb, usageKb }: MemcgLimit): bigint => toBigInt(limitKb) - toBigInt(usageKb);
  const memory = memcg.limits.find(({ name }) => name === "memory") ?? null;
  const both = memcg.limits.find(
    ({ name, unlimited, usageKb }) => name === "memory+swap" && !unlimited && toBigInt(usageKb) > 0n,
  );
  if (both === undefined) return memory;
  return memory === null || memory.unlimited || room(both) < room(memory) ? both : memory;
}

function memcgWords({ report }: View): Words {
  const { oomMemcg, taskMemcg } = report.cgroup;
  const path = oomMemcg ?? report.memcg?.stats[0]?.path ?? null;
  const hit = report.memcg === null ? null : limitHit(report.memcg);
  const name: Words = path === null ? ["a memory cgroup"] : ["memory cgroup ", log(shortPath(path))];
  const above = oomMemcg !== null && taskMemcg !== null && oomMemcg !== taskMemcg ? " (above the victim's)" : "";
  if (hit === null) return [...name, above];
  const what = hit.name === "memory" ? "" : `${hit.name} `;
  const size = hit.unlimited
    ? `${formatKb(hit.usageKb)} used, no limit printed`
    : `${what}${formatKb(hit.usageKb)} used of ${formatKb(hit.limitKb)}`;
  return [...name, `${above}: ${size}`];
}

function nodesWords(kind: string, name: string | null, nodes: string | null): Words {
  const which = name === null || name === "/" ? [] : [" ", log(name)];
  return [kind, ...which, nodes === null ? "" : `: memory of node${/[-,]/.test(nodes) ? "s" : ""}${GLUE}${nodes} only`];
}
