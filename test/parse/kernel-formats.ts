/**
 * The formats in which kernels print the lines that a selection is read from, by version, for tests that print and read
 * back. They are written from the published log formats, apart from the parser.
 */

export interface PrintedTask {
  readonly pid: number;
  readonly uid: number;
  readonly tgid: number;
  readonly totalVm: number;
  readonly rss: number;
  readonly anon: number;
  readonly file: number;
  readonly shmem: number;
  /** Page-table pages. */
  readonly ptes: number;
  readonly swap: number;
  readonly adj: number;
  readonly cpu: number;
  readonly name: string;
}

interface TableFormat {
  readonly versions: string;
  readonly header: string;
  /** Width of each column and its value. */
  readonly columns: readonly (readonly [number, (task: PrintedTask) => number])[];
}

const pid = (width: number) => [width, (task: PrintedTask) => task.pid] as const;
const ids = [
  [5, (task: PrintedTask) => task.uid],
  [5, (task: PrintedTask) => task.tgid],
  [8, (task: PrintedTask) => task.totalVm],
  [8, (task: PrintedTask) => task.rss],
] as const;
const swap = [8, (task: PrintedTask) => task.swap] as const;
const adj = [13, (task: PrintedTask) => task.adj] as const;
const pgtables = [8, (task: PrintedTask) => task.ptes * 4096] as const;

export const tableFormats: readonly TableFormat[] = [
  {
    versions: "v2.6.28 to v2.6.35",
    header: "[ pid ]   uid  tgid total_vm      rss cpu oom_adj name",
    columns: [pid(5), ...ids, [3, (task) => task.cpu], [7, (task) => Math.trunc((task.adj * 17) / 1000)]],
  },
  {
    versions: "v2.6.36 to v3.5",
    header: "[ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name",
    columns: [pid(5), ...ids, [3, (task) => task.cpu], [7, (task) => Math.trunc((task.adj * 17) / 1000)], adj],
  },
  {
    versions: "v3.6 to v3.19",
    header: "[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name",
    columns: [pid(5), ...ids, [7, (task) => task.ptes], swap, adj],
  },
  {
    versions: "v4.0 to v4.14",
    header: "[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name",
    columns: [pid(5), ...ids, [7, (task) => task.ptes], [7, (task) => task.ptes + 1], swap, adj],
  },
  {
    versions: "v4.15 to v4.18",
    header: "[ pid ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
    columns: [pid(5), ...ids, pgtables, swap, adj],
  },
  {
    versions: "v4.19 to v6.7",
    header: "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
    columns: [pid(7), ...ids, pgtables, swap, adj],
  },
  {
    versions: "since v6.8",
    header:
      "[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name",
    columns: [
      pid(7),
      ...ids,
      [8, (task) => task.anon],
      [8, (task) => task.file],
      [9, (task) => task.shmem],
      pgtables,
      swap,
      adj,
    ],
  },
];

export function printRow(format: TableFormat, task: PrintedTask): string {
  const [first = "", ...rest] = format.columns.map(([width, value]) => String(value(task)).padStart(width));
  return `[${first}] ${rest.join(" ")} ${task.name}`;
}

export interface PrintedKill {
  readonly pid: number;
  readonly uid: number;
  readonly name: string;
  readonly totalVm: number;
  readonly anon: number;
  readonly file: number;
  readonly shmem: number;
  readonly pgtables: number;
  readonly adj: number;
}

interface KillFormat {
  readonly versions: string;
  readonly print: (kill: PrintedKill) => string;
  /** Fields that the form prints beside pid and name. */
  readonly prints: readonly ("uid" | "totalVm" | "anon" | "file" | "shmem" | "pgtables" | "adj")[];
}

const sized = (kill: PrintedKill) => `total-vm:${kill.totalVm}kB, anon-rss:${kill.anon}kB, file-rss:${kill.file}kB`;
const withShmem = (kill: PrintedKill) => `${sized(kill)}, shmem-rss:${kill.shmem}kB`;

export const killFormats: readonly KillFormat[] = [
  { versions: "v2.6.18", print: (k) => `Out of memory: Killed process ${k.pid} (${k.name}).`, prints: [] },
  {
    versions: "RHEL 5 from 2.6.18-194",
    print: (k) => `Out of memory: Killed process ${k.pid}, UID ${k.uid}, (${k.name}).`,
    prints: ["uid"],
  },
  { versions: "v2.6.20 to v2.6.32", print: (k) => `Killed process ${k.pid} (${k.name})`, prints: [] },
  {
    versions: "v2.6.33 to v2.6.35",
    print: (k) => `Killed process ${k.pid} (${k.name}) vsz:${k.totalVm}kB, anon-rss:${k.anon}kB, file-rss:${k.file}kB`,
    prints: ["totalVm", "anon", "file"],
  },
  {
    versions: "v2.6.36 to v4.4",
    print: (k) => `Killed process ${k.pid} (${k.name}) ${sized(k)}`,
    prints: ["totalVm", "anon", "file"],
  },
  {
    versions: "RHEL 6.2 and later",
    print: (k) => `Killed process ${k.pid}, UID ${k.uid}, (${k.name}) ${sized(k)}`,
    prints: ["uid", "totalVm", "anon", "file"],
  },
  {
    versions: "RHEL 7.7 and later",
    print: (k) => `Killed process ${k.pid} (${k.name}), UID ${k.uid}, ${withShmem(k)}`,
    prints: ["uid", "totalVm", "anon", "file", "shmem"],
  },
  {
    versions: "v4.5 to v5.0",
    print: (k) => `Killed process ${k.pid} (${k.name}) ${withShmem(k)}`,
    prints: ["totalVm", "anon", "file", "shmem"],
  },
  {
    versions: "v5.1 to v5.3",
    print: (k) => `Memory cgroup out of memory: Killed process ${k.pid} (${k.name}) ${withShmem(k)}`,
    prints: ["totalVm", "anon", "file", "shmem"],
  },
  {
    versions: "RHEL 8.2 and 8.3",
    print: (k) => `Out of memory: Killed process ${k.pid} (${k.name}) ${withShmem(k)}, UID:${k.uid}`,
    prints: ["uid", "totalVm", "anon", "file", "shmem"],
  },
  {
    versions: "since v5.4",
    print: (k) =>
      `Out of memory (oom_kill_allocating_task): Killed process ${k.pid} (${k.name}) ${withShmem(k)}, ` +
      `UID:${k.uid} pgtables:${k.pgtables}kB oom_score_adj:${k.adj}`,
    prints: ["uid", "totalVm", "anon", "file", "shmem", "pgtables", "adj"],
  },
];
