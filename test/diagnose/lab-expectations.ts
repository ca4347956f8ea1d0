/** What the diagnosis must and must not say of a scenario of the lab. */
export interface Expectation {
  /** The induced cause: the top finding of the first report is one of these. Empty where no report may come of it. */
  readonly top: readonly string[];
  /** Findings of the first report, whatever their confidence. */
  readonly required?: readonly string[];
  /** Findings that may have high confidence in any report, beside those above. */
  readonly allowed?: readonly string[];
  /** Findings that no report may have, whatever their confidence, beside {@link neverInTheLab}. */
  readonly forbidden?: readonly string[];
  /** Findings that runs of a kernel have beside the required ones, and those of others may not. */
  readonly shown?: Readonly<Record<string, readonly string[]>>;
  /** Runs (`KERNEL`) whose log does not show the cause, each with the reason. */
  readonly hidden?: Readonly<Record<string, string>>;
}

/** True facts of many a guest that no scenario is about. */
export const allowedEverywhere: readonly string[] = ["no-swap", "swap-full", "watermark-boost"];

/** Causes that no scenario of the lab induces, but for one that requires it. */
export const neverInTheLab: readonly string[] = [
  "balloon",
  "bpf-oom",
  "compressed-swap-pool",
  "dirty-pages-stuck",
  "dma-zone-exhausted",
  "file-cache-not-reclaimed",
  "fork-cow-doubling",
  "fragmentation-high-order",
  "gpu-memory",
  "lowmem-exhausted",
  "memcg-dirty-writeback",
  "memcg-kernel-memory",
  "memcg-limit-too-small",
  "memcg-socket-buffers",
  "mglru-min-ttl",
  "min-free-too-large",
  "movable-only-node",
  "overcommit",
  "page-fault-oom",
  "panic-on-oom",
  "pid1-hog",
  "reserved-memory-large",
  "restart-loop",
  "selection-kernel-defect",
  "slab-reclaimable-stuck",
  "swap-unused",
  "tiny-ram-or-kdump",
  "unaccounted-kernel-pages",
  "victim-not-dying",
  "zfs-arc",
];

const memcgFindings = ["memcg-limit-own", "memcg-limit-ancestor", "memcg-tmpfs", "memcg-swap-limit", "memcg-v1-memsw"];
const nodeFindings = ["cpuset-limit", "numa-mempolicy"];
const kernelFindings = [
  "hugepages-reserved",
  "mlocked-unevictable",
  "page-tables-hog",
  "shmem-tmpfs-hog",
  "slab-unreclaimable-leak",
];

/** Tasks that grow: which of them fills the machine depends on how far the trigger got. */
const grownTasks = ["single-anon-hog", "many-tasks-sum"];
const notTasks = [...memcgFindings, ...nodeFindings, ...kernelFindings, "thread-storm-stacks"];

function tasks(more: Partial<Expectation> = {}): Expectation {
  return { top: grownTasks, forbidden: [...notTasks, "same-name-group"], ...more };
}

/** The trigger is at -1000 and grows until the others have died for it. */
function protectedTrigger(more: Partial<Expectation> = {}): Expectation {
  return tasks({ top: ["protected-consumer", ...grownTasks], ...more });
}

function sysrq(more: Partial<Expectation> = {}): Expectation {
  return { top: ["sysrq-f"], allowed: ["adj-dominated"], forbidden: notTasks, ...more };
}

function ownLimit(more: Partial<Expectation> = {}): Expectation {
  const forbidden = ["memcg-limit-ancestor", "memcg-tmpfs", ...nodeFindings, ...kernelFindings];
  return { top: ["memcg-limit-own"], allowed: ["single-anon-hog"], forbidden, ...more };
}

function ancestorLimit(more: Partial<Expectation> = {}): Expectation {
  const forbidden = ["memcg-limit-own", "memcg-tmpfs", ...nodeFindings, ...kernelFindings];
  return { top: ["memcg-limit-ancestor"], allowed: ["single-anon-hog"], forbidden, ...more };
}

