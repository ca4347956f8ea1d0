import type { Constraint, KillRole, ReportPart } from "../../src/model/report.js";

/** What a sample's report says, read off the log by eye. What is left out is absent in the report. */
export interface Expected {
  /** First and last line. */
  readonly lines: readonly [number, number];
  /** Name, pid, order. */
  readonly trigger?: readonly [string, number, number];
  readonly constraint: Constraint | null;
  readonly oomMemcg?: string;
  readonly rows: number;
  /** Pid, name, printed score. */
  readonly chosen?: readonly [number, string] | readonly [number, string, number];
  readonly kills: readonly (readonly [number, string, KillRole])[];
  readonly tableAbsent?: true;
  readonly rateLimited?: true;
  readonly fragment?: true;
  /** Pids of `sharing same memory` lines. */
  readonly sharers?: readonly number[];
  /** Pids of reaper lines. */
  readonly reaped?: readonly number[];
  readonly group?: string;
  /** Line of the sysrq line. */
  readonly sysrq?: number;
  /** Line of the word that nothing could be killed. */
  readonly noKillable?: number;
  /** Parts that are missing; without it the report is complete. */
  readonly missing?: readonly ReportPart[];
  readonly foreign?: number;
  readonly unknown?: number;
}

const pod =
  "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod5d2e3e3f_8c1a_4b5e_9f3a_0d6b1c2a7e88.slice/" +
  "cri-containerd-8f1d3c5b7a9e0f2d4c6b8a0e1f3d5c7b9a1e3f5d7c9b0a2e4f6d8c0b1a3e5f7d.scope";

