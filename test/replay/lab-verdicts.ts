import type { ExplainedBy, VerdictKind } from "../../src/model/verdict.js";

/** A verdict that a report of a scenario may get. */
export interface AllowedVerdict {
  readonly kind: VerdictKind;
  /** The rules that it must name; none when absent. */
  readonly by?: readonly ExplainedBy[];
  /** Kernel versions (`major.minor`) that it is right on, both included; absent: all. */
  readonly since?: string;
  readonly until?: string;
}

/** What decides the victim of a scenario, whether a log shows it, and which verdicts are right for its reports. */
export interface LabVerdict {
  readonly decidedBy: string;
  readonly shown: boolean;
  /** The verdict that at least one report of each log must get. */
  readonly required: readonly AllowedVerdict[];
  /** Further verdicts that its reports may get. */
  readonly allowed?: readonly AllowedVerdict[];
}

const agrees: AllowedVerdict = { kind: "agrees" };
const tie: AllowedVerdict = { kind: "agrees", by: ["tie-order"] };
const noTable: AllowedVerdict = { kind: "undecidable" };
const vforkTwin: AllowedVerdict = { kind: "explained", by: ["vfork-twin"], since: "4.8" };
const nobody: AllowedVerdict = { kind: "none" };

const bySize = { decidedBy: "rss, swap, page tables and oom_score_adj of the rows", shown: true } as const;

/** Scenarios of the lab whose victim is the plain maximum of the table on every kernel. */
const plain = [
  "g_adj",
  "g_adj_neg_trig",
  "g_alloctask_m1000",
  "g_basic",
  "g_cgpaths",
  "g_children_adj",
  "g_comm_fake",
  "g_comm_nl",
  "g_comm_utf8",
  "g_comms",
  "g_file",
  "g_fork_cow",
  "g_hugetlb",
  "g_idlehog",
  "g_loglevel5",
  "g_memory_big",
  "g_memory_small",
  "g_min_free",
  "g_min_ttl",
  "g_mlock",
  "g_noise_console",
  "g_noise_kmsg",
  "g_pgtables",
  "g_pidns",
  "g_root",
  "g_root2",
  "g_root3",
  "g_shmem",
  "g_shmpriv",
  "g_socks",
  "g_stopped",
  "g_swap",
  "g_swap_big",
  "g_sysrq",
  "g_sysrq_panic2",
  "g_threads",
  "g_tmpfs",
  "g_tmpfs_all",
  "g_triggerchild",
  "g_uid_max",
  "g_vmshare_m1000",
  "g_workers",
  "g_zero",
  "g_zram",
  "m1_adj",
  "m1_alloctask",
  "m1_basic",
  "m1_children",
  "m1_idle",
  "m1_memsw",
  "m1_nested",
  "m1_panic1",
  "m1_shm",
  "m1_weirdpath",
  "m2_adj",
  "m2_alloctask",
  "m2_basic",
  "m2_idle",
  "m2_k8s",
  "m2_nested",
  "m2_panic1",
  "m2_parallel",
  "m2_swap",
  "m2_swap0",
  "m2_tmpfs",
  "m2_weirdpath",
  "n_bind",
  "n_bind_idle",
  "n_cpuset1",
  "n_cpuset1_idle",
  "n_cpuset2",
  "n_global",
  "n_panic1",
] as const; // prettier-ignore

