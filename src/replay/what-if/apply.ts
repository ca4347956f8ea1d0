import { eraFor } from "../../kernel/eras/resolve.js";
import type { MachineTask, Scenario } from "../../model/machine.js";
import { fromBigInt, type Int64, toBigInt } from "../../model/units.js";
import type { AppliedEdit, Edit, NewTask, ProcessName, SizePart, TaskSelector } from "../../model/what-if.js";
import { add } from "../c-types.js";
import { describeTask } from "../process.js";
import { type Unknown, withUnknowns } from "./alternatives.js";
import { changeMemory } from "./change-memory.js";
import { nameOf } from "./dead.js";
import { EditError, editText } from "./edit-text.js";
import { onEra } from "./on-era.js";
import { selectTasks } from "./select-tasks.js";
import type { Subject } from "./subject.js";

/** A subject after an edit, and what the edit came to. */
export interface Edited {
  readonly subject: Subject;
  readonly applied: AppliedEdit;
}

/** Carries out edits, one after the other, another kernel's rules before all. */
export function applyEdits(
  subject: Subject,
  edits: readonly Edit[],
): { readonly subject: Subject; readonly applied: readonly AppliedEdit[] } {
  const applied = new Map<Edit, AppliedEdit>();
  let edited = subject;
  // The kernel first: its totals are made from what the report shows, and are then changed.
  const isKernel = ({ kind }: Edit): boolean => kind === "on-kernel";
  for (const edit of [...edits.filter(isKernel), ...edits.filter((edit) => !isKernel(edit))]) {
    const result = applyEdit(edited, edit);
    edited = result.subject;
    applied.set(edit, result.applied);
  }
  return { subject: edited, applied: edits.flatMap((edit) => applied.get(edit) ?? []) };
}

/**
 * Carries out one edit. What it can not reach (a cgroup that does not matter here, a process that is not there) stays,
 * and the remark says so.
 *
 * @throws {EditError} when it makes no sense on any report: a kernel that does not exist.
 */
export function applyEdit(subject: Subject, edit: Edit): Edited {
  switch (edit.kind) {
    case "set-adj":
      return changeTasks(subject, edit, edit.tasks, (task) => setAdj(task, edit.adj), adjRemark(subject, edit.kind));
    case "set-old-adj":
      return changeTasks(
        subject,
        edit,
        edit.tasks,
        (task) => withOldAdj(task, edit.adj),
        adjRemark(subject, edit.kind),
      );
    case "resize": {
      const pages = pagesOf(subject, edit.size.bytes);
      return changeTasks(subject, edit, edit.tasks, (task) =>
        resized(subject, task, edit.part, pages, edit.size.relative),
      );
    }
    case "remove":
      return removeTasks(subject, edit, edit.tasks);
    case "add":
      return addTask(subject, edit);
    case "total-ram":
    case "swap":
    case "memory-max": {
      const { bytes, relative } = edit.size;
      const pages = pagesOf(subject, bytes);
      if (pages === 0n && toBigInt(bytes) !== 0n) {
        return { subject, applied: appliedTo(edit, [], "That is less than a page: it was not changed.") };
      }
      const { subject: changed, remark } = changeMemory(subject, edit.kind, pages, relative);
      return { subject: changed, applied: appliedTo(edit, [], remark) };
    }
    case "allocating-task":
      return setAllocatingTask(subject, edit, edit.on);
    case "on-kernel": {
      const resolved = eraFor(edit.kernel);
      if (resolved === null) {
        throw new EditError(
          `${edit.kernel}: not a kernel`,
          "Give a version (6.12), a release, or an id of: oomlog eras",
        );
      }
      return { subject: onEra(subject, resolved.era), applied: appliedTo(edit, [], resolved.assumed[0]) };
    }
  }
}

function appliedTo(edit: Edit, tasks: readonly ProcessName[], remark?: string): AppliedEdit {
  return { edit, text: editText(edit), tasks, ...(remark === undefined ? {} : { remark }) };
}

/** The same change in every world. */
function inWorlds(subject: Subject, change: (scenario: Scenario) => Scenario): Subject {
  const [first, ...others] = subject.worlds;
  return { ...subject, worlds: [change(first), ...others.map(change)] };
}

function withTasks(scenario: Scenario, tasks: readonly MachineTask[]): Scenario {
  return { ...scenario, machine: { ...scenario.machine, tasks } };
}

