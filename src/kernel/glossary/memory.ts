import type { GlossaryEntry, GlossarySection } from "../../model/glossary.js";
import { inUnit } from "./rows.js";

/** The counters of `Mem-Info:`. */
export const countersGlossary: GlossarySection = {
  title: "Memory of the machine (Mem-Info)",
  entries: inUnit(
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
      "Files of tmpfs, System V and POSIX shared memory, memfd. Lies inside the anonymous lists; no kill frees a tmpfs file.",
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
  ),
};

const nodeEntries: readonly GlossaryEntry[] = [
  ...inUnit(
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
    unit: "count",
    meaning: "Pages looked at since one was last freed; up to v4.7 in the zone lines.",
    until: "v4.11",
  },
  {
    term: "all_unreclaimable?",
    meaning: "Reclaim has given up on the node for now; up to v4.7 in the zone lines.",
  },
];

/** The counters of `Node N active_anon:…`. */
export const nodeGlossary: GlossarySection = { title: "Node lines", entries: nodeEntries };
