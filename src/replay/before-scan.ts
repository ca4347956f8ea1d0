import type { MachineTask, OomEntry } from "../model/machine.js";
import { type DecisionPath, describe } from "./decision-path.js";
import { isDyingCurrent } from "./dying.js";
import { outsideDomain } from "./eligibility.js";
import { type Ending, inPanic, withoutKill } from "./ending.js";
import { killAtOnce, killChosen } from "./kill-chosen.js";
import { adjOf, OOM_DISABLE, OOM_SCORE_ADJ_MIN, oldAdjOf, type Selection } from "./selection.js";

/** The path up to the scan; an ending when the kernel never gets there. */
export function beforeScan(selection: Selection, path: DecisionPath): Ending | null {
  enter(selection, path);
  const isTotalLast = selection.isMemcg && selection.traits.memcgPanicTest === "before-total";
  const ending = testCurrent(selection, path);
  if (ending !== null) return ending;
  if (!isTotalLast) computeTotal(selection, path);
  const panic = testPanic(selection, path);
  if (panic !== null) return panic;
  if (isTotalLast) computeTotal(selection, path);
  return killInvokerOfConstraint(selection, path) ?? killAllocatingTask(selection, path);
}

const entrySentence: Readonly<Record<OomEntry, string>> = {
  "page-allocator": "the page allocator found no page after reclaim",
  "page-fault": "a page fault ran out of memory",
  "memcg-charge": "a charge did not fit under the limit of a memory cgroup after reclaim",
  sysrq: "sysrq asked for an OOM kill",
};

function enter(selection: Selection, path: DecisionPath): void {
  const { invocation } = selection.machine;
  const { sysrqNotifiers } = selection.traits;
  const entry: OomEntry =
    invocation.entry ??
    (invocation.kind === "memcg" ? "memcg-charge" : invocation.order === -1 ? "sysrq" : "page-allocator");
  const who = selection.current === undefined ? [] : [selection.current];
  path.computed(entry, entrySentence[entry], ...who);
  if (invocation.kind !== "global") return;
  if (selection.sysrq && sysrqNotifiers === "ignored") {
    path.computed("notifiers", "sysrq asked: it goes on whatever OOM notifiers freed");
  } else path.notVisible("notifiers", "no OOM notifier freed memory");
}

function testCurrent(selection: Selection, path: DecisionPath): Ending | null {
  const { current, traits, isMemcg } = selection;
  const step = isMemcg ? "dying-current-memcg" : "dying-current";
  if (traits.dyingCurrent !== "none" && current !== undefined) {
    if (isDyingCurrent(selection, current)) {
      path.computed(step, `${describe(current)} is dying already and only gets access to the reserves`, current);
      return withoutKill("shortcut");
    }
    const reaped = traits.oomReaper === "none" ? "" : ", or its memory was reaped before";
    path.notVisible(step, `${describe(current)} is not dying${reaped}`, current);
  }
  return null;
}

function computeTotal({ traits, totalPages, constraint, isMemcg }: Selection, path: DecisionPath): void {
  const total = traits.pointsRule === "legacy" ? "" : `, totalpages ${totalPages}`;
  path.computed(isMemcg ? "memcg-total" : "constraint", `${constraint}${total}`);
}

function testPanic(selection: Selection, path: DecisionPath): Ending | null {
  const { panicOnOom } = selection.machine.invocation;
  if (selection.sysrq) {
    path.computed("panic-on-oom", "sysrq asked: vm.panic_on_oom is not looked at");
    return null;
  }
  const message = panicOnOom === undefined || panicOnOom === 0 ? null : panicMessage(selection, panicOnOom);
  if (message !== null) {
    path.computed("panic-on-oom", `vm.panic_on_oom is ${panicOnOom}: ${message}`);
    return inPanic(message);
  }
  if (panicOnOom === undefined)
    path.notVisible("panic-on-oom", "no panic: vm.panic_on_oom, whatever it is, took no effect here");
  else path.computed("panic-on-oom", `vm.panic_on_oom is ${panicOnOom}: no panic`);
  return null;
}