/** A subject with its tasks changed. */
export function withTaskChanges(subject: Subject, change: (task: MachineTask) => MachineTask): Subject {
  return inWorlds(subject, (scenario) => withTasks(scenario, scenario.machine.tasks.map(change)));
}

function changeTasks(
  subject: Subject,
  edit: Edit,
  selector: TaskSelector,
  change: (task: MachineTask) => MachineTask,
  remark?: string,
): Edited {
  const { machine } = subject.worlds[0];
  const { sure, maybe } = selectTasks(machine, subject.places, selector);
  let changed = withTaskChanges(subject, (task) => (sure.has(task.tgid) ? change(task) : task));
  if (maybe.size > 0) changed = { ...changed, alternatives: maybeIn(changed, selector, maybe, change) };
  const tasks = [...sure].map((tgid) => nameOf(machine, tgid));
  return {
    subject: changed,
    applied: appliedTo(edit, tasks, remark ?? selectionRemark(selector, tasks.length, maybe.size)),
  };
}

/** Tasks that may be in the cgroup: each as it is, and changed. */
function maybeIn(
  subject: Subject,
  selector: TaskSelector,
  maybe: ReadonlySet<number>,
  change: (task: MachineTask) => MachineTask,
): Subject["alternatives"] {
  const path = selector.by === "cgroup" ? selector.pattern : "";
  const { machine } = subject.worlds[0];
  return withUnknowns(
    subject.alternatives,
    [...maybe].map((tgid): [number, Unknown] => {
      const who = describeTask(nameOf(machine, tgid));
      return [
        tgid,
        {
          missing: `which tasks besides the victim are in ${path}`,
          matters: () => true,
          options: [
            { change: (task) => task, when: `${who} is not in ${path}` },
            { change, when: `${who} is in ${path}` },
          ],
        },
      ];
    }),
  );
}

/** What must be known of a selector that means nobody for sure. */
export function selectionRemark(selector: TaskSelector, sure: number, maybe: number): string | undefined {
  if (maybe > 0) return `The log tells the cgroup of the victim alone: ${maybe} more may be in it.`;
  if (sure > 0) return undefined;
  return selector.by === "cgroup"
    ? "No process of the table is in that cgroup."
    : "No process of the table has that name or pid.";
}

/** The kernels up to v2.6.35 know `oom_adj` alone, those from v2.6.36 on `oom_score_adj`. */
function adjRemark({ worlds }: Subject, kind: "set-adj" | "set-old-adj"): string | undefined {
  const isLegacy = worlds[0].traits.pointsRule === "legacy";
  if (kind === "set-adj" && isLegacy) return "This kernel (up to v2.6.35) has no oom_score_adj: it was set by oom_adj.";
  if (kind === "set-old-adj" && !isLegacy) return "oom_adj was set as the oom_score_adj that the kernel makes of it.";
  return undefined;
}

/** A task with another `oom_score_adj`, and `oom_adj` as the kernel mirrors it. */
export function setAdj(task: MachineTask, adj: number): MachineTask {
  return { ...task, oomScoreAdj: adj, oomAdj: adj === 1000 ? 15 : Math.trunc((adj * 17) / 1000) + 0 };
}

function withOldAdj(task: MachineTask, old: number): MachineTask {
  return { ...task, oomScoreAdj: old === 15 ? 1000 : Math.trunc((old * 1000) / 17) + 0, oomAdj: old };
}

function pagesOf({ worlds }: Subject, bytes: Int64): bigint {
  return toBigInt(bytes) / BigInt(worlds[0].machine.pageSizeBytes);
}

function resized(subject: Subject, task: MachineTask, part: SizePart, pages: bigint, relative: boolean): MachineTask {
  if (task.mm === null) return task;
  const to = (now: Int64 | undefined): Int64 => atLeast0((relative ? toBigInt(now ?? 0) : 0n) + pages);
  switch (part) {
    case "rss": {
      const rssPages = to(task.rssPages);
      const grown = toBigInt(rssPages) - toBigInt(task.rssPages);
      const { rssAnonPages } = task;
      return {
        ...task,
        rssPages,
        ...(rssAnonPages === undefined ? {} : { rssAnonPages: atLeast0(toBigInt(rssAnonPages) + grown) }),
      };
    }
    case "swap":
      return { ...task, swapPages: to(task.swapPages) };
    case "page-tables": {
      const { pageSizeBytes } = subject.worlds[0].machine;
      const { pgtablesBytes, nrPtes, nrPmds } = task;
      const now =
        pgtablesBytes === undefined ? add(nrPtes ?? 0, nrPmds ?? 0) : toBigInt(pgtablesBytes) / BigInt(pageSizeBytes);
      return withPageTables(task, to(now), pageSizeBytes);
    }
  }
}

