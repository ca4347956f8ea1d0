import type { DecisionStep } from "../model/replay.js";
import { compareVersions, type Version, versionOf } from "./version.js";

/** The functions that a version brought or renamed. */
interface FunctionRow {
  readonly from: string;
  readonly functions: Readonly<Partial<Record<DecisionStep, string>>>;
}

/** The kernel's own function of each step, oldest first: a row says what changed against the one above. */
const functionRows: readonly FunctionRow[] = [
  {
    from: "2.6.18",
    functions: {
      "page-allocator": "__alloc_pages",
      "page-fault": "do_page_fault",
      "memcg-charge": "mem_cgroup_charge_common",
      sysrq: "moom_callback",
      notifiers: "out_of_memory",
      "dying-current": "out_of_memory",
      "dying-current-memcg": "mem_cgroup_out_of_memory",
      constraint: "constrained_alloc",
      "memcg-total": "mem_cgroup_out_of_memory",
      "panic-on-oom": "out_of_memory",
      "allocating-task": "out_of_memory",
      select: "select_bad_process",
      "select-memcg": "select_bad_process",
      visit: "select_bad_process",
      "visit-memcg": "select_bad_process",
      points: "badness",
      "nothing-eligible": "out_of_memory",
      "nothing-eligible-memcg": "mem_cgroup_out_of_memory",
      "dying-chosen": "oom_kill_process",
      sacrifice: "oom_kill_process",
      kill: "oom_kill_task",
      sharers: "oom_kill_task",
      group: "oom_kill_process",
      reaper: "oom_kill_task",
    },
  },
  {
    from: "2.6.29",
    functions: {
      "page-fault": "pagefault_out_of_memory",
      "memcg-charge": "__mem_cgroup_try_charge",
      "allocating-task": "__out_of_memory",
      "nothing-eligible": "__out_of_memory",
    },
  },
  { from: "2.6.31", functions: { "page-allocator": "__alloc_pages_may_oom" } },
  {
    from: "2.6.36",
    functions: {
      "memcg-total": "mem_cgroup_get_limit",
      "panic-on-oom": "check_panic_on_oom",
      "allocating-task": "out_of_memory",
      points: "oom_badness",
      "nothing-eligible": "out_of_memory",
    },
  },
  { from: "3.4", functions: { kill: "oom_kill_process", sharers: "oom_kill_process" } },
  {
    from: "3.6",
    functions: {
      "select-memcg": "mem_cgroup_out_of_memory",
      visit: "oom_scan_process_thread",
      "visit-memcg": "oom_scan_process_thread",
    },
  },
  { from: "3.12", functions: { "memcg-charge": "mem_cgroup_oom_synchronize" } },
  { from: "4.6", functions: { reaper: "wake_oom_reaper" } },
  {
    from: "4.9",
    functions: {
      "dying-current-memcg": "out_of_memory",
      "select-memcg": "mem_cgroup_scan_tasks",
      visit: "oom_evaluate_task",
      "visit-memcg": "oom_evaluate_task",
      "nothing-eligible-memcg": "out_of_memory",
    },
  },
  {
    from: "4.19",
    functions: {
      "memcg-charge": "mem_cgroup_out_of_memory",
      "memcg-total": "mem_cgroup_get_max",
      kill: "__oom_kill_process",
      sharers: "__oom_kill_process",
      group: "mem_cgroup_get_oom_group",
    },
  },
  { from: "5.18", functions: { reaper: "queue_oom_reaper" } },
];

const named = functionRows.map((row) => ({ from: versionOf(row.from), functions: row.functions }));

const byVersion = new Map<string, ReadonlyMap<DecisionStep, string>>();

/** The kernel's functions of all steps in the era of a version. */
export function functionsOf(version: string): ReadonlyMap<DecisionStep, string> {
  const known = byVersion.get(version);
  if (known !== undefined) return known;
  const steps = Object.keys(functionRows[0]?.functions ?? {}) as DecisionStep[];
  const functions = new Map(steps.map((step) => [step, functionOf(step, versionOf(version))]));
  byVersion.set(version, functions);
  return functions;
}

/** The kernel's function of a step in the era of a version. */
export function functionOf(step: DecisionStep, version: Version): string {
  let found = "";
  for (const row of named) {
    if (compareVersions(row.from, version) > 0) break;
    found = row.functions[step] ?? found;
  }
  return found;
}
