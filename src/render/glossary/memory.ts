import type { GlossaryEntry, GlossaryPart } from "./entry.js";

type Row = readonly [term: string, meaning: string, since?: string | undefined, until?: string];

function rows(part: GlossaryPart, unit: string, ...list: readonly Row[]): GlossaryEntry[] {
  return list.map(([term, meaning, since, until]) => ({
    term,
    part,
    unit,
    meaning,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  }));
}

/** The counters of `Mem-Info:`. All are pages. */
const globalTerms = rows(
  "memory counters",
  "pages",
  ["active_anon", "Anonymous memory and shmem used lately: heap, stack, tmpfs. Only swap can take it back."],
  ["inactive_anon", "Anonymous memory and shmem not used lately."],
  ["isolated_anon", "Anonymous pages that reclaim or migration holds at this moment.", "v2.6.32"],
  ["active_file", "Page cache used lately, program text included."],
  ["inactive_file", "Page cache not used lately: the first to be reclaimed."],
  ["isolated_file", "Page cache that reclaim or migration holds at this moment.", "v2.6.32"],
  [
    "unevictable",
    "Pages that can not be reclaimed: mlock, locked shared memory, ramfs, some graphics memory.",
    "v2.6.28",
  ],
  ["Active", "All pages used lately, anonymous and page cache together.", undefined, "v2.6.27"],
  ["inactive", "All pages not used lately, anonymous and page cache together.", undefined, "v2.6.27"],
  ["dirty", "Page cache that must be written to disk before it can go. Lies inside the page cache."],
  ["writeback", "Pages being written to disk or swap at this moment."],
  ["unstable", "Pages sent to an NFS server and not yet safe there.", undefined, "v5.7"],
  ["slab_reclaimable", "Kernel objects that can be dropped: dentries, inodes.", "v2.6.32"],
  ["slab_unreclaimable", "Kernel objects that are in use. A leak in the kernel or a driver grows here.", "v2.6.32"],
  ["slab", "Kernel objects, reclaimable or not.", undefined, "v2.6.31"],
  ["mapped", "Pages of files and shmem that some process maps. Lies inside the page cache and shmem."],
  [
    "shmem",
    "tmpfs files, System V and POSIX shared memory, memfd. Lies inside the anonymous lists; no kill frees a tmpfs file.",
    "v2.6.32",
  ],
  ["pagetables", "Page tables of processes."],
  ["sec_pagetables", "Page tables of virtual machines and IOMMUs.", "v6.1"],
  ["bounce", "Copies for devices that reach only low memory."],
  ["kernel_misc_reclaimable", "Other kernel memory that can be taken back.", "v5.15"],
  [
    "free",
    "Pages that nobody uses. Those below the watermarks, CMA and reserves for atomic requests are not open to every request.",
  ],
  ["free_pcp", "Free pages kept on the lists of each processor; not in free.", "v4.1"],
  [
    "free_cma",
    "Free pages of the contiguous area of devices, open to movable requests only. Lies inside free.",
    "v3.8",
  ],
  ["Free pages", "Pages that nobody uses.", undefined, "v2.6.18"],
);

/** The counters of `Node N active_anon:…`. */
const nodeTerms: readonly GlossaryEntry[] = [
  ...rows(
    "node line",
    "kB",
    ["active_anon", "As the counter of the same name, of one node.", "v4.8"],
    ["inactive_anon", "As the counter of the same name, of one node.", "v4.8"],
    ["active_file", "As the counter of the same name, of one node.", "v4.8"],
    ["inactive_file", "As the counter of the same name, of one node.", "v4.8"],
    ["unevictable", "As the counter of the same name, of one node.", "v4.8"],
    ["isolated(anon)", "Anonymous pages that reclaim or migration holds at this moment.", "v4.8"],
    ["isolated(file)", "Page cache that reclaim or migration holds at this moment.", "v4.8"],
    ["mapped", "As the counter of the same name, of one node.", "v4.8"],
    ["dirty", "As the counter of the same name, of one node.", "v4.8"],
    ["writeback", "As the counter of the same name, of one node.", "v4.8"],
    ["shmem", "As the counter of the same name, of one node.", "v4.8"],
    ["shmem_thp", "Shmem in transparent huge pages. Lies inside shmem.", "v4.8"],
    ["shmem_pmdmapped", "Shmem that is mapped by whole huge pages. Lies inside shmem_thp.", "v4.8"],
    ["anon_thp", "Anonymous memory in transparent huge pages.", "v4.8"],
    ["writeback_tmp", "Copies that FUSE writes back.", "v4.8"],
    ["unstable", "As the counter of the same name, of one node.", "v4.8", "v5.7"],
    ["kernel_stack", "Stacks of threads in the kernel: 16 kB each on 64-bit machines, so it counts threads.", "v5.9"],
    ["shadow_call_stack", "Second stacks that guard return addresses (arm64).", "v5.9"],
    ["pagetables", "As the counter of the same name, of one node.", "v5.11"],
    ["sec_pagetables", "As the counter of the same name, of one node.", "v6.1"],
    ["Balloon", "Memory that the hypervisor took from this guest.", "v6.17"],
    ["gpu_active", "Memory that graphics drivers use.", "v7.1"],
    ["gpu_reclaim", "Memory that graphics drivers keep and would give back.", "v7.1"],
  ),
  {
    term: "pages_scanned",
    part: "node line",
    unit: "count",
    meaning: "Pages looked at since one was last freed; up to v4.7 in the zone lines.",
    until: "v4.11",
  },
  {
    term: "all_unreclaimable?",
    part: "node line",
    meaning: "Reclaim has given up on the node for now; up to v4.7 in the zone lines.",
  },
];