/** Page tables of one level: every era's counter says the same. */
function withPageTables(task: MachineTask, pages: Int64, pageSizeBytes: number): MachineTask {
  const bytes = fromBigInt(toBigInt(pages) * BigInt(pageSizeBytes));
  return { ...task, pgtablesBytes: bytes, nrPtes: pages, nrPmds: 0 };
}

function atLeast0(pages: bigint): Int64 {
  return fromBigInt(pages < 0n ? 0n : pages);
}

function removeTasks(subject: Subject, edit: Edit, selector: TaskSelector): Edited {
  const { machine } = subject.worlds[0];
  const { sure, maybe } = selectTasks(machine, subject.places, selector);
  const tasks = [...sure].map((tgid) => nameOf(machine, tgid));
  let changed = without(subject, sure);
  if (maybe.size > 0) {
    // A task that is gone and one that is never chosen leave the same choice.
    const gone = (task: MachineTask): MachineTask => setAdj(task, -1000);
    changed = { ...changed, alternatives: maybeIn(changed, selector, maybe, gone) };
  }
  return { subject: changed, applied: appliedTo(edit, tasks, selectionRemark(selector, tasks.length, maybe.size)) };
}

/** A subject without some processes. */
export function without(subject: Subject, processes: ReadonlySet<number>): Subject {
  return keepTasks(subject, (task) => !processes.has(task.tgid));
}

/** A subject of fewer tasks. */
export function keepTasks(subject: Subject, isKept: (task: MachineTask) => boolean): Subject {
  return inWorlds(subject, (scenario) => withTasks(scenario, scenario.machine.tasks.filter(isKept)));
}

/** A subject with more tasks, younger than all others. */
export function withMoreTasks(subject: Subject, tasks: readonly MachineTask[]): Subject {
  return inWorlds(subject, (scenario) => withTasks(scenario, [...scenario.machine.tasks, ...tasks]));
}

/** The new task is the youngest: it stands last where the order decides. */
function addTask(subject: Subject, edit: Edit & NewTask): Edited {
  const { tasks, pageSizeBytes } = subject.worlds[0].machine;
  const pid = tasks.reduce((most, task) => Math.max(most, task.pid), 1) + 1;
  const mm = tasks.reduce((most, task) => Math.max(most, task.mm ?? 0), 0) + 1;
  const swapPages = fromBigInt(pagesOf(subject, edit.swapBytes));
  const rssPages = fromBigInt(pagesOf(subject, edit.rssBytes));
  const bare: MachineTask = {
    pid,
    tgid: pid,
    name: edit.name,
    uid: edit.uid,
    totalVmPages: add(rssPages, swapPages),
    rssPages,
    swapPages,
    mm,
    flags: {},
    ...(edit.uid === 0 ? {} : { capabilities: [] }),
  };
  const tables = fromBigInt(pagesOf(subject, edit.pageTableBytes));
  const task = withPageTables(setAdj(bare, edit.oomScoreAdj), tables, pageSizeBytes);
  return { subject: withMoreTasks(subject, [task]), applied: appliedTo(edit, [{ pid, name: edit.name }]) };
}

function setAllocatingTask(subject: Subject, edit: Edit, on: boolean): Edited {
  const { traits, constraint } = subject.worlds[0];
  const changed = inWorlds(subject, (scenario) => {
    const { machine } = scenario;
    const invocation = { ...machine.invocation, oomKillAllocatingTask: on ? 1 : 0 };
    return { ...scenario, machine: { ...machine, invocation } };
  });
  const remark =
    traits.allocatingTask === "none"
      ? "This kernel has no vm.oom_kill_allocating_task (v2.6.24)."
      : constraint === "CONSTRAINT_MEMCG"
        ? "vm.oom_kill_allocating_task does not matter when a memory cgroup's limit was hit."
        : subject.invoker === "kernel-thread" && on
          ? "The task that asked is a kernel thread, which is never killed: the scan goes on as without it."
          : undefined;
  return { subject: changed, applied: appliedTo(edit, [], remark) };
}
