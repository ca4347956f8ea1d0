import type { GlossaryEntry } from "./entry.js";

type Row = readonly [term: string, meaning: string];

function stats(unit: string, ...list: readonly Row[]): GlossaryEntry[] {
  return list.map(([term, meaning]) => ({ term, part: "memory.stat", unit, meaning }));
}

/** The limits of a memory cgroup, as printed. */
const limitTerms: readonly GlossaryEntry[] = [
  {
    term: "memory",
    part: "memory cgroup",
    unit: "kB",
    meaning:
      "What is charged to the cgroup and all below it (usage) against its limit: memory.max, or memory.limit_in_bytes of cgroup v1.",
  },
  {
    term: "memory+swap",
    part: "memory cgroup",
    unit: "kB",
    meaning:
      "Memory and swap together against memory.memsw.limit_in_bytes. Cgroup v1 only; v5.0 to v5.2 print it on v2 too, where it means nothing.",
  },
  {
    term: "kmem",
    part: "memory cgroup",
    unit: "kB",
    meaning: "Kernel memory of the cgroup; inside memory. Cgroup v1 only.",
  },
  {
    term: "swap",
    part: "memory cgroup",
    unit: "kB",
    meaning: "Swap of the cgroup against memory.swap.max. Cgroup v2.",
    since: "v5.3",
  },
  { term: "usage", part: "memory cgroup", unit: "kB", meaning: "What is charged at this moment." },
  {
    term: "limit",
    part: "memory cgroup",
    unit: "kB",
    meaning: "What may be charged. 9007199254740988 kB and its like mean no limit.",
  },
  {
    term: "failcnt",
    part: "memory cgroup",
    unit: "count",
    meaning: "How often the limit was hit. Not kills: reclaim answers most hits.",
  },
  {
    term: "Memory cgroup stats for",
    part: "memory cgroup",
    meaning:
      "Statistics of a cgroup: up to v5.2 a line for each cgroup below the limit, each for itself; since v5.3 the cgroup of the limit with all below it.",
  },
  {
    term: "Memory cgroup min protection",
    part: "memory cgroup",
    unit: "kB",
    meaning: "How much memory.min and memory.low keep from reclaim here.",
    since: "v6.19",
  },
];

const v2Terms = stats(
  "bytes",
  ["anon", "Anonymous memory: heap, stack. Only swap can take it back."],
  ["file", "Page cache, tmpfs and shmem included."],
  ["kernel", "All kernel memory of the cgroup: the sum of slab, stacks, page tables, percpu, vmalloc and more."],
  ["kernel_stack", "Stacks of its threads in the kernel."],
  ["pagetables", "Page tables of its processes."],
  ["sec_pagetables", "Page tables of its virtual machines."],
  ["percpu", "Memory kept once for each processor."],
  ["sock", "Buffers of its sockets."],
  ["vmalloc", "Kernel memory that is contiguous by mapping only."],
  ["shmem", "tmpfs files and shared memory; inside file. In KB in the lines up to v5.2."],
  ["zswap", "Compressed swap: what it takes in memory."],
  ["zswapped", "Compressed swap: what it would take uncompressed."],
  ["zswap_incomp", "Pages in zswap that would not compress."],
  ["file_mapped", "Page cache that some process maps."],
  ["file_dirty", "Page cache that must be written to disk before it can go."],
  ["file_writeback", "Page cache being written at this moment."],
  ["swapcached", "Pages both in memory and in swap; in neither anon nor file."],
  ["anon_thp", "Anonymous memory in transparent huge pages."],
  ["file_thp", "Page cache in transparent huge pages."],
  ["shmem_thp", "Shmem in transparent huge pages."],
  ["inactive_anon", "Anonymous memory and shmem not used lately."],
  ["active_anon", "Anonymous memory and shmem used lately."],
  ["inactive_file", "Page cache not used lately: the first to be reclaimed."],
  ["active_file", "Page cache used lately."],
  ["unevictable", "Pages that can not be reclaimed: mlock, ramfs."],
  ["slab_reclaimable", "Kernel objects that can be dropped: dentries, inodes."],
  ["slab_unreclaimable", "Kernel objects that are in use."],
  ["slab", "Kernel objects, reclaimable or not."],
  ["hugetlb", "Huge pages of hugetlbfs, where they are accounted."],
);

const v1Terms = stats(
  "KB (bytes since v6.5)",
  ["cache", "Page cache, tmpfs and shmem included. Cgroup v1."],
  ["rss", "Anonymous memory, swap cache included. Cgroup v1; not the rss of the task table."],
  ["rss_huge", "Anonymous memory in transparent huge pages. Cgroup v1."],
  ["mapped_file", "Page cache that some process maps. Cgroup v1."],
  ["dirty", "Page cache that must be written to disk before it can go. Cgroup v1."],
  ["writeback", "Pages being written to disk or swap at this moment. Cgroup v1."],
  ["swap", "Swap of the cgroup. Cgroup v1."],
  ["hierarchical_memory_limit", "The tightest memory limit from the cgroup up to the root. Cgroup v1."],
  ["hierarchical_memsw_limit", "The tightest limit of memory and swap from the cgroup up to the root. Cgroup v1."],
  ["total_*", "The statistic of that name, summed over the cgroup and all below it. Cgroup v1."],
);

const eventTerms = stats(
  "count",
  [
    "workingset_refault*",
    "Pages that were reclaimed and came back soon: reclaim took what was in use. Many of them mean thrashing.",
  ],
  ["workingset_activate*", "Of those, pages that went straight to the active list."],
  ["workingset_restore*", "Of those, pages that had been active before they were reclaimed."],
  ["workingset_nodereclaim", "Shadow nodes of the page cache that were reclaimed."],
  ["pgscan*", "Pages that reclaim looked at; _kswapd in the background, _direct by the task that needed memory."],
  ["pgsteal*", "Pages that reclaim freed."],
  ["pgfault", "Page faults."],
  ["pgmajfault", "Page faults that had to read from disk."],
  ["pgrefill", "Pages that reclaim looked at on the active list."],
  ["pgactivate", "Pages moved to the active list."],
  ["pgdeactivate", "Pages moved to the inactive list."],
  ["pglazyfree", "Pages given back by MADV_FREE, still there."],
  ["pglazyfreed", "Pages given back by MADV_FREE, freed."],
  ["pgdemote_*", "Pages moved to slower memory in place of reclaim."],
  ["pgpromote_success", "Pages moved to faster memory."],
  ["pgpgin", "Pages charged. Cgroup v1."],
  ["pgpgout", "Pages uncharged. Cgroup v1."],
  ["pswpin", "Pages read from swap."],
  ["pswpout", "Pages written to swap."],
  ["swpin_zero", "Pages of zeros brought back from swap without reading."],
  ["swpout_zero", "Pages of zeros swapped out without writing."],
  ["zswpin", "Pages brought back from zswap."],
  ["zswpout", "Pages put into zswap."],
  ["zswpwb", "Pages written from zswap to the swap device."],
  ["thp_fault_alloc", "Transparent huge pages made at a fault."],
  ["thp_collapse_alloc", "Transparent huge pages made of small ones."],
  ["thp_swpout", "Transparent huge pages swapped out in one piece."],
  ["thp_swpout_fallback", "Transparent huge pages split to be swapped out."],
  ["numa_*", "Work of NUMA balancing."],
);

export const memcgTerms: readonly GlossaryEntry[] = [...limitTerms, ...v2Terms, ...v1Terms, ...eventTerms];
