import type { Scenario } from "../model/machine.js";
import type { DecisionStep, Replay, ReplayStep } from "../model/replay.js";
import type { OomReport } from "../model/report.js";
import { ORIGIN_FUNCTIONS } from "./hints.js";
import { describeTask } from "./process.js";
import { replay as rerun } from "./replay.js";

/**
 * Where a log shows each step of the decision path: lines of the report, none where it shows nothing. The first lines of
 * the path come from the call trace, the last from the kill lines.
 */
const shownBy: Readonly<Record<DecisionStep, (report: OomReport) => readonly number[]>> = {
  "page-allocator": (report) => [...triggerLine(report), ...frames(report, /^__alloc_pages|^__alloc_frozen_pages/)],
  "page-fault": (report) => [...triggerLine(report), ...frames(report, /^pagefault_out_of_memory$/)],
  "memcg-charge": (report) => [
    ...triggerLine(report),
    ...frames(report, /mem_cgroup_(?:oom|out_of_memory|charge|try_charge)|^try_charge|^charge_memcg/),
    ...(report.memcg === null ? [] : report.memcg.limits.map((limit) => limit.line)),
  ],
  sysrq: (report) => [...(report.sysrq === null ? [] : [report.sysrq.line]), ...triggerLine(report)],
  notifiers: nothing,
  "dying-current": nothing,
  "dying-current-memcg": nothing,
  constraint: (report) => [
    ...(report.summary === null ? [] : [report.summary.line]),
    ...(report.memcg?.taskLine == null ? [] : [report.memcg.taskLine]),
    ...(report.cpuset === null || report.cpuset.line === report.summary?.line ? [] : [report.cpuset.line]),
  ],
  "memcg-total": (report) => report.memcg?.limits.map((limit) => limit.line) ?? [],
  "panic-on-oom": ({ panic }) => (panic !== undefined && /panic_on_oom/.test(panic.message) ? [panic.line] : []),
  "allocating-task": nothing,
  select: (report) => (findsNobody(report) ? nobodyLine(report) : chosenLine(report)),
  "select-memcg": (report) => (findsNobody(report) ? nobodyLine(report) : chosenLine(report)),
  visit: nothing,
  "visit-memcg": nothing,
  points: nothing,
  "nothing-eligible": nobodyLine,
  "nothing-eligible-memcg": nobodyLine,
  // In a group kill the victim itself is met again, already exiting: that is no step of the choice.
  "dying-chosen": (report) => (report.kills.length === 0 ? report.alreadyExiting.map(({ line }) => line) : []),
  sacrifice: (report) => (report.chosen === null ? [] : report.kills.slice(0, 1).map(({ line }) => line)),
  kill: (report) => report.kills.slice(0, 1).map(({ line }) => line),
  sharers: (report) => report.sharers.map(({ line }) => line),
  group: (report) => [
    ...(report.groupKill === null ? [] : [report.groupKill.line]),
    ...report.kills.filter(({ role }) => role === "group-member").map(({ line }) => line),
  ],
  reaper: (report) => report.reaper.map(({ line }) => line),
};

/** Adds to each step of a decision path the lines of the log that show it. */
export function attachEvidence(replay: Replay, report: OomReport, scenario: Scenario): Replay {
  const { totalPages } = scenario;
  if (replay.chosen !== null && findsNobody(report)) {
    return { ...replay, steps: stepsToNobody(replay, report, scenario) };
  }
  const ranged = totalPages.min !== totalPages.max;
  const followed =
    replay.outcome === "unknown" ? replay.steps.filter(({ step }) => isPossible(step, report)) : replay.steps;
  const steps = followed.map((computed) => {
    // The run used one total of a range: the step must not say that it is known.
    const outcome = ranged
      ? computed.outcome.replace(`totalpages ${replay.totalPages}`, `totalpages ${totalPages.min} or more`)
      : computed.outcome;
    const step = { ...computed, outcome };
    const isOrigin = step.step.startsWith("visit") && step.evidence === "computed" && isOfOrigin(replay);
    const shown = isOrigin ? frames(report, ORIGIN_FUNCTIONS) : shownBy[step.step](report);
    if (step.step === "kill" && report.kills.length === 0 && replay.outcome !== "unknown") {
      return {
        ...step,
        outcome: `${step.outcome.replace(/ is killed$/, " would be killed")}; no kill line is in this log`,
      };
    }
    if (shown.length === 0) return step;
    const lines = [...new Set([...shown, ...step.lines])].sort((a, b) => a - b);
    const seen = seenOutcome(step.step, report) ?? (replay.outcome === "unknown" ? seenAlone(step.step, report) : null);
    return { ...step, outcome: seen ?? step.outcome, lines, evidence: "seen" as const };
  });
  return { ...replay, steps };
}

