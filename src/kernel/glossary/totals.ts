import type { GlossarySection } from "../../model/glossary.js";
import { inUnit } from "./rows.js";

/** What stands after the zones. */
export const totalsGlossary: GlossarySection = {
  title: "End of the memory block",
  entries: [
    ...inUnit(
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
    ...inUnit(
      "count",
      ["swap cache add", "Pages ever put into the swap cache.", undefined, "v5.19"],
      ["swap cache delete", "Pages ever taken out of the swap cache.", undefined, "v5.19"],
      ["swap cache find success", "Look-ups in the swap cache that found their page.", undefined, "v5.19"],
      ["swap cache find total", "Look-ups in the swap cache.", undefined, "v5.19"],
      ["hugepages_total", "Huge pages reserved on a node, used or not. They are in no counter above.", "v3.10"],
      ["hugepages_free", "Huge pages that nobody uses.", "v3.10"],
      ["hugepages_surp", "Huge pages beyond the reservation.", "v3.10"],
    ),
    ...inUnit(
      "kB",
      ["hugepages_size", "Size of one of these huge pages.", "v3.10"],
      ["Free swap", "Swap that nothing uses. Negative while swapoff runs."],
      ["Total swap", "All swap, zram and files included. 0 while the only area is being turned off."],
    ),
    {
      term: "Unreclaimable slab info",
      unit: "KB",
      meaning: "Caches of kernel objects that can not be dropped. Objects above two pages are in no cache.",
      since: "v4.15",
    },
    {
      term: "Memory allocations",
      unit: "bytes and calls",
      meaning: "The largest users of memory by the source line that asked, where memory allocation profiling is on.",
      since: "v6.10",
    },
  ],
};
