import type { OomReport } from "../model/report.js";
import type { KernelTraits } from "../model/traits.js";
import type { Verdict } from "../model/verdict.js";
import type { Case, CaseSet } from "./cases.js";
import { describeTask, type Picked, sameProcess, whyTableAbsent } from "./process.js";

/** The quantity that the log leaves open decides: more than one task can be the choice. */
export function openVerdict(
  sets: readonly CaseSet[],
  cases: readonly Case[],
  report: OomReport,
  picked: Picked,
): Omit<Verdict, "checks"> {
  const possible = new Map<number, { pid: number; name: string; when: string }>();
  for (const one of cases) {
    const chosen = one.replay.chosen;
    if (chosen === null || possible.has(chosen.pid)) continue;
    const era = sets.length > 1 ? `, rules of ${one.scenario.era}` : "";
    const lacks = one.scenario.machine.tasks.some(
      (task) => task.capabilities?.length === 0 && sameProcess(report, task.pid, picked.pid),
    );
    const capability = lacks ? ` and ${describeTask(picked)} lacks CAP_SYS_ADMIN` : "";
    possible.set(chosen.pid, { ...chosen, when: `totalpages is ${one.totalPages}${capability}${era}` });
  }
  const missing = [
    ...new Set(
      sets.flatMap((set) =>
        set.total === null ? ["totalpages"] : set.total.unknown === null ? [] : [set.total.unknown],
      ),
    ),
    ...(sets.some(({ openCapability }) => openCapability === true)
      ? [`the effective capabilities of pid ${picked.pid}`]
      : []),
    ...(sets.length > 1 ? ["the kernel release"] : []),
  ];
  const others = [...possible.values()].filter((one) => !sameProcess(report, one.pid, picked.pid));
  return {
    kind: "undecidable",
    sentence: `The log leaves open ${missing.join(" and ")}: the rule picks ${describeTask(picked)} for some values and ${others.map(describeTask).join(", ")} for others.`,
    missing,
    possibleVictims: [...possible.values()],
  };
}

/** Without a table nobody but the one who was picked is known. */
export function withoutTable(report: OomReport, picked: Picked, traits: KernelTraits): Omit<Verdict, "checks"> {
  const why =
    report.rateLimited === true
      ? "the kill stands without its report (the kernel prints at most 10 in 5 seconds, or this log leaves it out)"
      : report.tableAbsent === true
        ? whyTableAbsent(traits)
        : "the task table is not in this log";
  return {
    kind: "undecidable",
    sentence: `The log does not show the other candidates: ${why}.`,
    missing: ["the task table"],
    possibleVictims: [
      { pid: picked.pid, name: picked.name, when: "it had the most points" },
      { pid: null, name: "any process that the log does not name", when: "it had more points than the one killed" },
    ],
  };
}

/** The table lacks the row of the one who was picked. */
export function rowMissing(picked: Picked, shown: Case): Omit<Verdict, "checks"> {
  const best = shown.replay.chosen;
  return {
    kind: "undecidable",
    sentence: `The task table has no row of ${describeTask(picked)}: a part of it is missing from this log.`,
    missing: [`the row of pid ${picked.pid} in the task table`],
    possibleVictims: [
      { pid: picked.pid, name: picked.name, when: "its row has the most points" },
      best === null
        ? { pid: null, name: "a process whose row is missing", when: "its row has more points" }
        : { ...best, when: "no missing row has more points" },
    ],
  };
}

/** The log shows that rows of the table are not in it, or does not show that they are all. */
export function rowsMissing(picked: Picked): Omit<Verdict, "checks"> {
  return {
    kind: "undecidable",
    sentence: `${describeTask(picked)} has the most points of the rows that are in this log, which does not show that they are the whole table.`,
    missing: ["rows of the task table"],
    possibleVictims: [
      { pid: picked.pid, name: picked.name, when: "no row that is not in this log has more points" },
      { pid: null, name: "a process whose row is not in this log", when: "it has more points" },
    ],
  };
}

/** Up to v2.6.35 the points depend on children, run time, nice and capabilities, which no log prints. */
export function legacyVerdict(report: OomReport, picked: Picked, shown: Case): Omit<Verdict, "checks"> {
  const rival = shown.replay.ranking.find((task) => task.eligible && !sameProcess(report, task.pid, picked.pid));
  const possible = [
    {
      pid: picked.pid,
      name: picked.name,
      when: "its children, run time, nice and capabilities give it the most points",
    },
    ...(rival === undefined
      ? []
      : [{ pid: rival.pid, name: rival.name, when: "the same facts do not lower its points below the others" }]),
  ];
  if (rival === undefined && report.taskTable?.cut === true) return rowsMissing(picked);
  if (rival === undefined) {
    return { kind: "agrees", sentence: `${describeTask(picked)} is the only candidate in the table.` };
  }
  return {
    kind: "undecidable",
    sentence:
      "This kernel's rule (up to v2.6.35) counts children, run time, nice and capabilities, which no log prints: the choice can not be re-run.",
    missing: ["children's total_vm", "cpu time and run time", "nice", "capabilities"],
    possibleVictims: possible,
  };
}