/** Whether the log says that the scan found nobody. */
function findsNobody({ noKillable, panic, chosen, kills }: OomReport): boolean {
  const isOver = noKillable !== null || (panic !== undefined && !/panic_on_oom/.test(panic.message));
  return isOver && chosen === null && kills.length === 0;
}

/** The path to a scan that found nobody by the log, where the re-run finds somebody in its table. */
function stepsToNobody(replay: Replay, report: OomReport, scenario: Scenario): readonly ReplayStep[] {
  const unknown = rerun({ ...scenario, machine: { ...scenario.machine, tasks: [] } }, replay.totalPages);
  const eligible = replay.ranking.filter((task) => task.eligible).length;
  const passedOver = `nobody was found, although ${eligible} in the table may be chosen: the kernel passed over them for what no log shows (reaped already, in vfork)`;
  return attachEvidence(unknown, report, scenario).steps.map((step) =>
    step.step === "select" || step.step === "select-memcg" ? { ...step, outcome: passedOver } : step,
  );
}

function isOfOrigin({ ranking }: Replay): boolean {
  return ranking[0]?.oomOrigin === true;
}

/** Whether a step without which the re-run can not tell is one that the report's ending leaves possible. */
function isPossible(step: DecisionStep, report: OomReport): boolean {
  const ended = report.noKillable !== null || report.panic !== undefined;
  if (step === "nothing-eligible" || step === "nothing-eligible-memcg") return ended;
  const afterChoice = ["sacrifice", "kill", "sharers", "group", "reaper"].includes(step);
  return !afterChoice || !ended || report.kills.length > 0;
}

/** What the log alone shows of the steps that nothing was re-run of. */
function seenAlone(step: DecisionStep, report: OomReport): string | null {
  const { chosen, noKillable, panic } = report;
  if ((step === "select" || step === "select-memcg") && chosen !== null) return `${describeTask(chosen)} was chosen`;
  if (step === "nothing-eligible" || step === "nothing-eligible-memcg") {
    return panic === undefined ? (noKillable?.text ?? null) : `panic: ${panic.message}`;
  }
  return null;
}

/** What happened at a step whose outcome the re-run can only assume, where the log shows it; null elsewhere. */
function seenOutcome(step: DecisionStep, report: OomReport): string | null {
  if (step === "group" && report.groupKill !== null) {
    return `memory.oom.group of ${report.groupKill.path} is set: every task in it is killed`;
  }
  if (step === "sharers" && report.sharers.length > 0) {
    return `${report.sharers.map(({ name, pid }) => `${name} (pid ${pid})`).join(", ")} share its address space and are killed too`;
  }
  const [dead] = report.kills;
  if (step === "kill" && dead !== undefined) return `${describeTask(dead)} is killed`;
  if (step === "sacrifice" && dead !== undefined) {
    return dead.role === "sacrificed-child"
      ? `its child ${dead.name} (pid ${dead.pid}) dies in its place`
      : "no child dies in its place: the kill line names the process itself";
  }
  const [exiting] = report.alreadyExiting;
  if (step === "dying-chosen" && exiting !== undefined && report.kills.length === 0) {
    return `${exiting.name} (pid ${exiting.pid}) was already exiting and was left to it`;
  }
  return null;
}

function nothing(): readonly number[] {
  return [];
}

function triggerLine(report: OomReport): readonly number[] {
  return report.trigger === null ? [] : [report.trigger.line];
}

function frames(report: OomReport, name: RegExp): readonly number[] {
  return report.stack.filter((frame) => frame.reliable && name.test(frame.function)).map(({ line }) => line);
}

function chosenLine(report: OomReport): readonly number[] {
  return report.chosen === null ? [] : [report.chosen.line];
}

function nobodyLine(report: OomReport): readonly number[] {
  return [
    ...(report.noKillable === null ? [] : [report.noKillable.line]),
    ...(report.panic === undefined ? [] : [report.panic.line]),
  ];
}