export const expected: Readonly<Record<string, readonly Expected[]>> = {
  "2.6.32.67_amd64/g_adj": [
    {
      lines: [1, 46],
      trigger: ["trigger", 28, 0],
      constraint: null,
      rows: 0,
      chosen: [24, "a1000", 6619136],
      kills: [[24, "a1000", "victim"]],
      tableAbsent: true,
    },
    {
      lines: [47, 92],
      trigger: ["trigger", 28, 0],
      constraint: null,
      rows: 0,
      chosen: [26, "a300", 12448],
      kills: [[26, "a300", "victim"]],
      tableAbsent: true,
    },
  ],
  "2.6.32.67_amd64/g_many": [
    {
      lines: [1, 45],
      trigger: ["trigger", 46, 0],
      constraint: null,
      rows: 0,
      chosen: [45, "worker-21", 270],
      kills: [[45, "worker-21", "victim"]],
      tableAbsent: true,
    },
    {
      lines: [46, 90],
      trigger: ["trigger", 46, 0],
      constraint: null,
      rows: 0,
      chosen: [44, "worker-20", 266],
      kills: [[44, "worker-20", "victim"]],
      tableAbsent: true,
    },
    {
      lines: [91, 135],
      trigger: ["trigger", 46, 0],
      constraint: null,
      rows: 0,
      chosen: [43, "worker-19", 262],
      kills: [[43, "worker-19", "victim"]],
      tableAbsent: true,
    },
    {
      lines: [136, 180],
      trigger: ["trigger", 46, 0],
      constraint: null,
      rows: 0,
      chosen: [42, "worker-18", 258],
      kills: [[42, "worker-18", "victim"]],
      tableAbsent: true,
    },
    {
      lines: [181, 225],
      trigger: ["trigger", 46, 0],
      constraint: null,
      rows: 0,
      chosen: [41, "worker-17", 254],
      kills: [[41, "worker-17", "victim"]],
      tableAbsent: true,
    },
    {
      lines: [226, 270],
      trigger: ["trigger", 46, 0],
      constraint: null,
      rows: 0,
      chosen: [40, "worker-16", 250],
      kills: [[40, "worker-16", "victim"]],
      tableAbsent: true,
    },
    {
      lines: [271, 315],
      trigger: ["trigger", 46, 0],
      constraint: null,
      rows: 0,
      chosen: [39, "worker-15", 246],
      kills: [[39, "worker-15", "victim"]],
      tableAbsent: true,
    },
    {
      lines: [316, 360],
      trigger: ["trigger", 46, 0],
      constraint: null,
      rows: 0,
      chosen: [38, "worker-14", 244],
      kills: [[38, "worker-14", "victim"]],
      tableAbsent: true,
    },
    {
      lines: [361, 405],
      trigger: ["trigger", 46, 0],
      constraint: null,
      rows: 0,
      chosen: [37, "worker-13", 240],
      kills: [[37, "worker-13", "victim"]],
      tableAbsent: true,
    },
    {
      lines: [406, 451],
      trigger: ["trigger", 46, 0],
      constraint: null,
      rows: 0,
      chosen: [36, "worker-12", 236],
      kills: [[36, "worker-12", "victim"]],
      tableAbsent: true,
    },
    {
      lines: [452, 453],
      constraint: null,
      rows: 0,
      chosen: [35, "worker-11", 232],
      kills: [[35, "worker-11", "victim"]],
      rateLimited: true,
      missing: ["trigger", "stack", "memory", "table"],
    },
    {
      lines: [454, 455],
      constraint: null,
      rows: 0,
      chosen: [34, "worker-10", 228],
      kills: [[34, "worker-10", "victim"]],
      rateLimited: true,
      missing: ["trigger", "stack", "memory", "table"],
    },
    {
      lines: [456, 457],
      constraint: null,
      rows: 0,
      chosen: [33, "worker-9", 224],
      kills: [[33, "worker-9", "victim"]],
      rateLimited: true,
      missing: ["trigger", "stack", "memory", "table"],
    },
    {
      lines: [458, 459],
      constraint: null,
      rows: 0,
      chosen: [32, "worker-8", 220],
      kills: [[32, "worker-8", "victim"]],
      rateLimited: true,
      missing: ["trigger", "stack", "memory", "table"],
    },
    {
      lines: [460, 461],
      constraint: null,
      rows: 0,
      chosen: [31, "worker-7", 216],
      kills: [[31, "worker-7", "victim"]],
      rateLimited: true,
      missing: ["trigger", "stack", "memory", "table"],
    },
    {
      lines: [462, 463],
      constraint: null,
      rows: 0,
      chosen: [30, "worker-6", 212],
      kills: [[30, "worker-6", "victim"]],
      rateLimited: true,
      missing: ["trigger", "stack", "memory", "table"],
    },
    {
      lines: [464, 465],
      constraint: null,
      rows: 0,
      chosen: [29, "worker-5", 208],
      kills: [[29, "worker-5", "victim"]],
      rateLimited: true,
      missing: ["trigger", "stack", "memory", "table"],
    },
  ],
  "2.6.32.67_amd64/n_cpuset1": [
    {
      lines: [1, 51],
      trigger: ["trigger", 28, 0],
      constraint: null,
      rows: 0,
      chosen: [28, "trigger", 1882],
      kills: [[28, "trigger", "victim"]],
      tableAbsent: true,
    },
  ],
  "3.10.105_amd64/g_alloctask": [
    {
      lines: [1, 52],
      trigger: ["trigger", 27, 0],
      constraint: null,
      rows: 2,
      chosen: [27, "trigger", 0],
      kills: [[27, "trigger", "victim"]],
    },
  ],
  "3.10.105_amd64/m1_k8s": [
    {
      lines: [1, 32],
      trigger: ["java", 27, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: pod,
      rows: 2,
      chosen: [39, "java", 1832],
      kills: [[27, "java", "victim"]],
    },
  ],
  "3.2.71_amd64/g_children": [
    {
      lines: [1, 54],
      trigger: ["trigger", 25, 0],
      constraint: null,
      rows: 5,
      chosen: [20, "parent", 266],
      kills: [[22, "child2", "sacrificed-child"]],
    },
  ],
  "3.2.71_amd64/g_vmshare": [
    {
      lines: [1, 59],
      trigger: ["oomlab-init", 1, 0],
      constraint: null,
      rows: 5,
      chosen: [22, "sharer3", 391],
      kills: [[22, "sharer3", "victim"]],
      sharers: [20, 21],
    },
  ],
  "3.2.71_amd64/m1_nested": [
    {
      lines: [1, 53],
      trigger: ["trigger", 22, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/P",
      rows: 3,
      chosen: [21, "inB", 436],
      kills: [[21, "inB", "victim"]],
    },
  ],
  "4.18.0-147.el8.x86_64_amd64/m2_k8s": [
    {
      lines: [1, 38],
      trigger: ["java", 29, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: pod,
      rows: 2,
      kills: [[29, "java", "victim"]],
      reaped: [29],
    },
  ],
  "4.18.0-147.el8.x86_64_amd64/n_bind": [
    {
      lines: [1, 53],
      trigger: ["trigger", 35, 0],
      constraint: null,
      rows: 3,
      kills: [[35, "trigger", "victim"]],
      reaped: [35],
    },
  ],
  "4.19.78_amd64/g_sysrq": [
    {
      lines: [2, 45],
      trigger: ["kworker/0:1", 21, -1],
      constraint: null,
      rows: 3,
      chosen: [31, "c", 296],
      kills: [[31, "c", "victim"]],
      reaped: [31],
      sysrq: 1,
    },
  ],
  "4.19.78_amd64/m2_group": [
    {
      lines: [1, 47],
      trigger: ["trigger", 33, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/A",
      rows: 4,
      chosen: [33, "trigger", 684],
      kills: [
        [33, "trigger", "victim"],
        [29, "g1", "group-member"],
        [30, "g2", "group-member"],
        [31, "g3", "group-member"],
        [33, "trigger", "group-member"],
      ],
      reaped: [33],
      group: "/A",
    },
  ],
  "4.4.155_amd64/g_leaderexit": [
    {
      lines: [1, 45],
      trigger: ["trigger", 42, 0],
      constraint: null,
      rows: 3,
      chosen: [39, "L", 381],
      kills: [[37, "L", "victim"]],
    },
  ],
  "4.4.155_amd64/g_tmpfs": [
    {
      lines: [1, 65],
      trigger: ["filler", 40, 0],
      constraint: null,
      rows: 4,
      chosen: [37, "app2", 171],
      kills: [[37, "app2", "victim"]],
      foreign: 1,
    },
  ],
  "4.9.154_amd64/m2_adj": [
    {
      lines: [1, 31],
      trigger: ["trigger", 43, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/A",
      rows: 4,
      chosen: [38, "a1", 939],
      kills: [[38, "a1", "victim"]],
    },
    {
      lines: [32, 61],
      trigger: ["trigger", 43, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/A",
      rows: 3,
      chosen: [40, "a2", 456],
      kills: [[40, "a2", "victim"]],
    },
  ],
  "4.9.154_amd64/n_cpuset1": [
    {
      lines: [1, 45],
      trigger: ["trigger", 46, 0],
      constraint: null,
      rows: 3,
      chosen: [46, "trigger", 707],
      kills: [[46, "trigger", "victim"]],
    },
  ],
  "5.0.0_amd64/m2_group_nested": [
    {
      lines: [1, 48],
      trigger: ["trigger", 31, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/P",
      rows: 4,
      chosen: [29, "a2", 376],
      kills: [
        [29, "a2", "victim"],
        [28, "a1", "group-member"],
        [29, "a2", "group-member"],
      ],
      reaped: [28, 29],
      group: "/P/A",
    },
  ],
  "5.0.0_amd64/n_bind": [
    {
      lines: [1, 56],
      trigger: ["trigger", 35, 0],
      constraint: null,
      rows: 3,
      chosen: [35, "trigger", 845],
      kills: [[35, "trigger", "victim"]],
      reaped: [35],
    },
  ],
  "5.10.0-32-686-pae_i386/g_children": [
    {
      lines: [1, 54],
      trigger: ["trigger", 77, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 5,
      chosen: [73, "parent"],
      kills: [[73, "parent", "victim"]],
    },
  ],
  "5.10.0-32-cloud-amd64_amd64/g_shmpriv": [
    {
      lines: [1, 54],
      trigger: ["trigger", 197, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 3,
      chosen: [195, "shmhog"],
      kills: [[195, "shmhog", "victim"]],
    },
    {
      lines: [55, 107],
      trigger: ["trigger", 197, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 2,
      chosen: [196, "anon20"],
      kills: [[196, "anon20", "victim"]],
    },
  ],
  "5.10.0-32-cloud-arm64_arm64/g_ties2": [
    {
      lines: [1, 51],
      trigger: ["trigger", 78, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 3,
      chosen: [77, "twin"],
      kills: [[77, "twin", "victim"]],
    },
  ],
  "5.4.286_amd64/g_swapoff": [
    {
      lines: [1, 58],
      trigger: ["swapoff", 32, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 3,
      chosen: [32, "swapoff"],
      kills: [[32, "swapoff", "victim"]],
    },
  ],
  "5.4.286_amd64/g_vfork": [
    {
      lines: [1, 52],
      trigger: ["trigger", 31, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 4,
      chosen: [28, "P"],
      kills: [[28, "P", "victim"]],
    },
  ],
  "6.1.0-50-686-pae_i386/g_nodump": [
    {
      lines: [1, 51],
      trigger: ["trigger", 86, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 0,
      chosen: [85, "idlehog"],
      kills: [[85, "idlehog", "victim"]],
      tableAbsent: true,
    },
  ],
  "6.1.0-50-armmp_armhf/m1_k8s": [
    {
      lines: [1, 59],
      trigger: ["java", 80, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: pod,
      rows: 2,
      chosen: [80, "java"],
      kills: [[80, "java", "victim"]],
    },
  ],
  "6.1.0-50-cloud-amd64_amd64/g_sysrq_nokill": [
    {
      lines: [2, 47],
      trigger: ["kworker/1:0", 22, -1],
      constraint: null,
      rows: 2,
      kills: [],
      sysrq: 1,
      noKillable: 47,
    },
  ],
  "6.1.0-50-cloud-amd64_amd64/m1_vfork": [
    {
      lines: [1, 68],
      trigger: ["trigger", 87, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/A",
      rows: 4,
      chosen: [84, "P"],
      kills: [[84, "P", "victim"]],
    },
  ],
  "6.1.0-50-cloud-amd64_amd64/n_panic1": [
    {
      lines: [1, 55],
      trigger: ["trigger", 93, 0],
      constraint: "CONSTRAINT_MEMORY_POLICY",
      rows: 2,
      chosen: [92, "idle1"],
      kills: [[92, "idle1", "victim"]],
    },
    {
      lines: [56, 108],
      trigger: ["trigger", 93, 0],
      constraint: "CONSTRAINT_MEMORY_POLICY",
      rows: 1,
      chosen: [93, "trigger"],
      kills: [[93, "trigger", "victim"]],
    },
  ],
  "6.1.0-50-powerpc64le_ppc64el/m2_group_m1000": [
    {
      lines: [1, 78],
      trigger: ["trigger", 86, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/A",
      rows: 4,
      chosen: [86, "trigger"],
      kills: [
        [86, "trigger", "victim"],
        [83, "g1", "group-member"],
        [85, "g3", "group-member"],
        [86, "trigger", "group-member"],
      ],
      group: "/A",
    },
  ],
  "6.1.0-50-s390x_s390x/g_idlehog": [
    {
      lines: [1, 45],
      trigger: ["trigger", 82, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 3,
      chosen: [81, "idlehog"],
      kills: [[81, "idlehog", "victim"]],
    },
  ],
  "6.12.107+deb13-arm64-16k_arm64/g_swap": [
    {
      lines: [1, 58],
      trigger: ["trigger", 141, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 4,
      chosen: [138, "old"],
      kills: [[138, "old", "victim"]],
    },
    {
      lines: [59, 114],
      trigger: ["trigger", 141, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 3,
      chosen: [139, "mid"],
      kills: [[139, "mid", "victim"]],
    },
    {
      lines: [115, 170],
      trigger: ["trigger", 141, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 2,
      chosen: [141, "trigger"],
      kills: [[141, "trigger", "victim"]],
    },
  ],
  "6.12.107+deb13-armmp-lpae_armhf/g_basic": [
    {
      lines: [1, 49],
      trigger: ["stress-ng-vm", 142, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 4,
      chosen: [142, "stress-ng-vm"],
      kills: [[142, "stress-ng-vm", "victim"]],
    },
  ],
  "6.12.107+deb13-cloud-amd64_amd64/g_comm_nl": [
    {
      lines: [1, 71],
      trigger: ["nl\ntrig", 136, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 3,
      chosen: [134, "ab\ncd\nef"],
      kills: [[134, "ab\ncd\nef", "victim"]],
    },
  ],
  "6.12.107+deb13-cloud-amd64_amd64/g_comm_utf8": [
    {
      lines: [1, 62],
      trigger: ["日本語 x", 141, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 3,
      chosen: [139, "процесс"],
      kills: [[139, "процесс", "victim"]],
    },
  ],
  "6.12.107+deb13-cloud-amd64_amd64/g_socks": [
    {
      lines: [1, 162],
      trigger: ["socker", 141, 2],
      constraint: "CONSTRAINT_NONE",
      rows: 3,
      chosen: [140, "idle2"],
      kills: [[140, "idle2", "victim"]],
    },
    {
      lines: [163, 319],
      trigger: ["socker", 141, 2],
      constraint: "CONSTRAINT_NONE",
      rows: 2,
      chosen: [139, "idle"],
      kills: [[139, "idle", "victim"]],
    },
    {
      lines: [320, 467],
      trigger: ["socker", 141, 2],
      constraint: "CONSTRAINT_NONE",
      rows: 1,
      chosen: [141, "socker"],
      kills: [[141, "socker", "victim"]],
    },
  ],
  "6.12.107+deb13-cloud-amd64_amd64/m2_weirdpath": [
    {
      lines: [1, 98],
      trigger: ["trigger", 137, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/a,b=c d/kubepods.slice",
      rows: 3,
      chosen: [136, "a2"],
      kills: [[136, "a2", "victim"]],
    },
  ],
  "6.12.107+deb13-riscv64_riscv64/g_idlehog": [
    {
      lines: [1, 48],
      trigger: ["trigger", 135, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 3,
      chosen: [134, "idlehog"],
      kills: [[134, "idlehog", "victim"]],
    },
  ],
  "6.12.117+deb13-cloud-amd64_amd64/g_fork_cow": [
    {
      lines: [1, 64],
      trigger: ["trigger", 147, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 4,
      chosen: [148, "redis-server"],
      kills: [[148, "redis-server", "victim"]],
    },
  ],
  "6.12.117+deb13-cloud-amd64_amd64/g_min_free": [
    {
      lines: [1, 62],
      trigger: ["trigger", 141, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 3,
      chosen: [139, "app1"],
      kills: [[139, "app1", "victim"]],
    },
  ],
  "6.12.117+deb13-cloud-amd64_amd64/g_min_ttl": [
    {
      lines: [1, 51],
      trigger: ["kswapd0", 49, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 3,
      chosen: [135, "app1"],
      kills: [[135, "app1", "victim"]],
    },
  ],
  "6.12.117+deb13-cloud-amd64_amd64/g_uid_max": [
    {
      lines: [1, 63],
      trigger: ["trigger", 234, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 4,
      chosen: [232, "big"],
      kills: [[232, "big", "victim"]],
    },
  ],
  "6.18.15+deb13-cloud-amd64_amd64/m2_stuck": [
    {
      lines: [1, 108],
      trigger: ["trigger", 129, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/A",
      rows: 4,
      chosen: [126, "waits"],
      kills: [[126, "waits", "victim"]],
      reaped: [126],
    },
    {
      lines: [109, 215],
      trigger: ["trigger", 129, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/A",
      rows: 4,
      chosen: [127, "next"],
      kills: [[127, "next", "victim"]],
    },
  ],
  "6.19.14+deb13-cloud-amd64_amd64/g_comm_nl": [
    {
      lines: [2, 72],
      trigger: ["nl\ntrig", 923, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 3,
      chosen: [921, "ab\ncd\nef"],
      kills: [[921, "ab\ncd\nef", "victim"]],
    },
  ],
  "7.3.4+deb13-arm64-16k_arm64/g_leaderexit": [
    {
      lines: [1, 57],
      trigger: ["trigger", 96, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 3,
      chosen: [91, "L"],
      kills: [[92, "L", "victim"]],
    },
  ],
  "7.3.4+deb13-cloud-amd64_amd64/g_comm_fake": [
    {
      lines: [1, 63],
      trigger: ["sh invoked oom", 102, 0],
      constraint: "CONSTRAINT_NONE",
      rows: 4,
      chosen: [99, "12345 (x)"],
      kills: [[99, "12345 (x)", "victim"]],
    },
  ],
  "7.3.4+deb13-cloud-amd64_amd64/g_sysrq_panic2": [
    {
      lines: [2, 54],
      trigger: ["kworker/0:1", 11, -1],
      constraint: "CONSTRAINT_NONE",
      rows: 2,
      chosen: [99, "b"],
      kills: [[99, "b", "victim"]],
      sysrq: 1,
    },
  ],
  "7.3.4+deb13-cloud-amd64_amd64/m2_nested": [
    {
      lines: [1, 110],
      trigger: ["trigger", 99, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/P",
      rows: 3,
      chosen: [98, "inB"],
      kills: [[98, "inB", "victim"]],
    },
    {
      lines: [111, 219],
      trigger: ["trigger", 99, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/P",
      rows: 2,
      chosen: [99, "trigger"],
      kills: [[99, "trigger", "victim"]],
    },
  ],
  "7.3.4+deb13-cloud-amd64_amd64/m2_parallel": [
    {
      lines: [1, 111],
      trigger: ["trigB", 116, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/B",
      rows: 2,
      chosen: [116, "trigB"],
      kills: [[116, "trigB", "victim"]],
    },
    {
      lines: [112, 222],
      trigger: ["trigA", 115, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/A",
      rows: 2,
      chosen: [115, "trigA"],
      kills: [[115, "trigA", "victim"]],
    },
  ],
  "7.3.4+deb13-cloud-amd64_amd64/m2_ties": [
    {
      lines: [1, 113],
      trigger: ["trigger", 917, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/A",
      rows: 4,
      chosen: [916, "twin"],
      kills: [[916, "twin", "victim"]],
    },
    {
      lines: [114, 225],
      trigger: ["trigger", 917, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/A",
      rows: 3,
      chosen: [915, "twin"],
      kills: [[915, "twin", "victim"]],
    },
    {
      lines: [226, 336],
      trigger: ["trigger", 917, 0],
      constraint: "CONSTRAINT_MEMCG",
      oomMemcg: "/A",
      rows: 2,
      chosen: [914, "twin"],
      kills: [[914, "twin", "victim"]],
    },
  ],
  "7.3.4+deb13-cloud-amd64_amd64/n_cpuset2": [
    {
      lines: [1, 61],
      trigger: ["trigger", 110, 0],
      constraint: "CONSTRAINT_CPUSET",
      rows: 3,
      chosen: [110, "trigger"],
      kills: [[110, "trigger", "victim"]],
    },
  ],
};
