import type { Counter, OomReport, StackFrame } from "../../model/report.js";
import { toBigInt } from "../../model/units.js";
import { type Column, list, type Section, type Table } from "../document.js";
import { counted, formatBytes, formatKb, grouped } from "../quantity.js";
import { log, muted, refs, type Words } from "../words.js";
import type { View } from "./view.js";

/** The rest of what the report holds, for those who want to see all of it. */
export function everythingSections(view: View): Section[] {
  const { report } = view;
  const sections: readonly (Section | null)[] = [
    requestSection(report),
    stackSection(report.stack),
    countersSection("Memory counters", report.memInfo?.counters ?? [], view),
    ...(report.memInfo?.nodes ?? []).map(({ node, counters }) => countersSection(`Node ${node}`, counters, view)),
    ...(report.memInfo?.zones ?? []).map(({ node, zone, counters }) =>
      countersSection(node === null ? zone : `Node ${node} ${zone}`, counters, view),
    ),
    hugepagesSection(report),
    countersSection("End of the memory block", report.memInfo?.totals ?? [], view),
    ...(report.memcg?.stats ?? []).map(({ path, counters }) =>
      countersSection(path === null ? "Memory cgroup" : "Memory cgroup of", counters, view, path),
    ),
    slabSection(report),
    allocationsSection(report),
    quoteSection("Unknown lines", report.unknownLines),
    quoteSection("Lines of the report", report.lines),
  ];
  return sections.filter((section) => section !== null);
}

function requestSection({
  trigger,
  cpuset,
  cpu,
  hardware,
  context,
  compactionDisabled,
  protection,
}: OomReport): Section | null {
  const items: Words[] = [];
  if (trigger !== null) {
    const adj = trigger.oomScoreAdj === null ? "" : `, oom_score_adj ${trigger.oomScoreAdj}`;
    const nodemask = trigger.nodemask === null ? "" : `, nodemask ${trigger.nodemask}`;
    items.push([
      `gfp_mask ${trigger.gfpMask ?? "not in this log"}, order ${trigger.order ?? "not in this log"}${nodemask}${adj}`,
      ...refs([trigger.line]),
    ]);
  }
  if (compactionDisabled !== null) items.push([log(compactionDisabled.text), ...refs([compactionDisabled.line])]);
  if (cpuset !== null)
    items.push(["cpuset ", log(cpuset.name), `, mems_allowed ${cpuset.memsAllowed}`, ...refs([cpuset.line])]);
  if (cpu !== null) {
    const taint = cpu.taint === "" ? "not tainted" : `tainted ${cpu.taint}`;
    items.push([
      cpu.cpu === null ? "" : `processor ${cpu.cpu}, `,
      `pid ${cpu.pid}, `,
      taint,
      ", ",
      log(cpu.release),
      ...refs([cpu.line]),
    ]);
  }
  if (hardware !== null) items.push([log(hardware.text), ...refs([hardware.line])]);
  for (const { text, line } of context) items.push([log(text), ...refs([line])]);
  if (protection !== null) {
    items.push([
      `protected from reclaim: memory.min ${formatKb(protection.minKb)}, memory.low ${formatKb(protection.lowKb)}`,
      ...refs([protection.line]),
    ]);
  }
  return items.length === 0 ? null : { title: "Request", blocks: [list(items)] };
}

function stackSection(stack: readonly StackFrame[]): Section | null {
  if (stack.length === 0) return null;
  const items = stack.map(
    ({ function: name, module, reliable, line }): Words => [
      reliable ? "" : "? ",
      log(name),
      ...(module === null ? [] : [" ", log(`[${module}]`)]),
      ...refs([line]),
    ],
  );
  return { title: "Call trace", aside: ["the innermost function first"], blocks: [list(items)] };
}

const amountColumns: readonly Column[] = [
  { title: "counter", align: "left" },
  { title: "as printed", align: "right" },
  { title: "unit", align: "left" },
  { title: "size", align: "right" },
  { title: "line", align: "right" },
];

function countersSection(
  title: string,
  counters: readonly Counter[],
  view: View,
  path: string | null = null,
): Section | null {
  if (counters.length === 0) return null;
  const table: Table = {
    kind: "table",
    columns: amountColumns,
    rows: counters.map((counter) => ({
      cells: [
        [counter.name],
        [grouped(counter.value)],
        [counter.unit],
        [sizeOfCounter(counter, view)],
        [muted(`:${counter.line}`)],
      ],
    })),
  };
  return { title, ...(path === null ? {} : { aside: [log(path)] }), blocks: [table] };
}

function sizeOfCounter({ value, unit }: Counter, view: View): string {
  switch (unit) {
    case "pages":
      return view.pageSizeBytes === null ? "" : formatBytes(toBigInt(value) * BigInt(view.pageSizeBytes));
    case "kB":
      return formatKb(value);
    case "bytes":
      return formatBytes(value);
    case "count":
      return "";
  }
}

function hugepagesSection({ memInfo }: OomReport): Section | null {
  const used = (memInfo?.hugepages ?? []).filter(({ total }) => toBigInt(total) > 0n);
  if (used.length === 0) return null;
  const items = used.map(
    ({ node, total, free, surplus, sizeKb, line }): Words => [
      `${node === null ? "" : `node ${node}: `}${counted(total, "huge page")} of ${formatKb(sizeKb)}, ${grouped(free)} free, ${grouped(surplus)} surplus: ${formatKb(toBigInt(total) * toBigInt(sizeKb))}`,
      ...refs([line]),
    ],
  );
  return { title: "Huge pages", blocks: [list(items)] };
}

function slabSection({ slab }: OomReport): Section | null {
  if (slab === null || slab.rows.length === 0) return null;
  const rows = slab.rows.map(({ name, usedKb, totalKb, line }) => ({
    cells: [[formatKb(totalKb)], [formatKb(usedKb)], [muted(`:${line}`)], [log(name)]],
  }));
  const columns: readonly Column[] = [
    { title: "total", align: "right" },
    { title: "used", align: "right" },
    { title: "line", align: "right" },
    { title: "cache", align: "left" },
  ];
  return { title: "Unreclaimable slab", blocks: [{ kind: "table", columns, rows }] };
}

function allocationsSection({ allocations }: OomReport): Section | null {
  if (allocations === null || allocations.rows.length === 0) return null;
  const rows = allocations.rows.map(({ bytes, calls, place, function: name, line }) => ({
    cells: [[formatBytes(bytes)], [grouped(calls)], [muted(`:${line}`)], [log(place), " ", log(name)]],
  }));
  const columns: readonly Column[] = [
    { title: "size", align: "right" },
    { title: "calls", align: "right" },
    { title: "line", align: "right" },
    { title: "allocated at", align: "left" },
  ];
  return { title: "Memory allocations", blocks: [{ kind: "table", columns, rows }] };
}

function quoteSection(title: string, lines: OomReport["lines"]): Section | null {
  return lines.length === 0
    ? null
    : { title, aside: [counted(lines.length, "line")], blocks: [{ kind: "quote", lines }] };
}
