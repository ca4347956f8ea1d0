import { protectedTrigger, type Scenario, scenario } from "../scenario.js";

/** What counts towards the points: file, shared, page tables, swap, locked and huge pages. */
export const memoryKinds: readonly Scenario[] = [
  scenario({
    name: "g_file",
    title: "Mapped file pages that cannot be reclaimed count like anonymous ones",
    decidedBy: ["points"],
    kills: 2,
    tasks: [{ id: "filehog", file: 35 }, { id: "anon20", anon: 20 }, { id: "anon10", anon: 10 }, protectedTrigger],
  }),
  scenario({
    name: "g_shmem",
    title: "A shared segment counts in full for each task that maps it",
    decidedBy: ["points"],
    tasks: [
      { id: "sharer1", comm: "oracle", anon: 2, shared: { key: "sga", size: 25 } },
      { id: "sharer2", comm: "oracle", anon: 4, shared: { key: "sga", size: 25 } },
      { id: "sharer3", comm: "oracle", anon: 6, shared: { key: "sga", size: 25 } },
      { id: "anon20", anon: 20 },
      protectedTrigger,
    ],
  }),
  scenario({
    name: "g_shmpriv",
    title: "Shared anonymous memory of a single task",
    decidedBy: ["points"],
    tasks: [{ id: "shmhog", shmem: 45 }, { id: "anon20", anon: 20 }, protectedTrigger],
  }),
  scenario({
    name: "g_pgtables",
    title: "Page tables without pages make a task the largest",
    decidedBy: ["points"],
    // Tables of other architectures are smaller than a page or have no room in the address space.
    needs: { bits64: true, smallPages: true },
    tasks: [{ id: "ptehog", pageTables: 20 }, { id: "anon15", anon: 15 }, protectedTrigger],
  }),
  scenario({
    name: "g_mlock",
    title: "Locked memory counts, and the reaper cannot take it",
    decidedBy: ["points"],
    tasks: [{ id: "locked", anon: 45, locked: true }, { id: "anon20", anon: 20 }, protectedTrigger],
  }),
  scenario({
    name: "g_hugetlb",
    title: "Huge pages use memory and count for nobody",
    decidedBy: ["points"],
    needs: { smallPages: true, config: ["HUGETLBFS"] },
    sysctls: { "vm.nr_hugepages": 30 },
    tasks: [{ id: "dpdk", anon: 2, hugePages: 15 }, { id: "anon12", anon: 12 }, protectedTrigger],
  }),
  scenario({
    name: "g_min_free",
    title: "A raised vm.min_free_kbytes keeps memory back",
    decidedBy: ["points"],
    sysctls: { "vm.min_free_kbytes": 30_000 },
    tasks: [{ id: "app1", anon: 20 }, { id: "app2", anon: 12 }, protectedTrigger],
  }),
  scenario({
    name: "g_min_ttl",
    title: "lru_gen/min_ttl_ms: kswapd asks for a kill when a young working set does not fit",
    decidedBy: ["points"],
    needs: { config: ["LRU_GEN"] },
    sysctls: { "/sys/kernel/mm/lru_gen/enabled": 7, "/sys/kernel/mm/lru_gen/min_ttl_ms": 120_000 },
    machine: { swap: "disk" },
    tasks: [{ id: "app1", anon: 30 }, { id: "app2", anon: 20 }, protectedTrigger],
  }),
  scenario({
    name: "g_fork_cow",
    title: "A snapshot child shares its parent's pages: both rows count them",
    decidedBy: ["points"],
    tasks: [
      { id: "server", comm: "redis-server", anon: 40 },
      { id: "child", comm: "redis-server", parent: "server", inherits: true, anon: 2 },
      { id: "other", anon: 10 },
      protectedTrigger,
    ],
  }),
  scenario({
    name: "g_swap",
    title: "Swapped pages count as much as resident ones",
    decidedBy: ["points"],
    machine: { swap: "disk" },
    tasks: [
      { id: "old", anon: 35, swapped: 30 },
      { id: "mid", anon: 25, swapped: 10 },
      { id: "new", anon: 20 },
      protectedTrigger,
    ],
  }),
  scenario({
    name: "g_swap_small_rss",
    title: "The victim is almost wholly in swap: the smallest rss of all",
    decidedBy: ["points"],
    machine: { swap: "disk" },
    tasks: [{ id: "sleeper", anon: 30, swapped: 30 }, { id: "resident", anon: 24, locked: true }, protectedTrigger],
  }),
  scenario({
    name: "g_swap_adj",
    title: "Swap is part of the total that oom_score_adj is scaled by",
    decidedBy: ["points"],
    machine: { swap: "disk" },
    tasks: [
      { id: "big", anon: 40 },
      { id: "adjusted", adj: 250, anon: 8 },
      { id: "negative", adj: -100, anon: 45 },
      protectedTrigger,
    ],
  }),
  scenario({
    name: "g_zram",
    title: "Swap on zram: the total grows, the memory does not",
    decidedBy: ["points"],
    machine: { swap: "zram" },
    tasks: [
      { id: "old", anon: 35, swapped: 10 },
      { id: "mid", anon: 25 },
      { id: "trigger", act: "alloc" },
    ],
  }),
  scenario({
    name: "g_swapoff",
    title: "swapoff is chosen outright, however small it is",
    decidedBy: ["oom-origin"],
    machine: { swap: "disk" },
    tasks: [
      { id: "old", anon: 60, swapped: 55 },
      { id: "mid", anon: 70 },
      { id: "swapoff", act: "swapoff" },
    ],
  }),
  scenario({
    name: "g_tmpfs",
    title: "Files in a tmpfs belong to nobody: tasks die for them one after the other",
    decidedBy: ["points"],
    kills: 2,
    tasks: [
      { id: "app1", anon: 12 },
      { id: "app2", anon: 18 },
      { id: "app3", anon: 9 },
      { id: "filler", adj: -1000, act: "tmpfs" },
    ],
  }),
  scenario({
    name: "g_slab",
    title: "Inodes fill the slab: unreclaimable kernel memory",
    decidedBy: ["points"],
    tasks: [
      { id: "app1", anon: 12 },
      { id: "app2", anon: 18 },
      { id: "leaker", adj: -1000, act: "inodes" },
    ],
  }),
  scenario({
    name: "g_socks",
    title: "Socket buffers fill the memory",
    decidedBy: ["points"],
    tasks: [
      { id: "idle", anon: 10 },
      { id: "idle2", anon: 15 },
      { id: "socker", adj: -1000, act: "sockets" },
    ],
  }),
  scenario({
    name: "g_order3",
    title: "A request for eight pages in a row (arrays of pipe buffers)",
    decidedBy: ["points"],
    tasks: [
      { id: "app1", anon: 20 },
      { id: "app2", anon: 28 },
      { id: "piper", adj: -1000, act: "pipes" },
    ],
  }),
];