/** The panic that `vm.panic_on_oom` leads to, or null. */
function panicMessage(selection: Selection, panicOnOom: number): string | null {
  const { traits, constraint, isMemcg } = selection;
  const isCompulsory = panicOnOom === 2 && traits.panicOnOom === "1-and-2";
  if (isMemcg && !(isCompulsory && traits.panicOnMemcgOom === "yes")) return null;
  if (traits.pointsRule !== "legacy") {
    if (isCompulsory) return "Out of memory: compulsory panic_on_oom is enabled";
    return constraint === "CONSTRAINT_NONE" ? "Out of memory: system-wide panic_on_oom is enabled" : null;
  }
  if (isMemcg) return "out of memory(memcg). panic_on_oom is selected.";
  if (selection.machine.invocation.entry === "page-fault") {
    return "out of memory from page fault. panic_on_oom is selected.";
  }
  if (isCompulsory) return "out of memory. Compulsory panic_on_oom is selected.";
  return constraint === "CONSTRAINT_NONE" ? "out of memory. panic_on_oom is selected" : null;
}

/** Up to v2.6.35: a memory policy (before v2.6.24 a cpuset too) kills the invoker. */
function killInvokerOfConstraint(selection: Selection, path: DecisionPath): Ending | null {
  const { constraint, traits, current } = selection;
  const { constraintKillsInvoker } = traits;
  const applies =
    (constraint === "CONSTRAINT_MEMORY_POLICY" && constraintKillsInvoker !== "none") ||
    (constraint === "CONSTRAINT_CPUSET" && constraintKillsInvoker === "cpuset-and-mempolicy");
  if (!applies || current === undefined) return null;
  path.computed(
    "allocating-task",
    `${constraint}: ${describe(current)}, which asked, is killed without a scan`,
    current,
  );
  return killAtOnce(selection, path, current) ?? withoutKill("no_kill", current);
}

function killAllocatingTask(selection: Selection, path: DecisionPath): Ending | null {
  const { machine, traits, isMemcg, current } = selection;
  const { oomKillAllocatingTask } = machine.invocation;
  if (traits.allocatingTask === "none" || isMemcg) return null;
  if (oomKillAllocatingTask === undefined || oomKillAllocatingTask === 0) {
    if (oomKillAllocatingTask === 0) path.computed("allocating-task", "vm.oom_kill_allocating_task is 0");
    else path.notVisible("allocating-task", "vm.oom_kill_allocating_task is 0, or the invoker can not be taken");
    return null;
  }
  if (current === undefined || !canBeTaken(selection, current)) {
    path.computed("allocating-task", "vm.oom_kill_allocating_task is set, but the invoker can not be taken");
    return null;
  }
  path.computed("allocating-task", `vm.oom_kill_allocating_task takes ${describe(current)}, which asked`, current);
  if (traits.pointsRule !== "legacy") return killChosen(selection, path, current, 0);
  return (
    killAtOnce(selection, path, current) ??
    (traits.allocatingTask === "unconditional" ? withoutKill("no_kill", current) : null)
  );
}

function canBeTaken(selection: Selection, current: MachineTask): boolean {
  const { traits, index } = selection;
  if (traits.pointsRule === "legacy") return true;
  if (current.mm === null || outsideDomain(selection, current) !== null) return false;
  const { leader } = index.processOf(current);
  switch (traits.allocatingTask) {
    case "oom-adj":
      return oldAdjOf(leader, current) !== OOM_DISABLE;
    case "shared-mm":
      return !selection.protectedMms.has(current.mm);
    case "process":
      return adjOf(leader, current) !== OOM_SCORE_ADJ_MIN;
    default:
      return true;
  }
}