/** By the scenario's name. */
export const labExpectations: Readonly<Record<string, Expectation>> = {
  // Tasks that fill the machine.
  g_basic: tasks({ top: ["single-anon-hog"] }),
  g_idlehog: tasks({ top: ["single-anon-hog"] }),
  g_zero: tasks({ allowed: ["single-anon-hog"] }),
  g_stopped: tasks(),
  g_loglevel4: tasks({ allowed: ["single-anon-hog"] }),
  g_loglevel5: tasks({ allowed: ["single-anon-hog"] }),
  g_triggerchild: tasks(),
  g_noise_kmsg: tasks({ allowed: ["single-anon-hog"] }),
  g_noise_console: tasks(),
  g_memory_small: tasks(),
  g_cgpaths: tasks({ required: ["adj-dominated"] }),
  g_adj: tasks({
    required: ["adj-dominated"],
    allowed: ["collateral-victim", "protected-consumer"],
    hidden: { "2.6.32.67": "this kernel prints no task table unless it is told to" },
  }),
  g_adj_neg_trig: tasks(),
  g_alloctask: tasks({ required: ["allocating-task"] }),
  g_alloctask_m1000: tasks({ forbidden: [...notTasks, "allocating-task"] }),
  // Without a table the kill line tells the victim's size: above half of RAM nobody can be larger.
  g_nodump: tasks({ top: ["many-tasks-sum", "single-anon-hog"] }),
  g_many_nodump: tasks({ top: ["many-tasks-sum"], allowed: ["kill-storm"] }),
  g_swap: tasks({
    required: ["swap-full"],
    allowed: ["single-anon-hog", "leak-growing"],
    forbidden: [...notTasks, "no-swap"],
  }),
  g_swap_big: tasks({ required: ["swap-full"], forbidden: [...notTasks, "no-swap"] }),
  g_zram: tasks({ required: ["swap-full"], allowed: ["single-anon-hog"] }),
  g_min_free: protectedTrigger({ required: ["min-free-too-large"] }),
  g_min_ttl: { top: ["mglru-min-ttl"], allowed: ["collateral-victim"], forbidden: ["page-fault-oom", ...notTasks] },
  g_fork_cow: protectedTrigger({ required: ["fork-cow-doubling"] }),
  g_forkbomb: tasks({
    required: ["thread-storm-stacks"],
    allowed: ["kill-storm"],
    forbidden: [...memcgFindings, ...nodeFindings, ...kernelFindings],
  }),
  g_forkbomb_adj: tasks({ allowed: ["kill-storm", "adj-dominated", "collateral-victim"] }),
  n_global: tasks({ top: ["single-anon-hog"], allowed: ["single-anon-hog"] }),

  // The same under a trigger that may not be killed.
  // Up to v5.8 the three at -900, -950 and -999 have 1 point each.
  g_adj_neg: protectedTrigger({
    top: ["protected-consumer"],
    shown: { "3.10.105": ["selection-kernel-defect"] },
  }),
  g_children: protectedTrigger({ allowed: ["child-sacrificed"] }),
  g_children_adj: protectedTrigger({ allowed: ["child-sacrificed"] }),
  g_comm_fake: protectedTrigger(),
  g_comm_nl: protectedTrigger(),
  g_comm_utf8: protectedTrigger(),
  g_comms: protectedTrigger(),
  g_leaderexit: protectedTrigger(),
  g_many: protectedTrigger({ allowed: ["kill-storm", "collateral-victim", "leak-growing"] }),
  g_memory_big: protectedTrigger(),
  g_pidns: protectedTrigger({ allowed: ["child-sacrificed"] }),
  g_root: protectedTrigger(),
  g_root2: protectedTrigger(),
  g_root3: protectedTrigger(),
  g_threads: protectedTrigger(),
  g_ties2: protectedTrigger({ top: ["protected-consumer"] }),
  g_uid_max: protectedTrigger(),
  g_vfork: protectedTrigger(),
  g_vfork_trig: protectedTrigger(),
  g_vmshare: protectedTrigger(),
  g_vmshare_adj: protectedTrigger({ allowed: ["adj-dominated"] }),
  g_vmshare_m1000: protectedTrigger(),
  g_workers: protectedTrigger({ allowed: ["child-sacrificed"] }),

  // Memory that is no process's own.
  g_tmpfs: {
    top: ["shmem-tmpfs-hog"],
    allowed: ["collateral-victim"],
    forbidden: ["single-anon-hog", "many-tasks-sum", "shared-memory-database", ...memcgFindings, ...nodeFindings],
  },
  g_tmpfs_all: {
    top: ["shmem-tmpfs-hog"],
    allowed: ["collateral-victim"],
    forbidden: ["single-anon-hog", "many-tasks-sum", "shared-memory-database", ...memcgFindings, ...nodeFindings],
  },
  g_shmem: {
    top: ["shared-memory-database"],
    allowed: ["protected-consumer"],
    forbidden: ["shmem-tmpfs-hog", ...memcgFindings, ...nodeFindings],
  },
  g_shmpriv: {
    top: ["single-anon-hog"],
    // Once the process has died its shared pages are nobody's.
    allowed: ["protected-consumer", "collateral-victim"],
    forbidden: ["shared-memory-database", ...memcgFindings, ...nodeFindings],
  },
  g_mlock: {
    top: ["mlocked-unevictable"],
    forbidden: ["shmem-tmpfs-hog", "slab-unreclaimable-leak", ...memcgFindings, ...nodeFindings],
  },
  g_file: {
    top: ["mlocked-unevictable"],
    allowed: ["protected-consumer", "collateral-victim"],
    forbidden: ["shmem-tmpfs-hog", "slab-unreclaimable-leak", ...memcgFindings, ...nodeFindings],
  },
  g_pgtables: {
    top: ["page-tables-hog"],
    allowed: ["protected-consumer", "collateral-victim"],
    forbidden: ["shmem-tmpfs-hog", "slab-unreclaimable-leak", ...memcgFindings, ...nodeFindings],
  },
  g_hugetlb: {
    top: ["hugepages-reserved"],
    allowed: ["collateral-victim"],
    forbidden: ["shmem-tmpfs-hog", "slab-unreclaimable-leak", ...memcgFindings, ...nodeFindings],
  },
  g_socks: {
    top: ["slab-unreclaimable-leak"],
    allowed: ["collateral-victim"],
    forbidden: ["shmem-tmpfs-hog", ...memcgFindings, ...nodeFindings],
  },
  g_slab: { top: [] },

  // No shortage, or not the kernel's own idea.
  g_swapoff: { top: ["oom-origin"], forbidden: ["no-swap", "collateral-victim", ...notTasks] },
  g_sysrq: sysrq(),
  g_sysrq3: sysrq(),
  g_sysrq_nokill: sysrq({ required: ["no-killable"] }),
  g_sysrq_panic2: sysrq(),

  // A memory cgroup's own limit.
  m1_adj: ownLimit({
    required: ["adj-dominated"],
    allowed: ["protected-consumer"],
    hidden: { "2.6.32.67": "this kernel prints no task table unless it is told to" },
  }),
  m1_alloctask: ownLimit(),
  m1_basic: ownLimit(),
  m1_children: ownLimit({ allowed: ["protected-consumer", "child-sacrificed"] }),
  m1_idle: ownLimit(),
  m1_k8s: ownLimit({ required: ["jvm-over-limit"] }),
  m1_leaderexit: ownLimit(),
  m1_memsw: ownLimit({
    required: ["memcg-v1-memsw"],
    hidden: { "6.1.0-50-powerpc64le": "memory was full first: memory+swap had 3328 kB left" },
  }),
  m1_nokill: ownLimit({
    hidden: { "2.6.32.67": "this kernel prints nothing when no task of the cgroup may be killed" },
  }),
  m1_oomdisable: { top: [] },
  m1_panic1: ownLimit(),
  m1_shm: ownLimit(),
  m1_vfork: ownLimit({ allowed: ["protected-consumer"] }),
  m2_adj: ownLimit({ required: ["adj-dominated"] }),
  m2_alloctask: ownLimit(),
  m2_basic: ownLimit(),
  m2_group: ownLimit({ allowed: ["single-anon-hog", "oom-group"] }),
  m2_group_m1000: ownLimit({ allowed: ["single-anon-hog", "oom-group"] }),
  m2_idle: ownLimit(),
  m2_k8s: ownLimit({ required: ["jvm-over-limit"] }),
  m2_many: ownLimit({ allowed: ["protected-consumer", "kill-storm", "collateral-victim"] }),
  m2_nokill: ownLimit({ allowed: ["no-killable", "protected-consumer"] }),
  m2_panic1: ownLimit(),
  m2_stuck: ownLimit({ required: ["memcg-swap-disabled"], allowed: ["single-anon-hog"] }),
  m2_parallel: ownLimit(),
  m2_ties: ownLimit(),
  m2_swap: ownLimit({ allowed: ["single-anon-hog", "memcg-swap-limit"] }),
  m2_swap0: ownLimit({ required: ["memcg-swap-disabled"] }),
  m2_tmpfs: {
    top: ["memcg-tmpfs"],
    required: ["memcg-limit-own"],
    allowed: ["collateral-victim"],
    forbidden: ["memcg-limit-ancestor", ...nodeFindings],
  },
  m2_vfork: ownLimit(),

  // The limit of a memory cgroup above.
  m1_nested: ancestorLimit(),
  m1_weirdpath: ancestorLimit(),
  m2_nested: ancestorLimit(),
  m2_weirdpath: ancestorLimit(),
  m2_group_nested: ancestorLimit({ allowed: ["oom-group"] }),
  m2_group_parent: ancestorLimit({ allowed: ["single-anon-hog", "oom-group"] }),

  // One node of two.
  n_bind: { top: ["numa-mempolicy"], forbidden: ["cpuset-limit", ...memcgFindings, ...kernelFindings] },
  n_bind_idle: { top: ["numa-mempolicy"], forbidden: ["cpuset-limit", ...memcgFindings, ...kernelFindings] },
  n_panic1: { top: ["numa-mempolicy"], forbidden: ["cpuset-limit", ...memcgFindings, ...kernelFindings] },
  n_cpuset1: {
    top: ["cpuset-limit"],
    forbidden: ["numa-mempolicy", ...memcgFindings, ...kernelFindings],
    hidden: { "2.6.32.67": "this kernel prints the zones of all nodes, and no constraint" },
  },
  n_cpuset1_idle: { top: ["cpuset-limit"], forbidden: ["numa-mempolicy", ...memcgFindings, ...kernelFindings] },
  n_cpuset2: {
    top: ["cpuset-limit"],
    forbidden: ["numa-mempolicy", ...memcgFindings, ...kernelFindings],
    hidden: { "4.19.78": "the victim's cpuset spans both nodes, the invoker's is not printed, and no constraint is" },
  },
};
