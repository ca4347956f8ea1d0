import { eraById, mainlineEra, NEWEST_READ } from "../kernel/eras/table.js";
import { functionsOf } from "../kernel/functions.js";
import { versionOf } from "../kernel/version.js";
import type { MachineTask } from "../model/machine.js";
import type { DecisionStep, ReplayStep } from "../model/replay.js";

/** The steps of a run, each named by the function of the era. */
export class DecisionPath {
  readonly steps: ReplayStep[] = [];
  readonly #functions: ReadonlyMap<DecisionStep, string> | null;

  /** @param era Null for a run of which nobody asks how it went: no steps are kept. */
  constructor(era: string | null) {
    const of = era === null ? null : (eraById(era) ?? mainlineEra(versionOf(NEWEST_READ)));
    this.#functions = of === null ? null : functionsOf(of.code);
  }

  /** Whether steps are kept. */
  get isKept(): boolean {
    return this.#functions !== null;
  }

  /** Adds a step that follows from the rule; `tasks` are the ones that it is about. */
  computed(step: DecisionStep, outcome: string, ...tasks: readonly MachineTask[]): void {
    this.#add(step, outcome, "computed", tasks);
  }

  /** Adds a step of which no log can show how it went: the outcome is what was assumed. */
  notVisible(step: DecisionStep, outcome: string, ...tasks: readonly MachineTask[]): void {
    this.#add(step, outcome, "not-visible", tasks);
  }

  #add(step: DecisionStep, outcome: string, evidence: ReplayStep["evidence"], tasks: readonly MachineTask[]): void {
    if (this.#functions === null) return;
    const lines = [...new Set(tasks.flatMap((task) => (task.line === undefined ? [] : [task.line])))];
    this.steps.push({ step, function: this.#functions.get(step) ?? "", outcome, lines, evidence });
  }
}

/** `name (pid 123)` */
export function describe(task: MachineTask): string {
  return `${task.name} (pid ${task.pid})`;
}
