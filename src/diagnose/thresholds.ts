/** A bound that a rule compares with, and why it is where it is. */
export interface Threshold {
  readonly value: number;
  readonly unit: "%" | "MiB" | "rows" | "reports" | "seconds" | "processes" | "pids" | "order" | "oom_score_adj" | "×";
  readonly why: string;
}

function at(value: number, unit: Threshold["unit"], why: string): Threshold {
  return { value, unit, why };
}

/** Every bound of every rule, by the rule's id. Measured on real logs; a page in docs/diagnoses repeats its rule's. */
export const thresholds = {
  residue: {
    share: at(8, "%", "the largest residue of 600 healthy lab reports is 7.3 %, of ordinary public logs 5 %"),
    size: at(32, "MiB", "on machines of some 100 MiB a fixed 18 MiB of boot-time memory is several percent"),
  },
  zones: {
    margin: at(
      1,
      "MiB",
      "above the high mark; less can come free between the decision and its printing (12 of 550 lab reports)",
    ),
  },
  limits: {
    near: at(1, "%", "of the limit left: counters are read after the charge failed; lab reports leave at most 0.4 %"),
    below: at(3, "%", "of the limit left: no lab report leaves that much but after an earlier kill"),
  },
  "single-anon-hog": {
    share: at(35, "%", "below it the rest of the machine matters more than this process"),
    lead: at(1.3, "×", "two tasks of nearly equal size are no hog: naming one would be chance"),
    anonymous: at(50, "%", "with less private memory something else than processes filled the machine"),
    certain: at(50, "%", "more than all other processes together"),
    smallest: at(1024, "MiB", "where nothing tells how large the machine is: what matters on most machines"),
  },
  "same-name-group": {
    processes: at(5, "processes", "fewer are a process with helpers"),
    share: at(35, "%", "below it the rest of the machine matters more than the group"),
    largest: at(50, "%", "of the group: above it one member is the hog, not their number"),
    certain: at(60, "%", "more than anything else can hold"),
    uneven: at(3, "×", "the largest against the mean: beyond it a few have grown, and their number is not the problem"),
  },
  "many-tasks-sum": {
    anonymous: at(50, "%", "with less private memory something else than processes filled the machine"),
    rows: at(300, "rows", "an ordinary machine runs fewer processes; a fork bomb or cron pile-up more"),
    mean: at(10, "MiB", "small tasks: their number is the problem"),
  },
  "shmem-tmpfs-hog": {
    share: at(25, "%", "shmem is at most 6 % in 55 of 59 public logs; the others have 18 to 80 %"),
    unmapped: at(50, "%", "of shmem: below it the processes that map it are the ones to look at"),
    certain: at(40, "%", "no ordinary machine has that much"),
  },
  "shared-memory-database": {
    coverage: at(125, "%", "three of four public logs have less: rss counts a page once in each process that maps it"),
    share: at(15, "%", "a shared segment that matters"),
    mapped: at(70, "%", "of shmem: the processes do map it"),
    shmemRows: at(2, "×", "of shmem: rss_shmem adds up to several times what exists"),
  },
  "slab-unreclaimable-leak": {
    share: at(15, "%", "95 of 100 public logs have less than 6.9 %"),
    certain: at(30, "%", "twice what rings suspicion"),
    cache: at(50, "%", "of unreclaimable slab: one cache is the leak"),
    unnamed: at(20, "%", "of unreclaimable slab in the largest cache: below it most are large kmallocs, of no cache"),
    smallest: at(64, "MiB", "below it boot-time slab is a large share of a tiny machine"),
  },
  "slab-reclaimable-stuck": {
    share: at(15, "%", "all but one public log have at most 8 % left at the time of the kill"),
  },
  "page-tables-hog": {
    share: at(10, "%", "the most in public logs is 2.8 %, lab machines built for it show 33 to 70 %"),
    row: at(25, "%", "of all page tables: a process worth naming"),
    alone: at(64, "MiB", "of one process, where the log has no counters: for densely used memory a 512th of 32 GiB"),
    times: at(10, "×", "its rss: nobody maps like that by chance"),
  },
  "thread-storm-stacks": {
    share: at(
      2,
      "%",
      "the most in public logs of ordinary machines is 0.7 %; a small fork bomb of the lab shows 2.9 %",
    ),
    certain: at(5, "%", "seven times the most of ordinary machines"),
    smallest: at(64, "MiB", "below it the stacks of the kernel's own threads are a large share"),
  },
  "hugepages-reserved": {
    share: at(10, "%", "memory set aside that nothing else can use"),
    idle: at(30, "%", "of the reservation: it is larger than its user needs"),
  },
  "unaccounted-kernel-pages": {
    certain: at(30, "%", "far beyond what boot, percpu and modules take"),
  },
  balloon: {
    printed: at(10, "%", "as printed by the driver since v6.17"),
    share: at(20, "%", "a residue that only a balloon or a leak makes"),
  },
  "gpu-memory": {
    share: at(15, "%", "shmem or locked memory that no process maps, beyond what desktops show"),
    printed: at(10, "%", "as printed since v7.1"),
  },
  "compressed-swap-pool": {
    swapUsed: at(90, "%", "of swap: the pool is as large as it gets"),
    pool: at(10, "%", "of RAM: a pool that matters"),
    memcgPool: at(10, "%", "of the limit"),
    zswapLeast: at(18, "%", "of RAM: zswap may take 20 % by default, and its bookkeeping a little beside"),
    zswapMost: at(23, "%", "of RAM: the same from above"),
    ofSwapped: at(110, "%", "of what is swapped out: a pool holds no more than that, and its bookkeeping"),
  },
  "fork-cow-doubling": {
    difference: at(20, "%", "a snapshot child starts as its parent's copy"),
    anonymous: at(30, "%", "of the parent's rss: the child's anonymous pages, which it got from its parent"),
    coverage: at(110, "%", "the rows hold more than the counters: pages are shared"),
    share: at(20, "%", "a parent that matters"),
  },
  "jvm-over-limit": {
    share: at(70, "%", "of the limit: the Java process is what fills the cgroup"),
  },
  "leak-growing": {
    reports: at(3, "reports", "two points are no trend"),
    growth: at(5, "%", "of RAM in total: beyond the noise between two reports"),
    certain: at(4, "reports", "four points in a row by chance: one in 24"),
    time: at(60, "seconds", "from the first to the last: within one incident everything grows that asks for memory"),
  },
  "mlocked-unevictable": {
    share: at(10, "%", "ordinary machines have well under 1 %"),
    mlocked: at(80, "%", "of unevictable: it is mlock, not ramfs or SHM_LOCK"),
  },
  "memcg-dirty-writeback": {
    share: at(20, "%", "of the limit: reclaim finds little else to take"),
    file: at(40, "%", "of the limit: the cgroup's memory is file cache"),
    certain: at(50, "%", "of the limit"),
  },
  "dirty-pages-stuck": {
    share: at(10, "%", "95 of 100 public logs have less than 0.1 %"),
  },
  "no-swap": {
    anonymous: at(10, "%", "of RAM: with less there is little that swap could take"),
  },
  "swap-full": {
    free: at(2, "%", "of swap: the last slots are often unusable"),
    unowned: at(10, "%", "of used swap in no row: in the lab the rows hold 92 to 100 % of it"),
    size: at(100, "MiB", "what tasks without a row can have in swap"),
    rows: at(10, "rows", "a running system has more: fewer are an excerpt"),
  },
  "swap-unused": {
    free: at(25, "%", "of swap still free"),
    size: at(100, "MiB", "swap that would have made a difference"),
    anonymous: at(30, "%", "of RAM: there was something to swap out"),
  },
  "file-cache-not-reclaimed": {
    share: at(15, "%", "at most 0.9 % is left in 9 of 10 public logs"),
  },
  "memcg-limit-too-small": {
    limit: at(16, "MiB", "below what a container runtime needs to start a process"),
    rss: at(50, "%", "of the limit: the processes alone did not fill it"),
  },
  "memcg-kernel-memory": {
    share: at(25, "%", "of the limit; lab containers have a few percent"),
    size: at(8, "MiB", "what any container's kernel memory can be"),
    certain: at(50, "%", "of the limit"),
  },
  "memcg-socket-buffers": {
    share: at(10, "%", "of the limit; lab containers have none"),
  },
  "memcg-tmpfs": {
    share: at(30, "%", "of the limit: a tmpfs that decides"),
  },
  "memcg-unaccounted": {
    share: at(5, "%", "of usage; 95 of 100 lab reports leave at most 4 kB"),
    size: at(1, "MiB", "what charges in flight can be"),
  },
  "lowmem-exhausted": {
    highmem: at(15, "%", "of RAM free in HighMem: memory that this request may not use"),
    managed: at(50, "%", "of what low memory spans: the rest was reserved at boot (ordinary machines manage 90 %)"),
  },
  "cma-not-usable": {
    free: at(30, "%", "of what is free: CMA is what makes the difference"),
    share: at(3, "%", "of RAM: less would have bought a moment, not room"),
  },
  "fragmentation-high-order": {
    order: at(1, "order", "single pages do not fragment"),
    certain: at(2, "order", "blocks of two pages seldom run out alone"),
  },
  "min-free-too-large": {
    share: at(8, "%", "huge pages alone raise it to 5 % on small machines"),
    certain: at(12, "%", "nothing but a setting makes it"),
    smallest: at(128, "MiB", "below it the kernel's own minimum is a large share"),
  },
  "watermark-boost": {
    boost: at(50, "%", "of the marks: less is soon gone, and seldom decides"),
  },
  "reserved-memory-large": {
    share: at(15, "%", "ordinary machines reserve 1.5 to 4.5 %"),
    size: at(512, "MiB", "small guests reserve up to 31 %"),
  },
  "tiny-ram-or-kdump": {
    tiny: at(16, "MiB", "no distribution boots in it"),
    small: at(128, "MiB", "where an initramfs can fill the machine"),
    unevictable: at(30, "%", "of RAM: an unpacked initramfs"),
    kdump: at(512, "MiB", "the usual reservation of a capture kernel"),
  },
  "protected-consumer": {
    share: at(25, "%", "a process that matters"),
    adj: at(-900, "oom_score_adj", "practically never chosen"),
  },
  "pid1-hog": {
    rows: at(10, "rows", "a running system has more: fewer are an excerpt"),
    explained: at(60, "%", "of anonymous memory: the rows explain less than that"),
    smallest: at(256, "MiB", "below it the kernel's own memory is a large share"),
  },
  "collateral-victim": {
    share: at(5, "%", "killing it gave back next to nothing"),
    ofLargest: at(50, "%", "of the largest consumer, process or kernel memory"),
    kernelSide: at(25, "%", "memory that no kill gives back"),
  },
  "victim-not-dying": {
    apart: at(1, "seconds", "a group kill names one pid twice within a moment"),
  },
  "double-kill": {
    apart: at(5, "seconds", "the reaper waits two seconds since v5.18"),
    held: at(1, "MiB", "less would not have made this kill needless"),
  },
  "kill-storm": {
    kills: at(5, "reports", "kills in the time"),
    pids: at(3, "pids", "different victims"),
    within: at(120, "seconds", "one incident"),
  },
  "restart-loop": {
    times: at(3, "reports", "the same name and cgroup killed again under a new pid"),
    apart: at(2, "×", "no gap is longer than this times the shortest"),
  },
  ranking: {
    kernelSide: at(30, "%", "of RAM: kernel memory of this size is the cause whatever the processes hold"),
    ofLargest: at(80, "%", "of the largest process or group: kernel memory beside it is as much a cause"),
    memcgCause: at(30, "%", "of the limit"),
    memcgConsumer: at(25, "%", "of what the cgroup may hold: a process worth naming beside its limit"),
    elsewhere: at(15, "%", "of RAM free where the request may not go: the machine as a whole was not full"),
  },
} as const satisfies Record<string, Record<string, Threshold>>;