/** The counters of `DMA32 free:… min:…`. */
const zoneTerms: readonly GlossaryEntry[] = [
  ...rows(
    "zone line",
    "kB",
    ["free", "Free memory of the zone."],
    [
      "min",
      "Below this only the kernel's most urgent requests are served. Before it kills, the kernel tries for a page above high.",
    ],
    ["low", "Below this background reclaim (kswapd) starts."],
    ["high", "Above this background reclaim stops."],
    ["boost", "How much min, low and high are raised for now against fragmentation; already inside them.", "v5.17"],
    ["reserved_highatomic", "Kept for atomic requests of more than one page; printed with KB.", "v5.6"],
    ["free_highatomic", "How much of that is free.", "v6.17"],
    ["active", "As the counter of the same name, of one zone.", undefined, "v2.6.27"],
    ["inactive", "As the counter of the same name, of one zone.", undefined, "v2.6.27"],
    ["active_anon", "As the counter of the same name, of one zone.", "v2.6.28"],
    ["inactive_anon", "As the counter of the same name, of one zone.", "v2.6.28"],
    ["active_file", "As the counter of the same name, of one zone.", "v2.6.28"],
    ["inactive_file", "As the counter of the same name, of one zone.", "v2.6.28"],
    ["unevictable", "As the counter of the same name, of one zone.", "v2.6.28"],
    ["isolated(anon)", "As of a node.", "v2.6.32", "v4.7"],
    ["isolated(file)", "As of a node.", "v2.6.32", "v4.7"],
    ["writepending", "Dirty pages and pages under writeback.", "v4.8"],
    ["zspages", "Pages that hold compressed swap (zram, zswap).", "v6.18"],
    ["present", "All pages of the zone but holes, those included that the kernel never manages."],
    ["managed", "Pages that the page allocator hands out. Their sum over all zones is totalram_pages.", "v3.8"],
    ["mlocked", "Pages locked by mlock. Lies inside unevictable.", "v2.6.32"],
    ["dirty", "As the counter of the same name, of one zone.", "v2.6.32", "v4.7"],
    ["writeback", "As the counter of the same name, of one zone.", "v2.6.32", "v4.7"],
    ["mapped", "As the counter of the same name, of one zone.", "v2.6.32", "v4.7"],
    ["shmem", "As the counter of the same name, of one zone.", "v2.6.32", "v4.7"],
    ["slab_reclaimable", "As the counter of the same name, of one zone.", "v2.6.32", "v4.12"],
    ["slab_unreclaimable", "As the counter of the same name, of one zone.", "v2.6.32", "v4.12"],
    [
      "kernel_stack",
      "Stacks of threads in the kernel: 16 kB each on 64-bit machines, so it counts threads.",
      "v2.6.32",
      "v5.8",
    ],
    ["pagetables", "As the counter of the same name, of one zone.", "v2.6.32", "v5.10"],
    ["unstable", "As the counter of the same name, of one zone.", "v2.6.32", "v4.7"],
    ["bounce", "As the counter of the same name, of one zone.", "v2.6.32"],
    ["writeback_tmp", "Copies that FUSE writes back.", "v2.6.32", "v4.7"],
    ["free_pcp", "Free pages kept on the lists of all processors; not in free.", "v4.1"],
    ["local_pcp", "Free pages on the list of this processor; inside free_pcp.", "v4.1"],
    ["free_cma", "Free pages of the contiguous area of devices. Lies inside free.", "v3.8"],
  ),
  {
    term: "pages_scanned",
    part: "zone line",
    unit: "count",
    meaning: "Pages looked at since one was last freed.",
    until: "v4.7",
  },
  {
    term: "lowmem_reserve[]",
    part: "zone line",
    unit: "pages",
    meaning:
      "What this zone keeps from requests that could use higher zones: one number for each highest zone of the request, lowest first. In pages, beside watermarks in kB.",
  },
  {
    term: "N*4kB (UME)",
    part: "zone line",
    unit: "blocks × kB",
    meaning:
      "The buddy list: free blocks of each size, and of which kinds: U unmovable, M movable, E reclaimable, H kept for atomic requests, C contiguous area, I isolated. The smallest block is the page size.",
  },
];

