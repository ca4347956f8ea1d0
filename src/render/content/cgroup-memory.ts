import type { Amount, MemcgBalance } from "../../model/accounting.js";
import type { CgroupIdentity } from "../../model/cgroup-identity.js";
import type { MemcgLimit } from "../../model/report.js";
import { type Block, type Fact, facts, paragraph, type Section } from "../document.js";
import { counted, formatKb, formatPages, formatShare } from "../quantity.js";
import { log, refs, type Words } from "../words.js";
import { PARTS_EXCEED } from "./machine-memory.js";
import type { View } from "./view.js";

const termTitles: Readonly<Record<string, string>> = {
  anon: "anonymous memory",
  file: "file cache, tmpfs included",
  kernel: "kernel memory",
  sock: "socket buffers",
  hugetlb: "huge pages",
};

const withinTitles: Readonly<Record<string, string>> = {
  shmem: "shmem and tmpfs",
  dirty: "dirty file pages",
  writeback: "pages under writeback",
  swapcached: "swap cache",
  slab: "slab",
  kernelStacks: "kernel stacks",
  pageTables: "page tables",
  percpu: "per-CPU memory",
  vmalloc: "vmalloc",
  zswap: "compressed swap",
};

/** Parts of less than this share of the usage are left out of the "of these". */
const SMALL = 0.01;

/** The memory cgroup whose limit was hit: what it is, its limits, what its usage is made of. */
export function cgroupMemorySection(view: View): Section | null {
  const { report, accounting, cgroups } = view;
  if (report.constraint !== "CONSTRAINT_MEMCG") return null;
  const balance = accounting?.memcg ?? null;
  const path = report.cgroup.oomMemcg ?? balance?.path ?? null;
  const { taskMemcg } = report.cgroup;
  const rows: Fact[] = [];
  if (path !== null) rows.push({ label: "Cgroup", words: identified(path, cgroups?.oomMemcg ?? null) });
  if (taskMemcg !== null && taskMemcg !== path) {
    rows.push({ label: "Victim in", words: identified(taskMemcg, cgroups?.taskMemcg ?? null) });
  }
  for (const limit of report.memcg?.limits ?? []) {
    // Up to v5.2 v2 prints the lines of v1 too, with nothing in them.
    const isEmpty = balance?.hierarchy === "v2" && (limit.name === "memory+swap" || limit.name === "kmem");
    if (!isEmpty) rows.push({ label: limit.name, words: limitWords(limit) });
  }
  const blocks: Block[] = rows.length === 0 ? [] : [facts(...rows)];
  if (balance !== null) blocks.push(...usageBlocks(balance, view));
  blocks.push(...unknownBlocks(balance));
  return blocks.length === 0 ? null : { title: "Memory of the cgroup", blocks };
}

/** What a path is, where that is known, and the path. */
function identified(path: string, identity: CgroupIdentity | null): Words {
  return identity === null || identity.kind === "unknown" ? [log(path)] : [`${identity.name}, `, log(path)];
}

function limitWords({ usageKb, limitKb, unlimited, failcnt, line }: MemcgLimit): Words {
  const size = unlimited ? "no limit" : `limit ${formatKb(limitKb)}`;
  const hits = Number(failcnt) === 0 ? "" : `, hit ${counted(failcnt, "time")}`;
  return [`${formatKb(usageKb)} used, ${size}${hits}`, ...refs([line])];
}

/** What the report does not tell of the cgroup's memory. */
function unknownBlocks(balance: MemcgBalance | null): Block[] {
  if (balance === null) return [paragraph("Its usage and its limit are not in this log.")];
  const { terms, residue, untold, consistent } = balance;
  if (!consistent) return [paragraph(PARTS_EXCEED)];
  if (untold !== null) return [paragraph("This report does not tell the cgroup's kernel memory.")];
  if (residue !== null) return [];
  return [
    paragraph(
      terms.some(({ id }) => id !== "kernel")
        ? "The statistics are cut: what they leave can not be told."
        : "The report has no statistics of the cgroup: what its memory is made of is not known.",
    ),
  ];
}

function usageBlocks({ terms, within, residue, untold, usage }: MemcgBalance, { pageSizeBytes }: View): Block[] {
  if (pageSizeBytes === null || terms.length === 0) return [];
  const size = ({ pages }: Amount): string => formatPages(Math.round(pages), pageSizeBytes);
  const rows = terms
    .filter(({ pages }) => pages > 0)
    .toSorted((a, b) => b.pages - a.pages)
    .map((term) => ({ title: termTitles[term.id] ?? term.id, term: term as Amount }));
  if (residue !== null && Math.abs(residue.pages) >= 1) rows.push({ title: "not accounted for", term: residue });
  if (untold !== null && untold.pages >= 1) rows.push({ title: "kernel memory and the like", term: untold });
  const parts = within.filter(({ pages }) => pages > 0 && pages >= usage.pages * SMALL);
  return [
    {
      kind: "table",
      columns: [
        { title: "size", align: "right" },
        { title: "share", align: "right" },
        { title: "", align: "left", drop: 1 },
        { title: "where", align: "left" },
      ],
      rows: rows.map(({ title, term }) => ({
        cells: [
          [size(term)],
          [formatShare(term.pages, usage.pages)],
          { bar: [{ share: Math.min(1, Math.max(0, term.pages / usage.pages)), fill: "full" }] },
          [title, ...refs(term.lines)],
        ],
      })),
    },
    ...(parts.length === 0
      ? []
      : [
          paragraph(
            `Inside these, not beside them: ${parts.map((part) => `${withinTitles[part.id] ?? part.id} ${size(part)}`).join(", ")}.`,
          ),
        ]),
  ];
}
