import type { MemInfo } from "../../model/report.js";
import { type Quantity, sum } from "../quantity.js";
import { hugePages, perCpuPages, type Scope, totalPages } from "./scope.js";

/** What the balance reads a term from. */
export interface TermSource {
  readonly scope: Scope;
  /** The memory block, for terms that stand outside its counters; null when the balance is of a node or zone. */
  readonly memInfo: MemInfo | null;
  /** The huge pages of the part. */
  readonly hugepages: MemInfo["hugepages"];
  readonly pageSizeBytes: number;
}

/** A place where pages are. No two terms hold the same page. */
export interface TermRow {
  readonly id: string;
  readonly title: string;
  /** In pages; null where this kernel prints nothing of it. */
  readonly read: (source: TermSource) => Quantity | null;
  /** What is in the residue instead, on kernels that do not print it. */
  readonly absence?: string;
  /** The term that older kernels print instead. */
  readonly orElse?: string;
}

/** Counters that add up, each by the first of its names that is printed; null unless one of them is. */
function counters(name: string, ...groups: readonly (readonly string[])[]): TermRow["read"] {
  return ({ scope }) => {
    const [first, ...rest] = groups.flatMap((names) => scope.pages(...names) ?? []);
    return first === undefined ? null : rest.length === 0 ? first : sum(name, first, ...rest);
  };
}

/**
 * The terms of the balance, in the order in which they are shown. A kernel prints some of them, by other names or in
 * other places: `counters` looks through all.
 *
 * Not among them because they lie inside others: shmem and the swap cache (on the anonymous LRU, or unevictable when
 * locked), mapped, dirty and writeback pages, mlocked, free CMA and highatomic.
 */
export const balanceTerms: readonly TermRow[] = [
  {
    id: "free",
    title: "free",
    read: (source) =>
      source.scope.pages("free") ??
      (source.memInfo === null ? null : totalPages(source.memInfo, "Free pages", source.pageSizeBytes)),
  },
  {
    id: "perCpu",
    title: "free, on per-CPU lists",
    // free_pcp since v4.1; before, the lists themselves are printed.
    read: ({ scope, memInfo }) => scope.pages("free_pcp") ?? (memInfo === null ? null : perCpuPages(memInfo)),
  },
  {
    id: "anonymous",
    title: "anonymous memory and shmem",
    read: counters(
      "anonymous LRU",
      ["active_anon", "Active_anon"],
      ["inactive_anon"],
      ["isolated_anon", "isolated(anon)"],
    ),
  },
  {
    id: "file",
    title: "file cache",
    read: counters("file LRU", ["active_file"], ["inactive_file"], ["isolated_file", "isolated(file)"]),
  },
  {
    id: "lru",
    title: "anonymous memory and file cache",
    // Up to v2.6.27 the lists are not told apart.
    read: counters("LRU", ["Active", "active"], ["inactive"]),
  },
  { id: "unevictable", title: "unevictable", read: counters("unevictable", ["unevictable"]) },
  {
    id: "slabReclaimable",
    title: "slab, reclaimable",
    read: counters("slab_reclaimable", ["slab_reclaimable"]),
  },
  {
    id: "slabUnreclaimable",
    title: "slab, unreclaimable",
    read: counters("slab_unreclaimable", ["slab_unreclaimable"]),
    absence: "slab",
    orElse: "slab",
  },
  // Up to v2.6.31 the two are one.
  { id: "slab", title: "slab", read: counters("slab", ["slab"]) },
  { id: "pageTables", title: "page tables", read: counters("pagetables", ["pagetables"]) },
  {
    id: "secondaryPageTables",
    title: "page tables of KVM and IOMMU",
    read: counters("sec_pagetables", ["sec_pagetables"]),
  },
  {
    id: "kernelStacks",
    title: "kernel stacks",
    read: counters("kernel stacks", ["kernel_stack"], ["shadow_call_stack"]),
    absence: "kernel stacks",
  },
  {
    id: "hugePages",
    title: "huge pages, reserved",
    read: ({ hugepages, pageSizeBytes }) => hugePages(hugepages, "total", pageSizeBytes),
  },
  { id: "bounce", title: "bounce buffers", read: counters("bounce", ["bounce"]) },
  { id: "balloon", title: "balloon", read: counters("Balloon", ["Balloon"]) },
  { id: "zspages", title: "compressed swap", read: counters("zspages", ["zspages"]) },
  { id: "gpu", title: "graphics memory", read: counters("graphics memory", ["gpu_active"], ["gpu_reclaim"]) },
];

/** Amounts that lie inside terms of the balance: of which. */
export interface WithinRow {
  readonly id: string;
  readonly title: string;
  /** Terms that it may lie in. */
  readonly inside: readonly string[];
  readonly read: TermRow["read"];
}

export const withinTerms: readonly WithinRow[] = [
  { id: "shmem", title: "shmem and tmpfs", inside: ["anonymous", "unevictable"], read: counters("shmem", ["shmem"]) },
  { id: "mapped", title: "mapped", inside: ["file", "anonymous"], read: counters("mapped", ["mapped"]) },
  { id: "dirty", title: "dirty", inside: ["file"], read: counters("dirty", ["dirty"]) },
  {
    id: "writeback",
    title: "under writeback",
    inside: ["file", "anonymous"],
    read: counters("writeback", ["writeback"]),
  },
  { id: "mlocked", title: "mlocked", inside: ["unevictable"], read: counters("mlocked", ["mlocked"]) },
  { id: "freeCma", title: "free, CMA", inside: ["free"], read: counters("free_cma", ["free_cma"]) },
  {
    id: "highatomic",
    title: "reserved for atomic requests",
    inside: ["free"],
    read: counters("highatomic", ["free_highatomic", "reserved_highatomic"]),
  },
  {
    id: "swapCache",
    title: "swap cache",
    inside: ["anonymous"],
    read: ({ memInfo, pageSizeBytes }) =>
      memInfo === null ? null : totalPages(memInfo, "pages in swap cache", pageSizeBytes),
  },
  {
    id: "hugePagesFree",
    title: "huge pages, unused",
    inside: ["hugePages"],
    read: ({ hugepages, pageSizeBytes }) => hugePages(hugepages, "free", pageSizeBytes),
  },
  {
    id: "kernelReclaimable",
    title: "other kernel memory that can be reclaimed",
    inside: ["residue"],
    read: counters("kernel_misc_reclaimable", ["kernel_misc_reclaimable"]),
  },
];

/** Every kernel prints one of each of these groups: where a report has none, its memory block is cut or folded. */
export const indispensableTerms: readonly (readonly string[])[] = [
  ["free"],
  ["anonymous", "lru"],
  ["file", "lru"],
  ["slabUnreclaimable", "slab"],
  ["pageTables"],
];
