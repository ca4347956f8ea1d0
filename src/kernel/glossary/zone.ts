import type { GlossarySection } from "../../model/glossary.js";
import { inUnit } from "./rows.js";

/** The counters of `DMA32 free:… min:…`, and the lines that follow it. */
export const zoneGlossary: GlossarySection = {
  title: "Zone lines",
  entries: [
    ...inUnit(
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
      unit: "count",
      meaning: "Pages looked at since one was last freed.",
      until: "v4.7",
    },
    {
      term: "lowmem_reserve[]",
      unit: "pages",
      meaning:
        "What this zone keeps from requests that could use higher zones: one number for each highest zone of the request, lowest first. In pages, beside watermarks in kB.",
    },
    {
      term: "N*4kB (UME)",
      unit: "blocks × kB",
      meaning:
        "The buddy list: free blocks of each size, and of which kinds: U unmovable, M movable, E reclaimable, H kept for atomic requests, C contiguous area, I isolated. The smallest block is the page size.",
    },
    { term: "DMA", meaning: "Zone of the lowest addresses: the first 16 MiB on x86." },
    { term: "DMA32", meaning: "Zone below 4 GiB." },
    { term: "Normal", meaning: "Zone of the memory that the kernel can use for anything." },
    {
      term: "HighMem",
      meaning: "Zone beyond the kernel's own addresses, on 32 bits: for user memory, not for the kernel.",
    },
    { term: "Movable", meaning: "Zone for pages that can be moved: not for the kernel's own." },
  ],
};