/** What stands after the zones. */
const totalTerms: readonly GlossaryEntry[] = [
  ...rows(
    "end of the memory block",
    "pages",
    ["total pagecache pages", "Page cache, shmem and swap cache.", "v2.6.28"],
    ["pages in swap cache", "Pages that are both in memory and in swap. Lies inside the anonymous lists.", "v2.6.28"],
    ["pages swap cached", "Pages that are both in memory and in swap.", undefined, "v2.6.27"],
    ["pages RAM", "All pages of the machine. Not MemTotal: reserved pages are inside.", "v2.6.28"],
    ["pages of RAM", "All pages of the machine.", undefined, "v2.6.27"],
    ["pages HighMem", "Pages above the memory that a 32-bit kernel maps for itself.", "v2.6.28", "v3.12"],
    [
      "pages HighMem/MovableOnly",
      "Pages above the memory that a 32-bit kernel maps for itself, or for movable pages only.",
      "v3.13",
    ],
    [
      "pages reserved",
      "Pages that the allocator never got: kernel image, page structs, firmware, crash kernel. v3.13 to v3.17 count one zone only, by a bug.",
      "v2.6.28",
    ],
    ["reserved pages", "Pages that the allocator never got.", undefined, "v2.6.27"],
    ["pages cma reserved", "Size of the contiguous areas of devices.", "v3.19"],
    ["pages hwpoisoned", "Pages taken out of use because of memory errors.", "v3.14"],
    ["pages shared", "Pages with more than one user.", undefined, "v3.12"],
    ["pages non-shared", "Pages with one user.", undefined, "v3.12"],
    ["pages in pagetable cache", "Page-table pages kept for reuse.", undefined, "v5.1"],
  ),
  ...rows(
    "end of the memory block",
    "count",
    ["swap cache add", "Pages ever put into the swap cache.", undefined, "v5.19"],
    ["swap cache delete", "Pages ever taken out of the swap cache.", undefined, "v5.19"],
    ["swap cache find success", "Look-ups in the swap cache that found their page.", undefined, "v5.19"],
    ["swap cache find total", "Look-ups in the swap cache.", undefined, "v5.19"],
    ["hugepages_total", "Huge pages reserved on a node, used or not. They are in no counter above.", "v3.10"],
    ["hugepages_free", "Huge pages that nobody uses.", "v3.10"],
    ["hugepages_surp", "Huge pages beyond the reservation.", "v3.10"],
  ),
  ...rows(
    "end of the memory block",
    "kB",
    ["hugepages_size", "Size of one of these huge pages.", "v3.10"],
    ["Free swap", "Swap that nothing uses. Negative while swapoff runs."],
    ["Total swap", "All swap, zram and files included. 0 while the only area is being turned off."],
  ),
  {
    term: "Unreclaimable slab info",
    part: "end of the memory block",
    unit: "KB",
    meaning: "Caches of kernel objects that can not be dropped. Objects above two pages are in no cache.",
    since: "v4.15",
  },
  {
    term: "Memory allocations",
    part: "end of the memory block",
    unit: "bytes and calls",
    meaning: "The largest users of memory by the source line that asked, where memory allocation profiling is on.",
    since: "v6.10",
  },
];

export const memoryTerms: readonly GlossaryEntry[] = [...globalTerms, ...nodeTerms, ...zoneTerms, ...totalTerms];