/** The right verdicts by lab scenario. On kernels up to v2.6.35 see {@link legacyVerdicts}. */
export const labVerdicts: Readonly<Record<string, LabVerdict>> = {
  ...Object.fromEntries(plain.map((name) => [name, { ...bySize, required: [agrees] }])),
  g_adj_neg: {
    decidedBy: "points at or below zero: clamped to 1 up to v5.8, so that the tie rule decides",
    shown: true,
    required: [
      { kind: "agrees", by: ["tie-order"], until: "5.8" },
      { kind: "agrees", since: "5.9" },
      { kind: "agrees", since: "5.4", until: "5.4" },
    ],
  },
  g_alloctask: {
    decidedBy: "vm.oom_kill_allocating_task, which the kill message names",
    shown: true,
    required: [{ kind: "explained", by: ["allocating-task"] }],
  },
  g_children: {
    decidedBy: "up to v5.0 the largest child dies for its parent; the lines name both",
    shown: true,
    required: [
      { kind: "explained", by: ["child-sacrificed"], until: "5.0" },
      { kind: "agrees", since: "5.1" },
      { kind: "agrees", since: "4.18", until: "4.18" },
    ],
  },
  g_forkbomb: {
    decidedBy: "equal tasks, some of them forked between the selection and the printing",
    shown: true,
    required: [tie],
    allowed: [
      agrees,
      noTable,
      nobody,
      { kind: "explained", by: ["forked-later"] },
      { kind: "explained", by: ["vfork-twin"] },
    ],
  },
  g_forkbomb_adj: {
    decidedBy: "equal tasks, some of them forked between the selection and the printing",
    shown: true,
    required: [tie],
    allowed: [noTable, nobody, { kind: "explained", by: ["forked-later"] }],
  },
  g_leaderexit: {
    decidedBy: "the size of a process whose leader has exited; its row shows a thread",
    shown: true,
    required: [
      { kind: "agrees", by: ["thread-named"], since: "4.7" },
      { kind: "explained", by: ["thread-named"], since: "4.4", until: "4.4" },
      { kind: "agrees", until: "3.10" },
    ],
  },
  g_loglevel4: { ...bySize, required: [agrees] },
  g_many: { ...bySize, required: [agrees], allowed: [noTable] },
  g_many_nodump: { decidedBy: "sizes that no table shows", shown: false, required: [noTable] },
  g_nodump: { decidedBy: "sizes that no table shows", shown: false, required: [noTable] },
  g_slab: { decidedBy: "no report was printed", shown: false, required: [] },
  g_swapoff: {
    decidedBy: "the oom-origin mark of the task in swapoff; the call trace shows it",
    shown: true,
    required: [{ kind: "explained", by: ["oom-origin"] }],
  },
  g_sysrq3: { ...bySize, required: [agrees], allowed: [tie] },
  g_sysrq_nokill: { decidedBy: "every task is at -1000", shown: true, required: [nobody] },
  g_ties2: { decidedBy: "equal or nearly equal sizes, and the tie rule", shown: true, required: [agrees, tie] },
  m2_ties: { decidedBy: "equal or nearly equal sizes, and the tie rule", shown: true, required: [agrees, tie] },
  g_vfork: {
    decidedBy: "since v4.8 the child in vfork, whose row equals its parent's, is not eligible",
    shown: true,
    required: [vforkTwin, { kind: "agrees", by: ["tie-order"], until: "5.2" }],
    allowed: [agrees],
  },
  g_vfork_trig: {
    decidedBy: "since v4.8 the child in vfork, whose row equals its parent's, is not eligible",
    shown: true,
    required: [vforkTwin],
  },
  g_vmshare: {
    decidedBy: "rows of one address space are equal; the tie rule, or a lower uid's bonus up to v4.16, decides",
    shown: true,
    required: [tie, { kind: "agrees", until: "4.16" }],
  },
  g_vmshare_adj: {
    decidedBy: "oom_score_adj of one of two processes that share an address space, and a tie",
    shown: true,
    required: [tie],
  },
  m1_k8s: {
    ...bySize,
    required: [agrees, { kind: "explained", by: ["thread-named"], until: "3.10" }],
  },
  m1_leaderexit: {
    decidedBy: "the size of a process whose leader has exited; its row shows a thread",
    shown: true,
    required: [{ kind: "agrees", by: ["thread-named"] }],
  },
  m1_nokill: { decidedBy: "every task is at -1000", shown: true, required: [] },
  m1_oomdisable: { decidedBy: "memory.oom_control pauses the tasks: no report", shown: false, required: [] },
  m1_vfork: {
    decidedBy: "a child in vfork, whose row equals its parent's",
    shown: true,
    required: [vforkTwin],
    allowed: [agrees],
  },
  m2_group: {
    decidedBy: "sizes; memory.oom.group (since v4.19) then kills the rest",
    shown: true,
    required: [
      { kind: "agrees", by: ["oom-group"], since: "4.19" },
      { kind: "agrees", until: "4.18" },
    ],
  },
  m2_group_m1000: {
    decidedBy: "sizes; memory.oom.group then kills the rest",
    shown: true,
    required: [{ kind: "agrees", by: ["oom-group"] }],
  },
  m2_group_nested: {
    decidedBy: "sizes; memory.oom.group then kills the rest",
    shown: true,
    required: [{ kind: "agrees", by: ["oom-group"] }],
  },
  m2_group_parent: {
    decidedBy: "sizes; memory.oom.group then kills the rest",
    shown: true,
    required: [{ kind: "agrees", by: ["oom-group"] }],
  },
  m2_many: { decidedBy: "equal sizes and the tie rule", shown: true, required: [tie], allowed: [agrees] },
  m2_nokill: { decidedBy: "every task is at -1000", shown: true, required: [nobody] },
  m2_stuck: {
    decidedBy: "the largest was killed before and can not go: its earlier kill line",
    shown: true,
    required: [agrees],
  },
  m2_vfork: { decidedBy: "a child in vfork, whose row equals its parent's", shown: true, required: [vforkTwin] },
};

/** Up to v2.6.35 no log shows what the rule reads; without a kill nobody could be. */
export const legacyVerdicts: readonly AllowedVerdict[] = [{ kind: "undecidable" }, { kind: "none" }];

/**
 * v3.2 prints neither swap entries nor page tables: where they can decide, the verdict is `undecidable` with both
 * possible victims.
 */
export const undecidableOn32: readonly string[] = ["g_pgtables"];
